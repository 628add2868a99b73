"""Printing badges at the door: at which station, and the badge of whoever stands there."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.policy import may
from forum.queries import delegates, print_queue
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import print_jobs
from forum.services.check_ins import Arrival
from forum.web.access import needs
from forum.web.numbers import row_number
from forum.web.users import current_actor
from forum.web.venue.blueprint import blueprint
from forum.web.venue.verdicts import STATION, verdict

_OFF, _ANY = "", "any"


@blueprint.post("/e/<event_code>/venue/badges", endpoint="badge_station")
@needs(Permission.PRINT)
def choose(event: EventView) -> ResponseReturnValue:
    """At which station this device prints the badge of whoever arrives; kept for the device."""
    wish = request.form.get("station", _OFF)
    known = {str(each.id) for each in print_queue.stations(event_id=event.id, papers=False)}
    session[STATION] = wish if wish == _ANY or wish in known else _OFF
    return redirect(url_for("venue.check_in", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/venue/<int:delegate_id>/badge", endpoint="badge_print")
@needs(Permission.PRINT, delegate=delegates.find)
def print_badge(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The badge of this person, now; again only for a reason."""
    reason = request.form.get("reason", "")
    try:
        _order(event, delegate.id, reason)
    except ForumError as error:
        return verdict(event, delegate, printing={"refusal": describe(error), "reason": reason}), 422
    return verdict(event, delegate, printing={"is_sent": True})


def on_arrival(event: EventView, delegate_id: int, arrival: Arrival) -> dict[str, Any]:
    """What the verdict says of the badge; printed unasked where this device does so and none is held.

    A repeated tap orders no second one, and is told the same as the first.
    """
    if not may(current_actor(), Permission.PRINT, event.id):
        return {}
    if session.get(STATION, _OFF) == _OFF:
        return {"may_print": True}
    if arrival.is_repeated and print_queue.was_ordered_since(event.id, delegate_id, arrival.at):
        return {"is_sent": True}
    try:
        _order(event, delegate_id)
    except ForumError as error:
        return {"refusal": describe(error)}
    return {"is_sent": True}


def station_choices(event: EventView) -> dict[str, Any]:
    """The stations that there are, and the one that this device prints at."""
    if not may(current_actor(), Permission.PRINT, event.id):
        return {"stations": ()}
    return {
        "stations": print_queue.stations(event_id=event.id, papers=False),
        "chosen": session.get(STATION, _OFF),
    }


def _order(event: EventView, delegate_id: int, reason: str = "") -> None:
    wish = str(request.form.get("station", session.get(STATION, _OFF)))
    print_jobs.order(
        actor=current_actor(),
        event_id=event.id,
        delegate_ids=[delegate_id],
        station_id=row_number(wish) if wish.isascii() and wish.isdecimal() and len(wish) < 10 else None,
        reason=reason,
        is_urgent=True,
    )
