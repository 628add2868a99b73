"""When a person is promised elsewhere: published meetings, visits, sessions that they must attend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, literal, select, union_all

from forum.domain.intervals import Interval
from forum.domain.states import MeetingStatus, PlanStatus, SeatStatus
from forum.models import Attendance, Meeting, MeetingParticipant, Plan, Seat, Session, Slot, Visit
from forum.models.base import db

_Rows = Select[str, int, int, datetime, datetime]


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
    rows = db.session.execute(
        union_all(_meetings(delegate_ids), _sessions(delegate_ids), _visits(delegate_ids))
    )
    for kind, delegate_id, row_id, starts_at, ends_at in rows:
        found[delegate_id].append(Engagement(EngagementKind(kind), row_id, Interval(starts_at, ends_at)))
    return {key: tuple(sorted(found[key], key=lambda each: each.interval)) for key in delegate_ids}


def first_conflict(
    away: Interval, engaged: Iterable[Engagement], *, visit_id: int | None = None
) -> Engagement | None:
    """The first of ``engaged`` during ``away``, the visit ``visit_id`` itself excepted."""
    for engagement in engaged:
        is_itself = engagement.kind is EngagementKind.VISIT and engagement.row_id == visit_id
        if not is_itself and engagement.interval.overlaps(away):
            return engagement
    return None


def _meetings(delegate_ids: Collection[int]) -> _Rows:
    return (
        select(
            literal(EngagementKind.MEETING.value),
            MeetingParticipant.delegate_id,
            Meeting.id,
            Slot.starts_at,
            Slot.ends_at,
        )
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            MeetingParticipant.delegate_id.in_(delegate_ids),
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    )


def _sessions(delegate_ids: Collection[int]) -> _Rows:
    return (
        select(
            literal(EngagementKind.SESSION.value),
            Attendance.delegate_id,
            Session.id,
            Session.starts_at,
            Session.ends_at,
        )
        .join(Session, Session.id == Attendance.session_id)
        .where(Attendance.delegate_id.in_(delegate_ids))
    )


def _visits(delegate_ids: Collection[int]) -> _Rows:
    return (
        select(
            literal(EngagementKind.VISIT.value),
            Seat.delegate_id,
            Visit.id,
            Visit.departs_at,
            Visit.returns_at,
        )
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Seat.delegate_id.in_(delegate_ids), Seat.status == SeatStatus.SEATED)
    )
