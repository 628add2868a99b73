"""The buses of a visit: what is known of each, who rides in which, and who has been told."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import may
from forum.queries import bus_filling, rides
from forum.queries import buses as known
from forum.queries import visits as known_visits
from forum.queries.buses import BusView
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.scheduling import filling_buses
from forum.sentences import describe
from forum.services import bus_mails, bus_places
from forum.services import buses as commands
from forum.web.access import needs
from forum.web.bus_words import LEVELS, WHY_APART
from forum.web.desk.blueprint import blueprint
from forum.web.forms.buses import AT, BusForm, bus_form
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/buses", endpoint="buses")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def buses(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Every bus with its seats and people, and what does not go together."""
    may_print = may(current_actor(), Permission.PRINT, event.id)
    return render_template("desk/buses/list.html", visit=visit, may_print=may_print, **_facts(visit))


@blueprint.route(
    "/e/<event_code>/desk/visits/<int:visit_id>/buses/add", methods=["GET", "POST"], endpoint="bus_add"
)
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def bus_add(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Another bus."""
    form = bus_form(event, visit)
    if not form.validate_on_submit():
        return _form_page(visit, form), 422 if form.is_submitted() else 200
    where = {"event_id": event.id, "visit_id": visit.id}
    if not _is_done(form, commands.add, **where):
        return _form_page(visit, form), 422
    toast(_("The bus has been added."))
    return _to_buses(event, visit.id)


@blueprint.route("/e/<event_code>/desk/visits/buses/<int:bus_id>", methods=["GET", "POST"], endpoint="bus")
@needs(Permission.MANAGE_VISITS, bus=known.find)
def bus(event: EventView, bus: BusView) -> ResponseReturnValue:
    """What is known of a bus, to be changed."""
    visit = known_visits.find(event_id=event.id, row_id=bus.visit_id)
    assert visit is not None
    form = bus_form(event, visit, bus)
    if not form.validate_on_submit():
        return _form_page(visit, form, bus), 422 if form.is_submitted() else 200
    where = {"event_id": event.id, "bus_id": bus.id, "version": form.version.data or 0}
    if not _is_done(form, commands.change, **where):
        return _form_page(visit, form, bus), 422
    toast(_("Saved."))
    return _to_buses(event, visit.id)


@blueprint.post("/e/<event_code>/desk/visits/buses/<int:bus_id>/remove", endpoint="bus_remove")
@needs(Permission.MANAGE_VISITS, bus=known.find)
def bus_remove(event: EventView, bus: BusView) -> ResponseReturnValue:
    """One bus less."""
    commands.remove(actor=current_actor(), event_id=event.id, bus_id=bus.id)
    toast(_("Bus %(label)s has been removed. Its passengers have no bus now.", label=bus.label))
    return _to_buses(event, bus.visit_id)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/buses/fill", endpoint="buses_fill")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def buses_fill(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Give everybody a bus."""
    filling = bus_places.fill(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    said = _("The buses are filled.")
    if filling.behind:
        said += " " + ngettext(
            "%(num)s person found no seat.", "%(num)s people found no seat.", len(filling.behind)
        )
    if filling.is_best:
        said += " " + _("It cannot be done better.")
    toast(said, "warn" if filling.behind else "good")
    return _to_buses(event, visit.id)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/buses/passengers", endpoint="buses_move")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def buses_move(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Move the chosen people, let them get in elsewhere, let them stay or go."""
    _move(event, visit)
    toast(_("Done."))
    return _to_buses(event, visit.id)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/buses/tell", endpoint="buses_tell")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def buses_tell(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Write to those for whom their bus is news."""
    count = bus_mails.tell(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    said = ngettext("%(num)s person is told of the bus.", "%(num)s people are told of the bus.", count)
    toast(said if count else _("Everybody knows already."))
    return _to_buses(event, visit.id)


def _move(event: EventView, visit: VisitView) -> None:
    who: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "visit_id": visit.id}
    who["delegate_ids"] = tuple(dict.fromkeys(request.form.getlist("ids", type=row_number)))
    do = request.form.get("do", "")
    if do == "stop":
        bus_places.get_in_at(**who, stop_id=request.form.get("stop", 0, type=row_number))
    elif do in ("hold", "release"):
        bus_places.hold(**who, is_fixed=do == "hold")
    else:
        bus_id = None if do == "out" else request.form.get("to", 0, type=row_number)
        bus_places.move(**who, bus_id=bus_id, with_companies=do == "move" and "whole" in request.form)


def _facts(visit: VisitView) -> dict[str, Any]:
    found, people = known.of_visit(visit.id), known.passengers(visit.id, language())
    rooms, riders = known.situation(visit.id)
    return {
        "buses": found,
        "people": _shown(people),
        "by_id": {one.id: one for one in people},
        "labels": {bus.id: bus.label for bus in found},
        "splits": filling_buses.apart(rooms, riders),
        "why_apart": WHY_APART,
        "alone": filling_buses.alone(riders),
        "standing": bus_filling.standing(visit.id, rooms, riders),
        "levels": LEVELS,
        "without": sum(one.bus_id is None for one in people),
        "untold": sum(ride.is_news for ride in rides.of_visit(visit.id)),
        "companies": {one.company_id: one.company for one in people},
    }


def _is_done(form: BusForm, command: Any, **where: Any) -> bool:
    """Do it, or say at the field why not."""
    try:
        command(actor=current_actor(), wanted=form.wanted, **where)
    except ForumError as error:
        place = getattr(form, AT.get(error.code, ""), None)
        if place is not None:
            place.errors = [*place.errors, describe(error)]
        else:
            form.form_errors = [*form.form_errors, describe(error)]
        return False
    return True


def _shown(people: tuple[known.Passenger, ...]) -> list[known.Passenger]:
    """Those of one bus, where one is chosen; ``none`` are those without."""
    chosen = request.args.get("bus", "")
    if chosen == "none":
        return [one for one in people if one.bus_id is None]
    return [one for one in people if not chosen or str(one.bus_id) == chosen]


def _form_page(visit: VisitView, form: BusForm, bus: BusView | None = None) -> str:
    return render_template("desk/buses/bus.html", visit=visit, form=form, bus=bus)


def _to_buses(event: EventView, visit_id: int) -> ResponseReturnValue:
    chosen = request.args.get("bus") or None
    return redirect(url_for("desk.buses", event_code=event.code, visit_id=visit_id, bus=chosen), code=303)
