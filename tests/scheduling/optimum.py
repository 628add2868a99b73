"""The best plan of a tiny problem by trying everything; it knows the rules only through ``check``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from forum.scheduling.check import check
from forum.scheduling.difference import difference
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import FAIR_SHARE, Problem


def waits(problem: Problem, plan: Plan) -> list[int]:
    """By person the slots waited between two meetings of a block, counted from the definition."""
    by_person = []
    for person in problem.people:
        idle = 0
        met = {
            slot
            for placement in plan.placements
            for request in [problem.request_by_id[placement.request]]
            if person.id in request.people
            for slot in problem.slots_held(request, placement.slot)
        }
        for _, block in groupby(problem.slots, key=lambda slot: slot.block):
            slots = [slot.id for slot in block]
            busy = [place for place, slot in enumerate(slots) if slot in met]
            between = slots[busy[0] : busy[-1]] if busy else []
            idle += sum(slot not in met and slot not in person.busy_elsewhere for slot in between)
        by_person.append(idle)
    return by_person


def unevenly(waits: list[int]) -> int:
    """1, 3, 6 ... for everybody who waits two, three, four slots."""
    return sum(sum(range(1, wait)) for wait in waits)


def shortfall(problem: Problem, plan: Plan) -> int:
    """1, 3, 6 ... for everybody who has 1, 2, 3 ... meetings fewer than the least."""
    total = 0
    for person in problem.people:
        wishes = [request.id for request in problem.requests if person.id in request.people]
        least = FAIR_SHARE if person.min_meetings is None else person.min_meetings
        most = len(problem.slots) if person.max_meetings is None else person.max_meetings
        missing = min(least, most, len(wishes)) - len(plan.by_request.keys() & set(wishes))
        total += sum(range(1, missing + 1))
    return total


def value(problem: Problem, plan: Plan, announced: Plan | None = None) -> tuple[int, ...]:
    """Every level of the objective, as a tuple that grows with the plan's worth."""
    placed = [problem.request_by_id[p.request] for p in plan.placements]
    change = difference(announced, plan) if announced else None
    waited = waits(problem, plan)
    return (
        sum(r.must for r in placed),
        sum(r.weight for r in placed),
        -shortfall(problem, plan),
        -len(change.cancelled) if change else 0,
        -len(change.moved) if change else 0,
        -sum(waited),
        -unevenly(waited),
    )


def all_plans(problem: Problem) -> Iterator[Plan]:
    """Every plan without a clash."""
    yield from _extend(problem, (), 0)


def _extend(problem: Problem, placements: tuple[Placement, ...], depth: int) -> Iterator[Plan]:
    placed = {placement.request for placement in placements}
    plan = Plan(placements, tuple(r.id for r in problem.requests if r.id not in placed))
    if check(problem, plan):
        return
    if depth == len(problem.requests):
        yield plan
        return
    request = problem.requests[depth]
    yield from _extend(problem, placements, depth + 1)
    helpers = [one.id for one in problem.interpreters] if problem.needs_interpreter(request) else [None]
    for slot in problem.slots:
        for table in problem.tables:
            for helper in helpers:
                placement = Placement(request.id, slot.id, table.id, helper)
                yield from _extend(problem, (*placements, placement), depth + 1)
