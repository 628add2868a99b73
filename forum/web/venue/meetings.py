"""The meetings on the day: one tap for what happens, and a repair where something no longer works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.policy import may
from forum.queries import delegates, meeting_day, plans, repairs
from forum.queries.appointments import Appointment
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services import closings, day_marks, repairing
from forum.web.access import needs
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.venue.blueprint import blueprint

MINUTES: Final = (5, 10, 15, 30)
_MARKS: Final[Mapping[str, Callable[..., None]]] = {
    "held": day_marks.held,
    "missed": day_marks.missed,
    "take_back": day_marks.take_back,
}
_LONGEST: Final = 200  # of what is searched for: it goes into an address
_AS_PLANNED: Final = ("held", "missed")  # where and when it was announced: nothing to repair
_MINUTES_OF: Final[Mapping[str, Callable[..., None]]] = {"late": day_marks.late, "overrun": day_marks.overrun}


@blueprint.get("/e/<event_code>/venue/meetings/", endpoint="meetings")
@needs(Permission.RUN_MEETINGS)
def meetings(event: EventView) -> ResponseReturnValue:
    """One slot, in pages: who meets whom at which table, and what happened."""
    day = meeting_day.day(
        event_id=event.id,
        slot_id=request.args.get("slot", type=row_number),
        text=request.args.get("q", ""),
        number=request.args.get("page", 1, type=row_number),
    )
    return render_template(
        "venue/meetings.html", day=day, state=day.repair, minutes=MINUTES, may_repair=_may_repair(event)
    )


@blueprint.get("/e/<event_code>/venue/meetings/repair/progress", endpoint="repair_progress")
@needs(Permission.RUN_MEETINGS)
def repair_progress(event: EventView) -> ResponseReturnValue:
    """How far the repair is: a part of the page, which goes on by itself."""
    state = repairs.state(event.id)
    return render_template("venue/_repair.html", event=event, state=state, may_repair=_may_repair(event))


@blueprint.post("/e/<event_code>/venue/meetings/<int:meeting_id>", endpoint="meeting_mark")
@needs(Permission.RUN_MEETINGS, meeting=meeting_day.find_meeting)
def meeting_mark(event: EventView, meeting: Appointment) -> ResponseReturnValue:
    """Held, missed, late or longer; or none of it. The number is that of the request: it outlives plans."""
    mark, _minus, minutes = request.form.get("mark", "").partition("-")
    whose = {"actor": current_actor(), "event_id": event.id, "request_id": meeting.request_id}
    if mark in _MINUTES_OF:
        _MINUTES_OF[mark](**whose, minutes=_count(minutes))
    elif mark in _MARKS:
        _MARKS[mark](**whose)
    else:
        raise ForumError("unknown_mark")
    if mark != "take_back":
        _say_noted(event, meeting)
    return (_to_day if mark in _AS_PLANNED else _after)(event, meeting.slot_id)


@blueprint.post("/e/<event_code>/venue/people/<int:delegate_id>/no-show", endpoint="no_show")
@needs(Permission.RUN_MEETINGS, delegate=delegates.find)
def no_show(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Somebody comes to no meeting any more."""
    day_marks.no_show(actor=current_actor(), event_id=event.id, delegate_id=delegate.id)
    undo = url_for("venue.came", event_code=event.code, delegate_id=delegate.id)
    toast(_("%(name)s is not expected any more.", name=delegate.name), undo_url=undo, **_looked_at())
    return _after(event, request.form.get("slot", type=row_number))


@blueprint.post("/e/<event_code>/venue/people/<int:delegate_id>/came", endpoint="came")
@needs(Permission.RUN_MEETINGS, delegate=delegates.find)
def came(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Somebody has come after all."""
    day_marks.came(actor=current_actor(), event_id=event.id, delegate_id=delegate.id)
    toast(_("%(name)s is expected again.", name=delegate.name))
    return _after(event, request.form.get("slot", type=row_number))


@blueprint.post("/e/<event_code>/venue/tables/close", endpoint="tables_close")
@needs(Permission.RUN_MEETINGS)
def tables_close(event: EventView) -> ResponseReturnValue:
    """A table or all of a room is lost from a slot on."""
    place = _place()
    closings.close(actor=current_actor(), event_id=event.id, **place)
    undo = url_for("venue.tables_open", event_code=event.code)
    chosen = ",".join(str(key) for key in place["table_ids"])
    toast(_("Closed from then on."), undo_url=undo, tables=chosen, slot=place["from_slot_id"])
    return _after(event, place["from_slot_id"])


@blueprint.post("/e/<event_code>/venue/tables/open", endpoint="tables_open")
@needs(Permission.RUN_MEETINGS)
def tables_open(event: EventView) -> ResponseReturnValue:
    """They can be used again."""
    place = _place()
    closings.open_again(actor=current_actor(), event_id=event.id, **place)
    toast(_("Open again from then on."))
    return _after(event, place["from_slot_id"])


def _say_noted(event: EventView, meeting: Appointment) -> None:
    undo = url_for("venue.meeting_mark", event_code=event.code, meeting_id=meeting.request_id)
    said = _("Noted: table %(number)s.", number=meeting.table_number)
    toast(said, undo_url=undo, mark="take_back", **_looked_at())


def _count(minutes: str) -> int:
    """Zero where no number was sent: the command then says which are good."""
    return int(minutes) if minutes.isascii() and minutes.isdecimal() and len(minutes) < 5 else 0


def _may_repair(event: EventView) -> bool:
    return may(current_actor(), Permission.MANAGE_MEETINGS, event.id)


def _place() -> dict[str, Any]:
    keys = request.form.get("tables", "").split(",")
    return {
        "table_ids": [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 10],
        "from_slot_id": request.form.get("slot", 0, type=row_number),
    }


def _after(event: EventView, slot_id: int | None) -> ResponseReturnValue:
    """Nobody waits for a repair with the phone in the hand: a worker looks whether one is needed."""
    if plans.in_force(event.id) is not None:
        repairing.order(actor=current_actor(), event_id=event.id)
    return _to_day(event, slot_id)


def _to_day(event: EventView, slot_id: int | None) -> ResponseReturnValue:
    where = {**_looked_at(), "slot": slot_id}
    return redirect(url_for("venue.meetings", event_code=event.code, **where), code=303)


def _looked_at() -> dict[str, Any]:
    """What the reader had searched for and which page it was: a tap leads back there."""
    page = request.form.get("page", 1, type=row_number)
    looked = {"q": request.form.get("q", "")[:_LONGEST], "page": page if page > 1 else None}
    return {name: value for name, value in looked.items() if value}
