"""Writing meetings of a plan, many at once: the rows, who sits there, and what they claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import insert, select

from forum.domain.states import MeetingStatus
from forum.models import Meeting, MeetingParticipant
from forum.models.base import db
from forum.services import claims


@dataclass(frozen=True)
class Booking:
    """A meeting to be: its ``slots`` follow each other; ``told`` is what is kept of it beside its place."""

    request_id: int
    slots: Sequence[int]
    table_id: int
    interpreter_id: int | None
    people: Sequence[int]
    is_locked: bool
    told: dict[str, Any] = field(default_factory=dict)


def fill(plan_id: int, bookings: Iterable[Booking]) -> None:
    """Within a command.

    Raises:
        StaleError: ``double_booking``.
    """
    by_request = {each.request_id: each for each in bookings}
    if not by_request:
        return
    db.session.execute(insert(Meeting), [_row(plan_id, each) for each in by_request.values()])
    meetings = db.session.execute(
        select(Meeting.id, Meeting.request_id).where(Meeting.plan_id == plan_id).order_by(Meeting.id)
    ).all()
    people, taken = [], []
    for meeting_id, request_id in meetings:
        booking = by_request[request_id]
        people += [{"meeting_id": meeting_id, "delegate_id": person} for person in booking.people]
        taken += claims.rows_of(
            meeting_id,
            plan_id=plan_id,
            slot_ids=booking.slots,
            people=booking.people,
            table_id=booking.table_id,
            interpreter_id=booking.interpreter_id,
        )
    db.session.execute(insert(MeetingParticipant), people)
    claims.take(taken)


_NOTHING_TOLD: Final[Mapping[str, Any]] = {
    "status": MeetingStatus.PLANNED,
    "late_minutes": None,
    "overrun_minutes": None,
    "note": None,
}


def told_of(meeting: Any) -> dict[str, Any]:
    """What was noted of a meeting on the day."""
    return {name: getattr(meeting, name) for name in _NOTHING_TOLD}


def _row(plan_id: int, booking: Booking) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "request_id": booking.request_id,
        "slot_id": booking.slots[0],
        "table_id": booking.table_id,
        "interpreter_id": booking.interpreter_id,
        "is_locked": booking.is_locked,
        **_NOTHING_TOLD,
        **booking.told,
    }
