"""What an event's tables say about meetings, as a problem for the scheduling library.

Ids are those of the rows: a person is a delegate, a party a company. Requests enter when they are accepted.
When two companies asked each other, the two requests are one meeting that weighs as much as both; it goes
by the older of them, or by the one that a plan already holds. Guests who take part come along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import select

from forum.domain.states import Category, MeetingStatus, PlanStatus, RegistrationStatus
from forum.models import Delegate, Interpreter, Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.queries import accepted_requests, meeting_places, occupied_slots
from forum.queries.accepted_requests import Accepted
from forum.queries.occupied_slots import Occupied
from forum.queries.representatives import Candidate, Representatives
from forum.scheduling.plan import Placement
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Interpreter as Helper
from forum.scheduling.problem import Lock, Person, Problem
from forum.scheduling.problem import Request as Wish

SPEAK_FOR_COMPANIES = (Category.DELEGATE, Category.OFFICIAL, Category.SPEAKER)


@dataclass(frozen=True)
class Unplaceable:
    """An accepted request that cannot even be tried: nobody of ``company_id`` takes part."""

    request_id: int
    company_id: int
    code: str = "no_delegate"


@dataclass(frozen=True)
class Gathered:
    """The problem, and the accepted requests that could not enter it. ``twins`` are asked both ways."""

    problem: Problem
    unplaceable: tuple[Unplaceable, ...]
    twins: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A meeting that a plan holds, with the people who were told."""

    placement: Placement
    people: tuple[int, ...]
    is_locked: bool


@dataclass(frozen=True)
class Around:
    """A stored plan with the problem it belongs to."""

    problem: Problem
    schedule: Schedule
    unplaceable: tuple[Unplaceable, ...]


def gather(*, event_id: int) -> Gathered:
    """The problem of the event as things stand now.

    Meetings that are locked in the newest finished plan become locks, with the people that they have.
    """
    newest = _held(_newest_plan(event_id))
    held = {key: each for key, each in newest.items() if each.is_locked and len(each.people) > 1}
    return _Gathering(event_id, held).gathered(with_locks=True)


def gather_for_plan(*, event_id: int, plan_id: int) -> tuple[Problem, Schedule]:
    """A stored plan and the problem to check it against: its meetings with the people that they have."""
    return _around(_held(plan_id), event_id)[:2]


def held_by(plan_id: int | None) -> Mapping[int, Held]:
    """The meetings of a plan by request."""
    return _held(plan_id)


def gather_for_meetings(
    *, event_id: int, held: Mapping[int, Held]
) -> tuple[Problem, Schedule, tuple[Unplaceable, ...]]:
    """The same as ``gather_for_plan`` for meetings that are no stored plan, and what could not be tried."""
    return _around(held, event_id)


def gather_around_plan(*, event_id: int, plan_id: int) -> Around:
    """A stored plan without what no longer holds of it, its locks, and what could not even be tried."""
    held = _held(plan_id)
    problem, schedule, unplaceable = _around(held, event_id)
    known = tuple(each for each in schedule.placements if each.request in problem.request_by_id)
    locks = tuple(_lock(held[key]) for key in held if held[key].is_locked and key in problem.request_by_id)
    return Around(replace(problem, locks=locks), replace(schedule, placements=known), unplaceable)


def _around(held: Mapping[int, Held], event_id: int) -> tuple[Problem, Schedule, tuple[Unplaceable, ...]]:
    gathered = _Gathering(event_id, held).gathered(with_locks=False)
    unplaced = tuple(wish.id for wish in gathered.problem.requests if wish.id not in held)
    schedule = Schedule(tuple(each.placement for each in held.values()), unplaced)
    return gathered.problem, schedule, gathered.unplaceable


