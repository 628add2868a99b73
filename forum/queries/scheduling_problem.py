"""What an event's tables say about meetings, as a problem for the scheduling library.

Ids are those of the rows: a person is a delegate, a party a company. Requests enter when they are accepted.
When two companies asked each other, the two requests are one meeting that weighs as much as both; it goes
by the older of them, or by the one that a plan already holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import select

from forum.domain.states import Category, MeetingStatus, PlanStatus, RegistrationStatus, RequestRank
from forum.domain.states import RequestStatus as Status
from forum.models import Delegate, Interpreter, Meeting, MeetingParticipant, Plan, Request, Slot, Table
from forum.models.base import db
from forum.queries import occupied_slots
from forum.queries.occupied_slots import Occupied
from forum.queries.representatives import Candidate, Representatives
from forum.scheduling.plan import Placement
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import RANK_WEIGHTS, Lock, Person, Problem
from forum.scheduling.problem import Interpreter as Helper
from forum.scheduling.problem import Request as Wish
from forum.scheduling.problem import Slot as Time
from forum.scheduling.problem import Table as Seat

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
        self.slots = db.session.scalars(
            select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at)
        ).all()
        self.people = self._read_people()
        span = {key: (each.arrives_at, each.leaves_at) for key, each in self.people.items()}
        self.occupied: Occupied = occupied_slots.of_delegates(event_id, self.slots, span)

    def gathered(self, *, with_locks: bool) -> Gathered:
        rows, twins = _without_twins(self._accepted(), self.held)
        wishes, unplaceable = self._wishes(rows)
        known = {wish.id for wish in wishes}
        locks = [_lock(each) for key, each in self.held.items() if key in known] if with_locks else []
        problem = Problem(
            slots=tuple(
                Time(slot.id, block, slot.starts_at.hour * 60 + slot.starts_at.minute)
                for block, slot in _in_blocks(self.slots)
            ),
            people=self._persons(wishes),
            tables=self._tables(),
            requests=tuple(wishes),
            interpreters=self._interpreters(),
            locks=tuple(locks),
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
        )
        rows = db.session.execute(
            columns.where(Delegate.event_id == self.event_id, Delegate.company_id.is_not(None))
        )
        return {row.id: row for row in rows}

    def _accepted(self) -> Sequence[Any]:
        return db.session.execute(
            select(
                Request.id,
                Request.sender_id,
                Request.receiver_id,
                Request.sender_delegate_id,
                Request.receiver_delegate_id,
                Request.rank,
            )
            .where(Request.event_id == self.event_id, Request.status == Status.ACCEPTED)
            .order_by(Request.id)
        ).all()

    def _candidates(self) -> list[Candidate]:
        count = len(self.slots)
        return [
            Candidate(row.id, row.company_id, row.number, count - len(self.occupied.all_of(row.id)))
            for row in self.people.values()
            if row.company_id is not None
            and row.status is RegistrationStatus.APPROVED
            and row.category in SPEAK_FOR_COMPANIES
        ]

    def _wishes(self, rows: Iterable[tuple[Any, int, bool]]) -> tuple[list[Wish], list[Unplaceable]]:
        shared = Representatives(self._candidates())
        for each in self.held.values():
            shared.load.update(each.people)
        wishes, unplaceable = [], []
        for row, weight, must in rows:
            if row.id in self.held:
                # One whose people are gone is no longer a meeting: the check finds it unknown.
                if len(self.held[row.id].people) > 1:
                    wishes.append(Wish(row.id, self.held[row.id].people, weight, must))
                continue
            people = []
            for company_id, named in (
                (row.sender_id, row.sender_delegate_id),
                (row.receiver_id, row.receiver_delegate_id),
            ):
                person = shared.of(company_id, named)
                if person is None:
                    unplaceable.append(Unplaceable(row.id, company_id))
                    break
                people.append(person)
            else:
                wishes.append(Wish(row.id, tuple(people), weight, must))
        return wishes, unplaceable

    def _persons(self, wishes: Iterable[Wish]) -> tuple[Person, ...]:
        wanted = {cast("int", person) for wish in wishes for person in wish.people}
        every_slot = frozenset(slot.id for slot in self.slots)
        return tuple(
            Person(
                id=key,
                # Who has withdrawn since a plan was made is away all the time: the check then says so.
                unavailable=frozenset(self.occupied.away[key]) if self._takes_part(key) else every_slot,
                busy_elsewhere=frozenset(self.occupied.elsewhere[key]),
                languages=frozenset(self.people[key].spoken) if key in self.people else frozenset(),
                party=self.people[key].company_id if key in self.people else None,
            )
            for key in sorted(wanted)
        )

    def _takes_part(self, delegate_id: int) -> bool:
        row = self.people.get(delegate_id)
        return row is not None and row.status is RegistrationStatus.APPROVED

    def _tables(self) -> tuple[Seat, ...]:
        rows = db.session.scalars(select(Table).where(Table.event_id == self.event_id).order_by(Table.number))
        return tuple(Seat(row.id, owner=row.company_id) for row in rows)

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


def _without_twins(
    rows: Iterable[Any], held: Mapping[int, Held]
) -> tuple[list[tuple[Any, int, bool]], dict[int, int]]:
    """Every pair of companies once, with the weight of both requests; the rest as twins."""
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for row in rows:
        pair = (min(row.sender_id, row.receiver_id), max(row.sender_id, row.receiver_id))
        by_pair.setdefault(pair, []).append(row)
    chosen, twins = [], {}
    for both in by_pair.values():
        keeper = next((row for row in both if row.id in held), both[0])
        twins.update({row.id: keeper.id for row in both if row is not keeper})
        weight = sum(RANK_WEIGHTS[row.rank] for row in both)
        chosen.append((keeper, weight, any(row.rank is RequestRank.MUST for row in both)))
    return chosen, twins


def _in_blocks(slots: Iterable[Slot]) -> Iterable[tuple[int, Slot]]:
    """Blocks numbered by time: a number that comes back later in the event is another stretch."""
    block, before = 0, None
    for slot in slots:
        here = (slot.starts_at.date(), slot.block)
        block += before is not None and here != before
        before = here
        yield block, slot


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
