"""Places at the desk: how many there are for whom."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import registration_settings
from forum.queries.events import EventView
from forum.queries.registration_settings import CapacityView
from forum.sentences import describe
from forum.services import capacities as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.admissions import CapacityForm, Difference
from forum.web.numbers import row_number, whole_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/admission/places/new", endpoint="capacity_new")
@needs(Permission.MANAGE_EVENT)
def capacity_new(event: EventView) -> ResponseReturnValue:
    """The form for new places."""
    usual = registration_settings.of_event(event_id=event.id).offer_hours
    return _page(None, CapacityForm.of(None, offer_hours=usual))


@blueprint.post("/e/<event_code>/desk/admission/places/new", endpoint="capacity_add")
@needs(Permission.MANAGE_EVENT)
def capacity_add(event: EventView) -> ResponseReturnValue:
    """Limit places that were not limited before."""
    form = CapacityForm.of(None)
    if not form.validate_on_submit():
        return _page(None, form), 422
    try:
        commands.add(actor=current_actor(), event_id=event.id, wanted=form.wanted)
    except ForumError as error:
        form.refuse(error.code, describe(error))
        return _page(None, form), 422
    toast(_("The places have been added."))
    return _to_settings(event)


@blueprint.get("/e/<event_code>/desk/admission/places/<int:capacity_id>", endpoint="capacity")
@needs(Permission.MANAGE_EVENT, capacity=registration_settings.find_capacity)
def capacity(event: EventView, capacity: CapacityView) -> ResponseReturnValue:  # noqa: ARG001
    """Places that some categories share."""
    return _page(capacity, CapacityForm.of(capacity))


@blueprint.post("/e/<event_code>/desk/admission/places/<int:capacity_id>", endpoint="capacity_change")
@needs(Permission.MANAGE_EVENT, capacity=registration_settings.find_capacity)
def capacity_change(event: EventView, capacity: CapacityView) -> ResponseReturnValue:
    """Change them; more places are offered to those who wait."""
    form = CapacityForm.of(capacity)
    if not form.validate_on_submit():
        return _page(capacity, form), 422
    try:
        offered = commands.change(
            actor=current_actor(),
            event_id=event.id,
            capacity_id=capacity.id,
            version=form.seen_version,
            wanted=form.wanted,
        )
    except ForumError as error:
        return _refused(capacity, form, error)
    _say_offered(offered)
    return _to_settings(event)


@blueprint.post("/e/<event_code>/desk/admission/places/<int:capacity_id>/remove", endpoint="capacity_remove")
@needs(Permission.MANAGE_EVENT, capacity=registration_settings.find_capacity)
def capacity_remove(event: EventView, capacity: CapacityView) -> ResponseReturnValue:
    """Limit these places no longer."""
    entry_id = commands.remove(
        actor=current_actor(),
        event_id=event.id,
        capacity_id=capacity.id,
        version=request.form.get("version", 0, type=whole_number),
    )
    undo = url_for("desk.capacity_take_back", event_code=event.code)
    toast(_("These places are not limited any more."), undo_url=undo, entry=entry_id)
    return _to_settings(event)


@blueprint.post("/e/<event_code>/desk/admission/places/take-back", endpoint="capacity_take_back")
@needs(Permission.MANAGE_EVENT)
def capacity_take_back(event: EventView) -> ResponseReturnValue:
    """Undo a removal."""
    entry_id = request.form.get("entry", 0, type=row_number)
    commands.take_back(actor=current_actor(), event_id=event.id, entry_id=entry_id)
    toast(_("Undone."))
    return _to_settings(event)


def _refused(capacity: CapacityView, form: CapacityForm, error: ForumError) -> tuple[str, int]:
    if isinstance(error, StaleError):
        form.version.data = capacity.version
        return _page(capacity, form, form.differences(capacity)), 409
    form.refuse(error.code, describe(error))
    return _page(capacity, form), 422


def _page(found: CapacityView | None, form: CapacityForm, differences: tuple[Difference, ...] = ()) -> str:
    return render_template("desk/admission/capacity.html", capacity=found, form=form, differences=differences)


def _to_settings(event: EventView) -> ResponseReturnValue:
    return redirect(url_for("desk.admission", event_code=event.code) + "#places-title", code=303)


def _say_offered(offered: int) -> None:
    said = _("The places have been changed.")
    if offered:
        said += " " + ngettext(
            "%(num)s person from the waiting list has been offered a place.",
            "%(num)s people from the waiting list have been offered a place.",
            offered,
        )
    toast(said)