class _Gathering:
    """One reading of the tables."""

    def __init__(self, event_id: int, held: Mapping[int, Held]) -> None:
        self.event_id = event_id
        self.held = held
        self.slots = meeting_places.slots(event_id)
        self.people = self._read_people()
        span = {key: (each.arrives_at, each.leaves_at) for key, each in self.people.items()}
        self.occupied: Occupied = occupied_slots.of_delegates(event_id, self.slots, span)

    def gathered(self, *, with_locks: bool) -> Gathered:
        accepted, twins = accepted_requests.of_event(self.event_id, self.held)
        wishes, unplaceable = self._wishes(accepted)
        known = {wish.id for wish in wishes}
        locks = [_lock(each) for key, each in self.held.items() if key in known] if with_locks else []
        problem = Problem(
            slots=meeting_places.times(self.event_id, self.slots),
            people=self._persons(wishes),
            tables=meeting_places.tables(self.event_id, self.slots),
            requests=tuple(wishes),
            interpreters=self._interpreters(),
            locks=tuple(locks),
            separations=meeting_places.separations(self.event_id),
        )
        return Gathered(problem, tuple(unplaceable), twins)

    def _read_people(self) -> dict[int, Any]:
        """Columns and not objects: there may be thousands, and every page of a plan reads them."""
        columns = select(
            Delegate.id,
            Delegate.number,
            Delegate.company_id,
            Delegate.status,
            Delegate.category,
            Delegate.spoken,
            Delegate.arrives_at,
            Delegate.leaves_at,
            Delegate.most_meetings,
            Delegate.rest_after,
            Delegate.meeting_language,
            Delegate.wants_interpreter,
        )
        rows = db.session.execute(columns.where(Delegate.event_id == self.event_id))
        return {row.id: row for row in rows}

    def _candidates(self) -> list[Candidate]:
        count = len(self.slots)
        return [
            Candidate(row.id, row.company_id, row.number, count - len(self.occupied.all_of(row.id)))
            for row in self.people.values()
            if row.company_id is not None
            and row.status is RegistrationStatus.APPROVED
            and row.category in SPEAK_FOR_COMPANIES
        ]

    def _wishes(self, accepted: Iterable[Accepted]) -> tuple[list[Wish], list[Unplaceable]]:
        shared = Representatives(self._candidates())
        for each in self.held.values():
            shared.load.update(each.people)
        wishes, unplaceable = [], []
        for asked in accepted:
            if asked.id in self.held:
                # One whose people are gone is no longer a meeting: the check finds it unknown.
                if len(self.held[asked.id].people) > 1:
                    wishes.append(_wish(asked, self.held[asked.id].people))
                continue
            people = []
            for company_id, named in asked.sides:
                person = shared.of(company_id, named)
                if person is None:
                    unplaceable.append(Unplaceable(asked.id, company_id))
                    break
                people.append(person)
            else:
                guests = [guest for guest in asked.guests if self._takes_part(guest) and guest not in people]
                shared.load.update(guests)
                wishes.append(_wish(asked, (*people, *guests)))
        return wishes, unplaceable

    def _persons(self, wishes: Iterable[Wish]) -> tuple[Person, ...]:
        wanted = {cast("int", person) for wish in wishes for person in wish.people}
        return tuple(self._person(key) for key in sorted(wanted))

    def _person(self, key: int) -> Person:
        row = self.people.get(key)
        if row is None:
            return Person(id=key, unavailable=frozenset(slot.id for slot in self.slots))
        # Who has withdrawn since a plan was made is away all the time: the check then says so.
        away = self.occupied.away[key] if self._takes_part(key) else (slot.id for slot in self.slots)
        return Person(
            id=key,
            unavailable=frozenset(away),
            busy_elsewhere=frozenset(self.occupied.elsewhere[key]),
            languages=frozenset(row.spoken),
            max_meetings=row.most_meetings,
            party=row.company_id,
            rest_after=row.rest_after,
            meets_in=_language_wished(row),
            is_official=row.category is Category.OFFICIAL,
        )

    def _takes_part(self, delegate_id: int) -> bool:
        row = self.people.get(delegate_id)
        return row is not None and row.status is RegistrationStatus.APPROVED

    def _interpreters(self) -> tuple[Helper, ...]:
        rows = db.session.scalars(
            select(Interpreter).where(Interpreter.event_id == self.event_id).order_by(Interpreter.id)
        )
        return tuple(
            Helper(
                row.id,
                frozenset(row.spoken),
                occupied_slots.of_interpreter(row, self.slots, self.occupied),
                row.max_in_a_row,
            )
            for row in rows
        )


def _wish(asked: Accepted, people: tuple[int, ...]) -> Wish:
    return Wish(asked.id, people, asked.weight, asked.must, length=asked.length, part=asked.part)


def _language_wished(row: Any) -> str | None:
    """The language to be interpreted into and from, for one who wishes an interpreter: else the first."""
    if not row.wants_interpreter:
        return None
    return row.meeting_language or next(iter(row.spoken), None)


def _newest_plan(event_id: int) -> int | None:
    return db.session.scalar(
        select(Plan.id)
        .where(Plan.event_id == event_id, Plan.status.in_((PlanStatus.DRAFT, PlanStatus.PUBLISHED)))
        .order_by(Plan.id.desc())
        .limit(1)
    )


def _held(plan_id: int | None) -> dict[int, Held]:
    """The meetings of a plan by request."""
    where = (Meeting.plan_id == plan_id, Meeting.status != MeetingStatus.CANCELLED)
    people: dict[int, list[int]] = {}
    seats = select(MeetingParticipant.meeting_id, MeetingParticipant.delegate_id).join(
        Meeting, Meeting.id == MeetingParticipant.meeting_id
    )
    for meeting_id, delegate_id in db.session.execute(
        seats.where(*where).order_by(MeetingParticipant.delegate_id)
    ):
        people.setdefault(meeting_id, []).append(delegate_id)
    meetings = select(
        Meeting.id,
        Meeting.request_id,
        Meeting.slot_id,
        Meeting.table_id,
        Meeting.interpreter_id,
        Meeting.is_locked,
    )
    return {
        row.request_id: Held(
            Placement(row.request_id, row.slot_id, row.table_id, row.interpreter_id),
            tuple(people.get(row.id, ())),
            row.is_locked,
        )
        for row in db.session.execute(meetings.where(*where).order_by(Meeting.id))
    }


def _lock(held: Held) -> Lock:
    placement = held.placement
    return Lock(placement.request, placement.slot, placement.table, placement.interpreter)


def replaced(schedule: Schedule, placement: Placement) -> Schedule:
    """The schedule with that request there instead."""
    others = tuple(each for each in schedule.placements if each.request != placement.request)
    return replace(schedule, placements=(*others, placement))
