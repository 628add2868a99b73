"""How far a plan has been carried out: which of its meetings have begun and stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum import clock
from forum.domain.states import MeetingStatus, RequestStatus
from forum.models import Meeting, Request, Slot
from forum.models.base import db
from forum.queries.appointments import end_of_meeting


@dataclass(frozen=True)
class UnderWay:
    """``begun`` are ids of slots, ``pinned`` of requests whose meeting can no longer be put elsewhere."""

    begun: frozenset[int] = frozenset()
    pinned: frozenset[int] = frozenset()


def under_way(event_id: int, plan_id: int | None) -> UnderWay:
    """How things stand now. A meeting whose people were late for all of it can still be held elsewhere."""
    now = clock.now()
    begun = db.session.scalars(select(Slot.id).where(Slot.event_id == event_id, Slot.starts_at <= now))
    rows = db.session.execute(
        select(
            Meeting.request_id,
            Meeting.status,
            Meeting.late_minutes,
            Slot.id.label("slot"),
            Slot.starts_at,
            end_of_meeting().label("ends_at"),
        )
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Request, Request.id == Meeting.request_id)
        .where(
            Meeting.plan_id == plan_id,
            Meeting.status != MeetingStatus.CANCELLED,
            Request.status == RequestStatus.ACCEPTED,
        )
    )
    slots = frozenset(begun)
    return UnderWay(slots, frozenset(row.request_id for row in rows if _is_pinned(row, slots)))


def is_too_late(late_minutes: int | None, starts_at: datetime, ends_at: datetime) -> bool:
    """Is nothing left of the meeting when they come?"""
    return late_minutes is not None and starts_at + timedelta(minutes=late_minutes) >= ends_at


def _is_pinned(row: object, begun: frozenset[int]) -> bool:
    if row.status in (MeetingStatus.HELD, MeetingStatus.MISSED):  # type: ignore[attr-defined]
        return True
    if row.slot not in begun:  # type: ignore[attr-defined]
        return False
    return not is_too_late(row.late_minutes, row.starts_at, row.ends_at)  # type: ignore[attr-defined]
