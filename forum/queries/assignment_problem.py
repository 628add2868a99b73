"""The wishes of an event as a problem for the assignment library, as things stand now.

Whoever knows of a seat stays where they are: they and their seats do not enter. People who come along with
somebody go with them or not at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum import clock
from forum.domain.conflicts import EngagementKind
from forum.domain.states import RegistrationStatus, SignUpMode, VisitStatus
from forum.models import CompanySector, Delegate, Seat, Visit, Wish
from forum.models.base import db
from forum.queries import engagements, meeting_places, occupied_slots, scheduling_problem
from forum.queries.engagements import HOLDS_A_SEAT
from forum.scheduling.assignment.problem import Party, Problem, Trip, Weights

CATEGORY = "category"
CLASH = "clash"


@dataclass(frozen=True)
class Against:
    """What somebody of a party does at the time of a trip."""

    kind: EngagementKind
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Gathered:
    """The problem; by party and trip, what it clashes with."""

    problem: Problem
    clashes: Mapping[tuple[int, int], Against]

    @property
    def digest(self) -> str:
        """The same as long as nothing has changed that an assignment depends on."""
        return hashlib.blake2b(repr(self.problem).encode(), digest_size=16).hexdigest()


def gather(*, event_id: int, keeps_together: bool = True) -> Gathered:
    """A handful of statements, however many people have wishes.

    Args:
        keeps_together: whether colleagues should rather go on one visit.
    """
    visits = _visits(event_id)
    wishes = _wishes(event_id, {visit.id for visit in visits})
    settled = _settled({visit.id for visit in visits})
    rows, along = _people(event_id, wishes.keys() - settled.keys())
    everybody = {*rows, *(one for each in along.values() for one in each)} - settled.keys()
    parties = _Parties(event_id, visits, everybody)
    made = [
        parties.of(row=rows[key], people=(key, *(one for one in along.get(key, ()) if one in everybody)),
                   choices=tuple(wishes[key][1]))
        for key in sorted(rows, key=lambda each: (wishes[each][0], each))
    ]  # fmt: skip
    weights = Weights() if keeps_together else replace(Weights(), apart=0)
    beside = _companies(settled) if keeps_together else {}
    return Gathered(Problem(parties.trips, tuple(made), weights, beside), parties.clashes)


class _Parties:
    """What is known of everybody who has wishes, and of those who come along with them."""

    def __init__(self, event_id: int, visits: Collection[Visit], everybody: Collection[int]) -> None:
        self.visits = {visit.id: visit for visit in visits}
        self.engaged = engagements.of_delegates(event_id, everybody)
        self.sectors = _sectors(event_id)
        self.losses = _Losses(event_id, visits, everybody)
        self.clashes: dict[tuple[int, int], Against] = {}
        tentative = _tentative(self.visits)
        self.trips = tuple(_trip(visit, tentative) for visit in visits)

    def of(self, *, row: Any, people: tuple[int, ...], choices: tuple[int, ...]) -> Party:
        """A party; ``row`` is of the person whose wishes count."""
        barred = {}
        for each in choices:
            visit = self.visits[each]
            if visit.categories and row.category.value not in visit.categories:
                barred[each] = CATEGORY
            elif found := self._against(people, visit):
                barred[each] = f"{CLASH} {found.kind.value} {found.starts_at} {found.ends_at}"
                self.clashes[row.id, each] = found
        lost = {each: sum(self.losses.of(one, each) for one in people) for each in choices}
        return Party(
            people=people,
            choices=choices,
            delegation=row.delegation_id,
            company=row.company_id,
            sectors=self.sectors.get(row.company_id, frozenset()),
            languages=frozenset(row.spoken),
            barred=barred,
            lost={each: count for each, count in lost.items() if count},
        )

    def _against(self, people: Collection[int], visit: Visit) -> Against | None:
        """What stands against the trip of any of them; seats of which nobody has been told do not."""
        wanted = self.engaged.visit(visit)
        for one in people:
            for each in self.engaged.conflicts(one, wanted):
                other = each.other(wanted)
                if other.kind is not EngagementKind.VISIT or other.row_id not in self.visits:
                    return Against(other.kind, other.interval.start, other.interval.end)
        return None


def _visits(event_id: int) -> list[Visit]:
    """Those that one can still be sent on, by departure."""
    rows = select(Visit).where(
        Visit.event_id == event_id,
        Visit.sign_up_mode == SignUpMode.ASSIGNED,
        Visit.status != VisitStatus.CANCELLED,
        Visit.departs_at > clock.now(),
    )
    return list(db.session.scalars(rows.order_by(Visit.departs_at, Visit.id)))


def _wishes(event_id: int, visit_ids: Collection[int]) -> dict[int, tuple[datetime, list[int]]]:
    """By delegate: when they asked first, and the visits, the dearest first."""
    found: dict[int, tuple[datetime, list[int]]] = {}
    rows = db.session.execute(
        select(Wish.delegate_id, Wish.visit_id, Wish.asked_at)
        .where(Wish.event_id == event_id, Wish.visit_id.in_(visit_ids))
        .order_by(Wish.delegate_id, Wish.choice)
    )
    for delegate_id, visit_id, asked_at in rows:
        known = found.setdefault(delegate_id, (asked_at, []))
        known[1].append(visit_id)
    return found


def _settled(visit_ids: Collection[int]) -> dict[int, int]:
    """By delegate who knows of a seat, the visit."""
    rows = select(Seat.delegate_id, Seat.visit_id).where(
        Seat.visit_id.in_(visit_ids), Seat.status.in_(HOLDS_A_SEAT), Seat.is_tentative.is_(False)
    )
    return {row.delegate_id: row.visit_id for row in db.session.execute(rows)}


def _companies(settled: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """By company, the visits on which its people go whatever is computed."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = select(Delegate.id, Delegate.company_id).where(Delegate.id.in_(settled))
    for row in db.session.execute(rows.order_by(Delegate.id)):
        if row.company_id is not None:
            found[row.company_id].add(settled[row.id])
    return {company: frozenset(visits) for company, visits in found.items()}


