"""Meetings of the plan in force that go on after their end: until when whom and what they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.domain.states import PlanStatus
from forum.models import Meeting, MeetingParticipant, Plan, Request, Slot
from forum.models.base import db
from forum.queries.appointments import end_of_meeting


@dataclass(frozen=True)
class Overrun:
    """From the end that was planned to the one that was told."""

    meeting_id: int
    table_id: int
    interpreter_id: int | None
    people: frozenset[int]
    starts_at: datetime
    ends_at: datetime


def of_event(event_id: int) -> tuple[Overrun, ...]:
    """All of them, the first to end first."""
    ends_at = end_of_meeting().label("ends_at")
    rows = db.session.execute(
        select(Meeting.id, Meeting.table_id, Meeting.interpreter_id, Meeting.overrun_minutes, ends_at)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Request, Request.id == Meeting.request_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            Plan.event_id == event_id,
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.overrun_minutes.is_not(None),
        )
        .order_by(ends_at, Meeting.id)
    ).all()
    people = _people([row.id for row in rows])
    return tuple(
        Overrun(
            meeting_id=row.id,
            table_id=row.table_id,
            interpreter_id=row.interpreter_id,
            people=frozenset(people.get(row.id, ())),
            starts_at=row.ends_at,
            ends_at=row.ends_at + timedelta(minutes=row.overrun_minutes or 0),
        )
        for row in rows
    )


def _people(meeting_ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    if not meeting_ids:
        return found
    rows = db.session.execute(
        select(MeetingParticipant.meeting_id, MeetingParticipant.delegate_id).where(
            MeetingParticipant.meeting_id.in_(meeting_ids)
        )
    )
    for meeting_id, delegate_id in rows:
        found.setdefault(meeting_id, set()).add(delegate_id)
    return found
