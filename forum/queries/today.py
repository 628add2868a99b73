"""The desk's first page: what waits for a decision, what is at risk, who has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from forum.domain.states import (
    ImportStatus,
    MeetingStatus,
    MessageStatus,
    PlanStatus,
    RegistrationStatus,
    RequestStatus,
    SeatStatus,
)
from forum.models import (
    CheckIn,
    Company,
    CompanySector,
    Delegate,
    Import,
    Meeting,
    MeetingParticipant,
    Message,
    Plan,
    Request,
    Seat,
    Visit,
)
from forum.models.base import db
from forum.queries import accepted_requests, edits, plans


@dataclass(frozen=True)
class Waiting:
    """Things that somebody at the desk has to decide."""

    registrations: int
    edits: int
    requests: int
    drafts: int
    imports: int
    messages: int


@dataclass(frozen=True)
class AtRisk:
    """Things that will go wrong if nobody looks at them."""

    without_email: int
    without_latin_name: int
    companies_without_sector: int
    companies_without_people: int
    waiting_for_seats: int
    meetings_without_people: int


@dataclass(frozen=True)
class ScheduleState:
    """The plan in force, None while nothing is published, as things stand now: not as they did when it was
    computed. ``unplaced`` counts pairs of companies that have agreed to meet and have no meeting.
    """

    plan_id: int | None
    revision: int | None
    meetings: int
    unplaced: int


@dataclass(frozen=True)
class ArrivalHour:
    hour: int
    count: int
    share: int  # percent of the busiest hour


def waiting(*, event_id: int) -> Waiting:
    """One count for each kind of decision."""
    return Waiting(
        registrations=_count(
            Delegate, Delegate.event_id == event_id, Delegate.status == RegistrationStatus.APPLIED
        ),
        edits=edits.count_waiting(event_id=event_id),
        requests=_count(Request, Request.event_id == event_id, Request.status == RequestStatus.PENDING),
        drafts=_count(Plan, Plan.event_id == event_id, Plan.status == PlanStatus.DRAFT),
        imports=_count(Import, Import.event_id == event_id, Import.status == ImportStatus.PREVIEWED),
        messages=_count(
            Message,
            Message.event_id == event_id,
            Message.status.in_([MessageStatus.FAILED, MessageStatus.UNKNOWN]),
        ),
    )


def at_risk(*, event_id: int) -> AtRisk:
    """One count for each kind of gap, among those who take part."""
    takes_part = (Delegate.event_id == event_id, Delegate.status == RegistrationStatus.APPROVED)
    with_people = select(Delegate.company_id).where(*takes_part, Delegate.company_id.is_not(None))
    return AtRisk(
        without_email=_count(Delegate, *takes_part, Delegate.email.is_(None)),
        without_latin_name=_count(Delegate, *takes_part, Delegate.latin_family_name.is_(None)),
        companies_without_sector=_count(
            Company, Company.event_id == event_id, Company.id.not_in(select(CompanySector.company_id))
        ),
        companies_without_people=_count(
            Company, Company.event_id == event_id, Company.id.not_in(with_people)
        ),
        waiting_for_seats=db.session.scalar(
            select(func.count())
            .select_from(Seat)
            .join(Visit)
            .where(Visit.event_id == event_id, Seat.status == SeatStatus.WAITING)
        )
        or 0,
        meetings_without_people=_meetings_without_people(event_id),
    )


def schedule(*, event_id: int) -> ScheduleState:
    """The plan that people have in their hands."""
    plan = plans.in_force(event_id)
    if plan is None:
        return ScheduleState(plan_id=None, revision=None, meetings=0, unplaced=0)
    placed = set(
        db.session.scalars(
            select(Meeting.request_id).where(
                Meeting.plan_id == plan.id, Meeting.status != MeetingStatus.CANCELLED
            )
        )
    )
    pairs = accepted_requests.read(event_id).pairs
    unplaced = sum(placed.isdisjoint(row.id for row in pair) for pair in pairs)
    return ScheduleState(plan.id, plan.revision, plan.meetings, unplaced)


def arrivals(*, event_id: int, zone: ZoneInfo) -> tuple[ArrivalHour, ...]:
    """Check-ins per hour of the clock in ``zone``, from the first hour to the last."""
    instants = db.session.scalars(
        select(CheckIn.at).where(CheckIn.event_id == event_id, CheckIn.undone_at.is_(None))
    )
    hours = Counter(instant.astimezone(zone).hour for instant in instants)
    if not hours:
        return ()
    busiest = max(hours.values())
    return tuple(
        ArrivalHour(hour, hours[hour], round(100 * hours[hour] / busiest))
        for hour in range(min(hours), max(hours) + 1)
    )


def _meetings_without_people(event_id: int) -> int:
    """Meetings in force that have lost somebody: declined or withdrawn since."""
    rows = (
        select(func.count(Meeting.id.distinct()))
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id)
        .join(Delegate, Delegate.id == MeetingParticipant.delegate_id)
        .where(
            Plan.event_id == event_id,
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
            Delegate.status != RegistrationStatus.APPROVED,
        )
    )
    return db.session.scalar(rows) or 0


def _count(table: Any, *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
