"""Going back to an earlier plan: what of it still holds, and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forum.queries import plans, plans_under_way, scheduling_problem
from forum.queries.plan_checks import ClashView, named
from forum.queries.scheduling_problem import Held, Unplaceable
from forum.scheduling.check import Clash, ClashCode, check
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem
from forum.scheduling.remaining import from_now_on


@dataclass(frozen=True)
class WayBack:
    """``kept`` meetings make the new revision; ``lost`` requests had a meeting that no longer holds, for the
    reasons in ``clashes``. ``unplaceable`` requests have nobody who could come.
    """

    problem: Problem
    unplaceable: tuple[Unplaceable, ...]
    kept: tuple[Held, ...]
    lost: tuple[int, ...]
    clashes: tuple[ClashView, ...]

    @property
    def schedule(self) -> Schedule:
        """What is kept, as a schedule of the problem."""
        placed = tuple(each.placement for each in self.kept)
        there = {each.request for each in placed}
        return Schedule(placed, tuple(one.id for one in self.problem.requests if one.id not in there))


def way_back(*, event_id: int, plan_id: int) -> WayBack:
    """The plan's meetings as things stand now. What has begun since stays as the plan in force has it."""
    current = plans.in_force(event_id)
    far = plans_under_way.under_way(event_id, current.id if current else None)
    held = {
        key: each
        for key, each in scheduling_problem.held_by(plan_id).items()
        if key not in far.pinned and each.placement.slot not in far.begun
    }
    now = scheduling_problem.held_by(current.id) if current else {}
    held |= {key: now[key] for key in far.pinned if key in now}
    problem, schedule, unplaceable = scheduling_problem.gather_for_meetings(event_id=event_id, held=held)
    pinned = far.pinned & problem.request_by_id.keys()
    problem = from_now_on(problem, schedule, far.begun, pinned)
    lost, clashes = _what_must_go(problem, schedule, pinned)
    return WayBack(
        problem=problem,
        unplaceable=unplaceable,
        kept=tuple(each for key, each in held.items() if key not in lost),
        lost=tuple(sorted(lost)),
        clashes=named(clashes),
    )


def _what_must_go(
    problem: Problem, schedule: Schedule, pinned: Iterable[object]
) -> tuple[set[int], list[Clash]]:
    """Leave out the lightest of every clash, until there is none."""
    lost: set[int] = set()
    said: list[Clash] = []
    stays = set(pinned)
    while True:
        placed = tuple(each for each in schedule.placements if each.request not in lost)
        left = (*schedule.unplaced, *(key for key in lost if key in problem.request_by_id))
        clashes = [
            clash
            for clash in check(problem, Schedule(placed, left))
            if clash.code is not ClashCode.REQUEST_FORGOTTEN
        ]
        goes = {_lightest(problem, clash, stays) for clash in clashes} - {None}
        if not goes:
            return lost, said
        said += clashes
        lost |= {int(str(key)) for key in goes}


def _lightest(problem: Problem, clash: Clash, stays: set[object]) -> object:
    def merit(key: object) -> tuple[bool, int]:
        request = problem.request_by_id.get(key)
        return (request.must, request.weight) if request else (False, -1)

    return min((key for key in clash.requests if key not in stays), key=merit, default=None)
