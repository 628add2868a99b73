"""The organiser's lists of visitors."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import may
from forum.queries import visits as known_visits
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.sentences import describe
from forum.services import seat_offers
from forum.services import visits as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.visitor_list import visitor_workbook
from forum.web.form_keys import FIELD, new_form_key, sent_form_key
from forum.web.forms.visits import CapacityForm
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor

_CONFLICTS = frozenset(
    {
        "visit_meets_meeting",
        "visit_meets_session",
        "visit_overlaps",
        "visit_too_far",
        "visit_while_away",
    }
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/e/<event_code>/desk/visits")
@needs(Permission.MANAGE_VISITS)
def visits(event: EventView) -> ResponseReturnValue:
    """Every visit with its seats."""
    return render_template("desk/visits/list.html", visits=known_visits.of_event(event_id=event.id))


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Who goes, who waits, and people to add."""
    return _visit_page(event, visit, CapacityForm(capacity=visit.capacity, version=visit.version))


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/capacity")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_capacity(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Change the number of seats; the first of the waiting list move up."""
    form = CapacityForm()
    if not form.validate_on_submit():
        return _visit_page(event, visit, form), 422
    try:
        promoted = commands.change_capacity(
            actor=current_actor(), event_id=event.id, visit_id=visit.id, **form.wanted
        )
    except ForumError as error:
        form.capacity.errors = (describe(error),)
        return _visit_page(event, visit, form), 409
    _say_promoted(promoted, is_offered=visit.offer_hours is not None)
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/add")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_add(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Put a person on the list: at its end, or past the waiting list, if need be with a reason."""
    delegate_id = request.form.get("delegate", 0, type=row_number)
    who: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "visit_id": visit.id}
    try:
        outcome = (
            commands.seat_by_organiser(**who, delegate_id=delegate_id, reason=request.form.get("reason", ""))
            if request.form.get("do") == "seat"
            else commands.sign_up(**who, delegate_id=delegate_id)
        )
    except ForumError as error:
        return _refused(event, visit, error, delegate_id)
    is_seated = outcome.status is SeatStatus.SEATED
    toast(_("A seat has been given.") if is_seated else _("Put at the end of the waiting list."))
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/accept")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_accept(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Somebody for whom a seat is kept has told the office that they come."""
    seat_offers.accept(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        delegate_id=request.form.get("delegate", 0, type=row_number),
    )
    toast(_("A seat has been given."))
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/remove")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_remove(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Take a person off the list."""
    delegate_id = request.form.get("delegate", 0, type=row_number)
    commands.cancel(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        delegate_id=delegate_id,
        form_key=sent_form_key(),
    )
    undo = url_for("desk.visit_add", event_code=event.code, visit_id=visit.id)
    toast(_("Taken off the list."), undo_url=undo, delegate=delegate_id, **{FIELD: new_form_key()})
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/move")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_move(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Seat a person in another visit instead."""
    delegate_id, to_visit_id = (request.form.get(name, 0, type=row_number) for name in ("delegate", "to"))
    commands.move(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        delegate_id=delegate_id,
        to_visit_id=to_visit_id,
    )
    undo = url_for("desk.visit_move", event_code=event.code, visit_id=to_visit_id)
    toast(_("Moved to the other visit."), undo_url=undo, delegate=delegate_id, to=visit.id)
    return _to_visit(event, visit)


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/people.xlsx")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def visit_people(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """The list as a workbook in the reader's language."""
    response = Response(visitor_workbook(visit, event.zone), content_type=XLSX)
    name = f"{event.code}-{visit.departs_at.astimezone(event.zone):%Y-%m-%d-%H%M}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _refused(event: EventView, visit: VisitView, error: ForumError, delegate_id: int) -> ResponseReturnValue:
    """What stands against a seat is said beside the person, where a reason can be given."""
    if error.code not in _CONFLICTS:
        raise error
    form = CapacityForm(None, capacity=visit.capacity, version=visit.version)
    return _visit_page(event, visit, form, refused=delegate_id, why=describe(error)), 409


def _visit_page(
    event: EventView, visit: VisitView, form: CapacityForm, *, refused: int = 0, why: str = ""
) -> str:
    text = request.values.get("find", "").strip()
    return render_template(
        "desk/visits/visit.html",
        visit=visit,
        form=form,
        visitors=known_visits.visitors(visit),
        may_print=may(current_actor(), Permission.PRINT, event.id),
        others=[each for each in known_visits.of_event(event_id=event.id) if each.id != visit.id],
        text=text,
        refused=refused,
        why=why,
        candidates=known_visits.candidates(
            event_id=event.id, visit_id=visit.id, text=text, language=language()
        )
        if text
        else (),
    )


def _to_visit(event: EventView, visit: VisitView) -> ResponseReturnValue:
    return redirect(url_for("desk.visit", event_code=event.code, visit_id=visit.id), code=303)


def _say_promoted(promoted: int, *, is_offered: bool) -> None:
    """Where people have time to answer, a seat is kept for them and not yet theirs."""
    said = _("The number of seats has been changed.")
    if promoted and is_offered:
        said += " " + ngettext(
            "A seat is kept for %(num)s person from the waiting list, who is asked by mail.",
            "Seats are kept for %(num)s people from the waiting list, who are asked by mail.",
            promoted,
        )
    elif promoted:
        said += " " + ngettext(
            "%(num)s person from the waiting list has a seat now and will be told.",
            "%(num)s people from the waiting list have a seat now and will be told.",
            promoted,
        )
    toast(said)
