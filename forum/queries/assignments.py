"""What an assignment of visits proposes, beside how things are now, with a reason for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import AssignmentStatus, SeatStatus, SignUpMode
from forum.models import Assignment, Company, Delegate, Seat
from forum.models.base import db
from forum.queries import visits
from forum.queries.paging import PAGE_SIZE, Page
from forum.queries.people import full_name
from forum.queries.visits import VisitView
from forum.scheduling.assignment.assign import ROUNDS


class Outcome(StrEnum):
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    NONE = "none"


_DONE = (AssignmentStatus.READY, AssignmentStatus.APPLIED, AssignmentStatus.TOLD)
_OUTCOMES = {1: Outcome.FIRST, 2: Outcome.SECOND, 3: Outcome.THIRD, None: Outcome.NONE}


@dataclass(frozen=True)
class Refused:
    """A wish that was not granted. ``why``: ``full``, ``apart`` (from colleagues), ``dearer``, ``category``
    or ``clash`` (with what).
    """

    site: Localized
    departs_at: datetime | None
    choice: int
    why: str
    kind: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    seats: int
    higher: int
    lost: int


@dataclass(frozen=True)
class Granted:
    """One person: the visit that it would be, and what that is like; ``now`` is theirs."""

    id: int
    name: str
    company: Localized
    outcome: Outcome
    visit: VisitView | None
    now: VisitView | None
    in_own_sector: bool
    in_own_language: bool
    lost: int
    is_in_company: bool
    colleagues: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class TripCount:
    """A visit: how many it would get by choice, beside who has been told of a seat there."""

    visit: VisitView
    given: tuple[int, int, int]
    settled: int

    @property
    def free(self) -> int:
        return self.visit.capacity - self.settled - sum(self.given)


@dataclass(frozen=True)
class AssignmentView:
    """``new``, ``moved``, ``gone``, ``same``: people, beside the seats that they have now.

    ``gap`` is how much more any other assignment could be worth, from 0. Of ``companies`` with several
    people ``companies_apart`` would go on several visits.
    """

    id: int
    status: AssignmentStatus
    created_at: datetime
    applied_at: datetime | None
    told_at: datetime | None
    people: int
    granted: tuple[int, int, int]
    without: int
    in_own_sector: int
    in_own_language: int
    meetings_lost: int
    beyond_share: int
    keeps_together: bool
    companies: int
    companies_apart: int
    gap: float
    new: int
    moved: int
    gone: int
    same: int
    trips: tuple[TripCount, ...]


@dataclass(frozen=True)
class ComputingView:
    """A computation that waits, is under way, or has failed (``error``)."""

    id: int
    rounds: int
    is_waiting: bool
    error: str | None

    @property
    def percent(self) -> int:
        return 100 * self.rounds // ROUNDS


def computing(*, event_id: int) -> ComputingView | None:
    """What is being computed now, or was not to be computed; None where there is nothing to tell."""
    rows = select(Assignment).where(
        Assignment.event_id == event_id, Assignment.status.not_in(_DONE), Assignment.stop_asked.is_(False)
    )
    row = db.session.scalar(rows.order_by(Assignment.id.desc()).limit(1))
    if row is None:
        return None
    return ComputingView(row.id, row.rounds, row.status is AssignmentStatus.QUEUED, row.error)


def latest(*, event_id: int) -> AssignmentView | None:
    """The newest assignment; None before the first."""
    row = _latest(event_id)
    if row is None:
        return None
    trips = _assigned(event_id)
    certificate, now = row.certificate, _now(trips)
    pairs = [(int(key), data["visit"]) for key, data in row.result.items()]
    by_choice = Counter((data["visit"], data["choice"]) for data in row.result.values())
    settled = _settled(trips)
    one, two, three = certificate["granted"]
    return AssignmentView(
        id=row.id,
        status=row.status,
        created_at=row.created_at,
        applied_at=row.applied_at,
        told_at=row.told_at,
        people=len(pairs),
        granted=(one, two, three),
        without=certificate["without"],
        in_own_sector=certificate["in_own_sector"],
        in_own_language=certificate["in_own_language"],
        meetings_lost=certificate["meetings_lost"],
        beyond_share=certificate["beyond_share"],
        keeps_together=row.keeps_together,
        companies=certificate.get("companies", 0),
        companies_apart=certificate.get("companies_apart", 0),
        gap=certificate["gap"],
        new=sum(visit is not None and who not in now for who, visit in pairs),
        moved=sum(visit is not None and now.get(who, visit) != visit for who, visit in pairs),
        gone=sum(visit is None and who in now for who, visit in pairs),
        same=sum(visit is not None and now.get(who) == visit for who, visit in pairs),
        trips=tuple(
            _trip(visit, by_choice, settled[visit.id], is_told=bool(row.told_at)) for visit in trips.values()
        ),
    )


def _trip(
    visit: VisitView, by_choice: Mapping[tuple[int, int], int], settled: int, *, is_told: bool
) -> TripCount:
    """Once they are told, those whom the assignment gave a seat are among the settled."""
    one, two, three = (by_choice[visit.id, choice] for choice in (1, 2, 3))
    return TripCount(visit, (one, two, three), settled - (one + two + three if is_told else 0))


def people(*, event_id: int, outcome: Outcome | None = None, number: int = 1) -> Page[Granted]:
    """Those in the newest assignment, in the order of asking; narrowed by what they got."""
    row, trips = _latest(event_id), _assigned(event_id)
    found = [
        (int(key), data)
        for key, data in (row.result if row else {}).items()
        if outcome is None or _OUTCOMES[data["choice"]] is outcome
    ]
    number = max(1, min(number, -(-len(found) // PAGE_SIZE)))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    names, now = _names([key for key, _ in shown]), _now(trips)
    rows = tuple(_granted(key, data, names[key], trips, now.get(key)) for key, data in shown if key in names)
    return Page(rows, len(found), number)


def is_told(*, event_id: int) -> bool:
    """Whether people know their seats by wishes: from then on freed ones go as in other visits."""
    told = select(Assignment.id).filter_by(event_id=event_id, status=AssignmentStatus.TOLD)
    return db.session.scalar(told.limit(1)) is not None


def reasons_of(*, event_id: int, delegate_id: int) -> Granted | None:
    """What the last assignment that people were told of said of one person."""
    row = db.session.scalar(
        select(Assignment)
        .where(Assignment.event_id == event_id, Assignment.status == AssignmentStatus.TOLD)
        .order_by(Assignment.id.desc())
        .limit(1)
    )
    data = row.result.get(str(delegate_id)) if row else None
    if data is None:
        return None
    trips = _assigned(event_id)
    return _granted(delegate_id, data, _names([delegate_id])[delegate_id], trips, None)


def _latest(event_id: int) -> Assignment | None:
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.event_id == event_id, Assignment.status.in_(_DONE))
        .order_by(Assignment.id.desc())
        .limit(1)
    )


def _assigned(event_id: int) -> dict[int, VisitView]:
    return {
        visit.id: visit
        for visit in visits.of_event(event_id=event_id)
        if visit.sign_up_mode is SignUpMode.ASSIGNED
    }


def _now(trips: Mapping[int, VisitView]) -> dict[int, int]:
    """By delegate, the visit that they have a seat in."""
    rows = db.session.execute(
        select(Seat.delegate_id, Seat.visit_id).where(
            Seat.visit_id.in_(trips), Seat.status == SeatStatus.SEATED
        )
    )
    return {row.delegate_id: row.visit_id for row in rows}


def _settled(trips: Mapping[int, VisitView]) -> Counter[int]:
    """By visit, the seats that their holders know of."""
    rows = select(Seat.visit_id).where(
        Seat.visit_id.in_(trips),
        Seat.status.in_((SeatStatus.SEATED, SeatStatus.OFFERED)),
        Seat.is_tentative.is_(False),
    )
    return Counter(db.session.scalars(rows))


def _names(ids: Collection[int]) -> dict[int, tuple[str, Localized]]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name, Company.short_name)
        .outerjoin(Company, Company.id == Delegate.company_id)
        .where(Delegate.id.in_(ids))
    )
    return {key: (full_name(family, given), firm or Localized()) for key, family, given, firm in rows}


def _granted(
    key: int,
    data: Mapping[str, Any],
    who: tuple[str, Localized],
    trips: Mapping[int, VisitView],
    now: int | None,
) -> Granted:
    return Granted(
        id=key,
        name=who[0],
        company=who[1],
        outcome=_OUTCOMES[data["choice"]],
        visit=trips.get(data["visit"]),
        now=trips.get(now) if now is not None else None,
        in_own_sector=data["sector"],
        in_own_language=data["language"],
        lost=data["lost"],
        is_in_company=data["with"] is not None,
        colleagues=data.get("colleagues", 0),
        refused=tuple(_refused(each, trips) for each in data["not"]),
    )


def _refused(each: Mapping[str, Any], trips: Mapping[int, VisitView]) -> Refused:
    visit = trips.get(each["visit"])
    return Refused(
        site=visit.site if visit else Localized(),
        departs_at=visit.departs_at if visit else None,
        choice=each["choice"],
        why=each["why"],
        kind=each.get("kind"),
        starts_at=datetime.fromisoformat(each["starts"]) if "starts" in each else None,
        ends_at=datetime.fromisoformat(each["ends"]) if "ends" in each else None,
        seats=each["seats"],
        higher=each["higher"],
        lost=each["lost"],
    )
