"""What an event's tables say about meetings, as a problem for the scheduling library.

Ids are those of the rows: a person is a delegate, a party a company. Requests enter when they are accepted.
When two companies asked each other, the two requests are one meeting that weighs as much as both; it goes
by the older of them, or by the one that a plan already holds. Guests who take part come along.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock as Mutex
from types import MappingProxyType
from typing import Final, cast

from sqlalchemy import select

from forum.domain.states import MeetingStatus, PlanStatus
from forum.models import Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.queries import accepted_requests, meeting_orders, scheduling_facts
from forum.queries.accepted_requests import Accepted
from forum.queries.representatives import Representatives
from forum.queries.rereading import Reread
from forum.queries.scheduling_facts import Facts
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.plan import Placement
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Lock, Person, Problem
from forum.scheduling.problem import Request as Wish

_PLANS_KEPT: Final = 4
_NOBODY: Final[Mapping[int, tuple[int, ...]]] = MappingProxyType({})


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

    @cached_property
    def occupancy(self) -> Occupancy:
        return Occupancy(self.problem, self.schedule)


def gather(*, event_id: int) -> Gathered:
    """The problem of the event as things stand now.

    Meetings that are locked in the newest finished plan become locks, with the people that they have.
    """
    newest = _held(_newest_plan(event_id))
    held = {key: each for key, each in newest.items() if each.is_locked and len(each.people) > 1}
    return _Gathering(scheduling_facts.of_event(event_id), held).gathered(with_locks=True)


def gather_for_plan(*, event_id: int, plan_id: int) -> tuple[Problem, Schedule]:
    """A stored plan and the problem to check it against: its meetings with the people that they have."""
    return _around(_held(plan_id), scheduling_facts.of_event(event_id))[:2]


def held_by(plan_id: int | None) -> Mapping[int, Held]:
    """The meetings of a plan by request."""
    return _held(plan_id)


def gather_for_meetings(
    *, event_id: int, held: Mapping[int, Held]
) -> tuple[Problem, Schedule, tuple[Unplaceable, ...]]:
    """The same as ``gather_for_plan`` for meetings that are no stored plan, and what could not be tried."""
    return _around(held, scheduling_facts.of_event(event_id))


def gather_around_plan(*, event_id: int, plan_id: int) -> Around:
    """A stored plan without what no longer holds of it, its locks, and what could not even be tried."""
    return _arounds.of_plan(scheduling_facts.of_event(event_id), plan_id, _held(plan_id))


def gather_with(*, event_id: int, plan_id: int, speaking: Mapping[int, tuple[int, ...]]) -> Around:
    """The same, where it is settled who speaks at the meetings of these requests."""
    return _made(scheduling_facts.of_event(event_id), _held(plan_id), speaking)


class _Arounds:
    """The plans asked for last: made anew as soon as a fact or a meeting of theirs is another one."""

    def __init__(self) -> None:
        self._lock = Mutex()
        self._kept: OrderedDict[int, tuple[Facts, Mapping[int, Held], Around]] = OrderedDict()

    def of_plan(self, facts: Facts, plan_id: int, held: Mapping[int, Held]) -> Around:
        with self._lock:
            known = self._kept.get(plan_id)
            if known is None or known[0] is not facts or known[1] is not held:
                self._kept[plan_id] = known = facts, held, _made(facts, held)
            self._kept.move_to_end(plan_id)
            while len(self._kept) > _PLANS_KEPT:
                self._kept.popitem(last=False)
            return known[2]


_arounds: Final = _Arounds()


def _made(
    facts: Facts, held: Mapping[int, Held], speaking: Mapping[int, tuple[int, ...]] = _NOBODY
) -> Around:
    problem, schedule, unplaceable = _around(held, facts, speaking)
    known = tuple(each for each in schedule.placements if each.request in problem.request_by_id)
    locks = tuple(_lock(held[key]) for key in held if held[key].is_locked and key in problem.request_by_id)
    return Around(replace(problem, locks=locks), replace(schedule, placements=known), unplaceable)


def _around(
    held: Mapping[int, Held], facts: Facts, speaking: Mapping[int, tuple[int, ...]] = _NOBODY
) -> tuple[Problem, Schedule, tuple[Unplaceable, ...]]:
    gathered = _Gathering(facts, held, speaking).gathered(with_locks=False)
    unplaced = tuple(wish.id for wish in gathered.problem.requests if wish.id not in held)
    schedule = Schedule(tuple(each.placement for each in held.values()), unplaced)
    return gathered.problem, schedule, gathered.unplaceable


class _Gathering:
    """The facts with the meetings of a plan, as a problem."""

    def __init__(
        self, facts: Facts, held: Mapping[int, Held], speaking: Mapping[int, tuple[int, ...]] = _NOBODY
    ) -> None:
        self.facts = facts
        self.held = held
        self.speaking = speaking

    def gathered(self, *, with_locks: bool) -> Gathered:
        accepted, twins = accepted_requests.chosen(self.facts.accepted, self.held)
        wishes, unplaceable = self._wishes(accepted)
        known = {wish.id for wish in wishes}
        locks = [_lock(each) for key, each in self.held.items() if key in known] if with_locks else []
        problem = Problem(
            slots=self.facts.slots,
            people=self._persons(wishes),
            tables=self.facts.tables,
            requests=tuple(wishes),
            interpreters=self.facts.interpreters,
            locks=tuple(locks),
            separations=self.facts.separations,
            precedences=meeting_orders.among(self.facts.orders, twins, known),
        )
        return Gathered(problem, tuple(unplaceable), twins)

    def _wishes(self, accepted: Iterable[Accepted]) -> tuple[list[Wish], list[Unplaceable]]:
        shared = Representatives(self.facts.candidates)
        for each in self.held.values():
            shared.load.update(each.people)
        wishes, unplaceable = [], []
        for asked in accepted:
            if asked.id in self.held:
                # One whose people are gone is no longer a meeting: the check finds it unknown.
                if len(self.held[asked.id].people) > 1:
                    wishes.append(_wish(asked, self.held[asked.id].people))
                continue
            if asked.id in self.speaking:
                wishes.append(_wish(asked, self.speaking[asked.id]))
                continue
            people = []
            for company_id, named in asked.sides:
                person = shared.of(company_id, named)
                if person is None:
                    unplaceable.append(Unplaceable(asked.id, company_id))
                    break
                people.append(person)
            else:
                taking_part = self.facts.taking_part
                guests = [guest for guest in asked.guests if guest in taking_part and guest not in people]
                shared.load.update(guests)
                wishes.append(_wish(asked, (*people, *guests)))
        return wishes, unplaceable

    def _persons(self, wishes: Iterable[Wish]) -> tuple[Person, ...]:
        wanted = {cast("int", person) for wish in wishes for person in wish.people}
        return tuple(self._person(key) for key in sorted(wanted))

    def _person(self, key: int) -> Person:
        known = self.facts.persons.get(key)
        return known or Person(id=key, unavailable=frozenset(slot.id for slot in self.facts.slots))


def _wish(asked: Accepted, people: tuple[int, ...]) -> Wish:
    return Wish(asked.id, people, asked.weight, asked.must, length=asked.length, part=asked.part)


def _newest_plan(event_id: int) -> int | None:
    return db.session.scalar(
        select(Plan.id)
        .where(Plan.event_id == event_id, Plan.status.in_((PlanStatus.DRAFT, PlanStatus.PUBLISHED)))
        .order_by(Plan.id.desc())
        .limit(1)
    )


def _held(plan_id: int | None) -> Mapping[int, Held]:
    """The meetings of a plan by request."""
    return _HELD.of(plan_id) if plan_id is not None else {}


def _read_held(plan_id: int) -> Mapping[int, Held]:
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


_HELD: Final[Reread[int, Mapping[int, Held]]] = Reread(_read_held)


def _lock(held: Held) -> Lock:
    placement = held.placement
    return Lock(placement.request, placement.slot, placement.table, placement.interpreter)


def replaced(schedule: Schedule, placement: Placement) -> Schedule:
    """The schedule with that request there instead."""
    others = tuple(each for each in schedule.placements if each.request != placement.request)
    return replace(schedule, placements=(*others, placement))
