"""What phones and the forum say to each other about a roll."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, jsonify

from forum import clock
from forum.domain.roll_call import Leg
from forum.errors import ForumError
from forum.queries import roll_calls
from forum.queries.buses import BusView
from forum.queries.roll_calls import DepartureView
from forum.services.boarding import DepartureSent, TickSent
from forum.web.numbers import is_row_number

_LONGEST_KEY: Final = 64
_LONGEST_LOG: Final = 500_000
_MOST_SEATS: Final = 10_000


def leg_named(text: object) -> Leg:
    """The way that a form or a phone means."""
    return Leg.BACK if text == Leg.BACK.value else Leg.OUT


def mark_of_badge(code: str) -> str:
    """What a phone keeps instead of a badge's code: it knows the code when it sees it, and cannot make it."""
    return hashlib.sha256(code.encode()).hexdigest()[:20]


def standing(bus: BusView) -> tuple[DepartureView, ...]:
    """The decisions about this bus that stand."""
    return tuple(one for one in roll_calls.departures(bus.visit_id).values() if one.bus_id == bus.id)


def log_of(bus: BusView) -> dict[str, Any]:
    """Everybody on the visit who was ticked, as arrays: person, way, aboard, bus, moment, key."""
    marked = roll_calls.marks(bus.visit_id)
    return {
        "now": _milliseconds(clock.now()),
        "marks": [
            [one.person_id, one.leg.value, int(one.is_aboard), one.bus_id, _milliseconds(one.at), one.key]
            for one in marked.values()
        ],
        "departures": [
            {
                "leg": one.leg.value,
                "stop": one.stop_id,
                "aboard": one.aboard,
                "expected": one.expected,
                "at": _milliseconds(one.decided_at),
                "by": one.by,
            }
            for one in standing(bus)
        ],
    }


def answer(bus: BusView, taken: Sequence[str] = (), refused: Collection[str] = ()) -> Response:
    """The log, and which entries a phone need not keep any more."""
    return jsonify(log_of(bus) | {"taken": list(taken), "refused": list(refused)})


def read_entries(text: str) -> list[TickSent | DepartureSent]:
    """What a phone has sent.

    Raises:
        ForumError: ``roll_unreadable``.
    """
    try:
        sent = json.loads(text) if len(text) <= _LONGEST_LOG else None
        if not isinstance(sent, list):
            raise ValueError("no list")
        return [_entry(one) for one in sent]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ForumError("roll_unreadable") from error


def _entry(sent: Any) -> TickSent | DepartureSent:
    key, leg, at = str(sent["key"]), leg_named(sent["leg"]), _moment(sent["at"])
    if not 8 <= len(key) <= _LONGEST_KEY or not key.isascii() or not key.isalnum():
        raise ValueError("no key")
    if "gone" in sent:
        return DepartureSent(
            key=key,
            leg=leg,
            is_gone=bool(sent["gone"]),
            at=at,
            aboard=min(max(int(sent.get("aboard") or 0), 0), _MOST_SEATS),
            missing=tuple(_row(one) for one in sent.get("missing") or ()),
            stop_id=_row(sent["stop"]) if sent.get("stop") else None,
        )
    return TickSent(
        key=key,
        delegate_id=_row(sent["person"]),
        leg=leg,
        is_aboard=bool(sent["aboard"]),
        at=at,
        is_scanned=bool(sent.get("scanned")),
    )


def _row(number: Any) -> int:
    if not isinstance(number, int) or not is_row_number(number):
        raise ValueError("no row")
    return number


def _moment(milliseconds: Any) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
