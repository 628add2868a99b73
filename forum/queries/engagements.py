"""When a person is promised elsewhere: published meetings, visits, sessions that they must attend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from forum.domain.intervals import Interval
from forum.domain.states import MeetingStatus, PlanStatus, SeatStatus
from forum.models import Attendance, Meeting, MeetingParticipant, Plan, Seat, Session, Slot, Visit
from forum.models.base import db


class EngagementKind(StrEnum):
    MEETING = "meeting"
    SESSION = "session"
    VISIT = "visit"


@dataclass(frozen=True)
class Engagement:
    """A stretch of time that is taken; ``row_id`` is the meeting's, session's or visit's."""

    kind: EngagementKind
    row_id: int
    interval: Interval


def of_delegates(delegate_ids: Collection[int]) -> Mapping[int, tuple[Engagement, ...]]:
    """What every one of ``delegate_ids`` is engaged in, in order of time; a visit counts with its way."""
    found: dict[int, list[Engagement]] = defaultdict(list)
    for delegate_id, engagement in (
        *_meetings(delegate_ids),
        *_sessions(delegate_ids),
        *_visits(delegate_ids),
    ):
        found[delegate_id].append(engagement)
    return {key: tuple(sorted(found[key], key=lambda each: each.interval)) for key in delegate_ids}


def _meetings(delegate_ids: Collection[int]) -> list[tuple[int, Engagement]]:
    rows = db.session.execute(
        select(MeetingParticipant.delegate_id, Meeting.id, Slot.starts_at, Slot.ends_at)
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            MeetingParticipant.delegate_id.in_(delegate_ids),
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    )
    return [(who, Engagement(EngagementKind.MEETING, key, Interval(a, b))) for who, key, a, b in rows]


def _sessions(delegate_ids: Collection[int]) -> list[tuple[int, Engagement]]:
    rows = db.session.execute(
        select(Attendance.delegate_id, Session.id, Session.starts_at, Session.ends_at)
        .join(Session, Session.id == Attendance.session_id)
        .where(Attendance.delegate_id.in_(delegate_ids))
    )
    return [(who, Engagement(EngagementKind.SESSION, key, Interval(a, b))) for who, key, a, b in rows]


def _visits(delegate_ids: Collection[int]) -> list[tuple[int, Engagement]]:
    rows = db.session.execute(
        select(Seat.delegate_id, Visit.id, Visit.departs_at, Visit.returns_at)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Seat.delegate_id.in_(delegate_ids), Seat.status == SeatStatus.SEATED)
    )
    return [(who, Engagement(EngagementKind.VISIT, key, Interval(a, b))) for who, key, a, b in rows]
