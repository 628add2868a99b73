"""Where a registration stands, and moving it, within the commands that decide on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from forum import clock
from forum.domain.places import Occupancy
from forum.domain.states import HOLDS_A_PLACE, RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.services import places, precedence

_INSTANTS: Final = ("waiting_since", "offer_ends_at", "decided_at")
Standing = dict[str, Any]


def of(row: Delegate) -> Standing:
    """What an undo needs to know of ``row``, as the journal can keep it."""
    instants = {name: getattr(row, name) for name in _INSTANTS}
    return {
        "status": row.status.value,
        "note": row.decision_note,
        "place": row.precedence,
        "is_head": row.is_head,
        **{name: instant.isoformat() if instant else None for name, instant in instants.items()},
    }


def restore(row: Delegate, before: Standing) -> None:
    """Put ``row`` back where it stood, but for its place in the order of precedence."""
    row.status, row.decision_note = RegistrationStatus(before["status"]), before["note"]
    for name in _INSTANTS:
        setattr(row, name, datetime.fromisoformat(before[name]) if before[name] else None)
    row.updated_at = clock.now()
    db.session.flush()


def restore_order(people: Iterable[tuple[Delegate, Standing]]) -> None:
    """Within a command: put back where they stood in the order of precedence, the first before the others."""
    for row, before in sorted(people, key=lambda each: each[1].get("place") or 0):
        precedence.come_back(row, place=before.get("place"), is_head=before.get("is_head", False))


def holds_a_place(row: Delegate) -> bool:
    """Whether the person of ``row`` counts against the places."""
    return row.status in HOLDS_A_PLACE


def move(row: Delegate, status: RegistrationStatus, *, occupancy: Occupancy, note: str | None = None) -> None:
    """Bring ``row`` to ``status`` and count the place that it takes or frees. Asks nobody whether it may.

    Whoever ends leaves the order of precedence: the command has locked that (``precedence.lock_of``).
    """
    who, held = places.seeker(row), holds_a_place(row)
    now = clock.now()
    if status is RegistrationStatus.OFFERED:
        places.offer(row, occupancy)
    else:
        row.waiting_since = (row.waiting_since or now) if status is RegistrationStatus.WAITING else None
        row.offer_ends_at = None
    row.status, row.decided_at, row.updated_at = status, now, now
    row.decision_note = note
    if holds_a_place(row) and not held:
        occupancy.take(who)
    elif held and not holds_a_place(row):
        occupancy.free(who)
    db.session.flush()
    if status in precedence.NOT_IN_IT:
        precedence.leave(row)
