"""What the next plan has to solve: the wishes as they stand now, upon the plan that people know.

Meetings that have begun stay. Of the others people keep the partners whom they were told; only where
somebody comes to no meeting any more a colleague takes over.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field, replace

from forum.queries import plans_under_way, scheduling_facts, scheduling_problem
from forum.queries.plans_under_way import UnderWay
from forum.queries.scheduling_problem import Around, Gathered, Unplaceable
from forum.scheduling.check import check
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Lock, Person, Problem, Request
from forum.scheduling.remaining import from_now_on


@dataclass(frozen=True)
class Task:
    """``previous`` is what is in force, ``kept`` are the requests that stay at the organiser's word.

    ``facts`` is the mark of what it was made of (None: not known), ``far`` what had been carried out.
    """

    problem: Problem
    previous: Schedule | None
    unplaceable: tuple[Unplaceable, ...]
    kept: frozenset[Hashable]
    facts: str | None = None
    far: UnderWay = field(default_factory=UnderWay)


def task(*, event_id: int, based_on_id: int | None = None) -> Task:
    """For a schedule computed anew: the plan it is based on is where it starts from."""
    anew = scheduling_problem.gather(event_id=event_id)
    kept = frozenset(lock.request for lock in anew.problem.locks)
    if based_on_id is None:
        far = plans_under_way.under_way(event_id, None)
        problem = from_now_on(anew.problem, Schedule((), ()), far.begun, ())
        return Task(problem, None, anew.unplaceable, kept, scheduling_facts.of_event(event_id).mark, far)
    around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=based_on_id)
    return _upon(event_id, based_on_id, around, anew, anew.problem.locks)


def repair_task(*, event_id: int, plan_id: int) -> Task:
    """For a repair: the plan's own locks, without those that can no longer be kept."""
    anew = scheduling_problem.gather(event_id=event_id)
    around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    broken = {key for clash in check(around.problem, around.schedule) for key in clash.requests}
    locks = [lock for lock in around.problem.locks if lock.request not in broken]
    return _upon(event_id, plan_id, around, anew, locks)


def _upon(event_id: int, plan_id: int, around: Around, anew: Gathered, locks: Collection[Lock]) -> Task:
    far = plans_under_way.under_way(event_id, plan_id)
    problem = _with_colleagues(around.problem, anew.problem, far.begun, far.pinned, locks)
    known = problem.request_by_id
    problem = replace(problem, locks=tuple(lock for lock in locks if lock.request in known))
    pinned = far.pinned & around.schedule.by_request.keys()
    return Task(
        problem=from_now_on(problem, around.schedule, far.begun, pinned),
        previous=around.schedule,
        unplaceable=around.unplaceable,
        kept=frozenset(lock.request for lock in problem.locks),
        facts=scheduling_facts.of_event(event_id).mark,
        far=far,
    )


def _with_colleagues(
    problem: Problem,
    anew: Problem,
    begun: Collection[Hashable],
    pinned: Collection[Hashable],
    locks: Collection[Lock],
) -> Problem:
    """Requests with somebody who is gone get the people that they would get today."""
    ahead = frozenset(slot.id for slot in problem.slots) - frozenset(begun)
    gone = {person.id for person in problem.people if _is_gone(person, ahead)}
    locked = {lock.request for lock in locks}

    def today(request: Request) -> Request:
        is_open = request.id in locked or not gone.isdisjoint(request.people)
        if request.id in pinned or not is_open or request.id not in anew.request_by_id:
            return request
        return anew.request_by_id[request.id]

    known = problem.person_by_id
    return replace(
        problem,
        people=(*problem.people, *(one for one in anew.people if one.id not in known)),
        requests=tuple(today(request) for request in problem.requests),
        locks=(),
    )


def _is_gone(person: Person, ahead: frozenset[Hashable]) -> bool:
    return bool(ahead) and ahead <= person.unavailable
