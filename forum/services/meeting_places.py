"""Where meetings of a draft are, changed several at once: who leaves a place and who takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.models import Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.scheduling.problem import Problem
from forum.services import claims


@dataclass(frozen=True)
class Place:
    """Everything that one can change of a meeting by hand, and who is at it."""

    slot_id: int
    table_id: int
    interpreter_id: int | None
    is_locked: bool
    people: tuple[int, ...]

    def as_data(self) -> dict[str, Any]:
        """For the journal."""
        return asdict(self)


def from_data(data: Mapping[str, Any] | None) -> Place | None:
    """What ``as_data`` gave."""
    return None if data is None else Place(**{**data, "people": tuple(data["people"])})


def place_of(meeting: Meeting) -> Place:
    """Where the meeting is now."""
    people = sorted(each.delegate_id for each in meeting.participants)
    return Place(meeting.slot_id, meeting.table_id, meeting.interpreter_id, meeting.is_locked, tuple(people))


def places_of(plan: Plan, request_ids: Mapping[int, Any] | set[int]) -> dict[int, Place | None]:
    """Where the meetings of these requests are, None for one that has none."""
    rows = _meetings(plan, set(request_ids))
    return {key: place_of(rows[key]) if key in rows else None for key in request_ids}


def put(plan: Plan, problem: Problem, wanted: Mapping[int, Place | None]) -> None:
    """Make it so: meetings are moved, made anew, or (None) taken out. The plan is held by the command.

    Raises:
        StaleError: ``double_booking``.
    """
    rows = _meetings(plan, set(wanted))
    for meeting in rows.values():
        claims.give_up(meeting)
    for request_id, place in wanted.items():
        _put(plan, rows, request_id, place)
    db.session.flush()
    claims.take(
        claim
        for request_id, place in wanted.items()
        if place is not None
        for claim in claims.rows_of(
            rows[request_id].id,
            plan_id=plan.id,
            slot_ids=_span(problem, request_id, place),
            people=place.people,
            table_id=place.table_id,
            interpreter_id=place.interpreter_id,
        )
    )


def _put(plan: Plan, rows: dict[int, Meeting], request_id: int, place: Place | None) -> None:
    if place is None:
        if request_id in rows:
            db.session.delete(rows[request_id])
        return
    if request_id not in rows:
        rows[request_id] = Meeting(plan_id=plan.id, request_id=request_id)
        rows[request_id].participants = [MeetingParticipant(delegate_id=one) for one in place.people]
        db.session.add(rows[request_id])
    meeting = rows[request_id]
    meeting.slot_id, meeting.table_id = place.slot_id, place.table_id
    meeting.interpreter_id, meeting.is_locked = place.interpreter_id, place.is_locked


def _span(problem: Problem, request_id: int, place: Place) -> tuple[Any, ...]:
    request = problem.request_by_id.get(request_id)
    return (place.slot_id,) if request is None else problem.slots_held(request, place.slot_id)


def _meetings(plan: Plan, request_ids: set[int]) -> dict[int, Meeting]:
    found = db.session.scalars(
        select(Meeting)
        .where(Meeting.plan_id == plan.id, Meeting.request_id.in_(request_ids))
        .options(selectinload(Meeting.participants))
    )
    return {meeting.request_id: meeting for meeting in found}