def _people(event_id: int, wishing: Collection[int]) -> tuple[dict[int, Any], dict[int, list[int]]]:
    """Those with wishes who take part, and who comes along with each of them without being asked."""
    columns = select(
        Delegate.id,
        Delegate.category,
        Delegate.company_id,
        Delegate.delegation_id,
        Delegate.accompanies_id,
        Delegate.spoken,
    ).where(Delegate.event_id == event_id, Delegate.status == RegistrationStatus.APPROVED)
    every = {row.id: row for row in db.session.execute(columns.order_by(Delegate.id))}
    along: dict[int, list[int]] = defaultdict(list)
    for row in every.values():
        if row.accompanies_id in wishing and row.accompanies_id in every:
            along[row.accompanies_id].append(row.id)
    led = {one for each in along.values() for one in each}
    return {key: every[key] for key in every if key in wishing and key not in led}, dict(along)


def _tentative(visit_ids: Collection[int]) -> dict[int, int]:
    """By visit, the seats of which nobody has been told: they can be given anew."""
    rows = (
        select(Seat.visit_id, func.count().label("seats"))
        .where(Seat.visit_id.in_(visit_ids), Seat.status.in_(HOLDS_A_SEAT), Seat.is_tentative)
        .group_by(Seat.visit_id)
    )
    return {row.visit_id: row.seats for row in db.session.execute(rows)}


def _trip(visit: Visit, tentative: Mapping[int, int]) -> Trip:
    return Trip(
        id=visit.id,
        seats=visit.capacity - visit.taken + tentative.get(visit.id, 0),
        sectors=frozenset(visit.site.sectors),
        languages=frozenset(visit.guide_languages),
    )


def _sectors(event_id: int) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    companies = select(Delegate.company_id).where(Delegate.event_id == event_id)
    rows = select(CompanySector.company_id, CompanySector.sector).where(
        CompanySector.company_id.in_(companies)
    )
    for company_id, sector in db.session.execute(rows):
        found[company_id].add(sector)
    return {key: frozenset(each) for key, each in found.items()}


class _Losses:
    """How many of the meetings that somebody wants can no longer be held once they go on a trip."""

    def __init__(self, event_id: int, visits: Collection[Visit], people: Collection[int]) -> None:
        slots = meeting_places.slots(event_id)
        problem = scheduling_problem.gather(event_id=event_id).problem
        self.wanted = Counter(person for request in problem.requests for person in request.people)
        self.free = {
            person.id: {slot.id for slot in slots} - person.unavailable - person.busy_elsewhere
            for person in problem.people
            if person.id in people
        }
        self.taken = {
            visit.id: occupied_slots.overlapping(slots, visit.departs_at, visit.returns_at)
            for visit in visits
        }

    def of(self, person: int, visit_id: int) -> int:
        """Of those that are still possible without the trip."""
        free, wanted = self.free.get(person, set()), self.wanted.get(person, 0)
        return max(0, min(wanted, len(free)) - len(free - self.taken[visit_id]))
