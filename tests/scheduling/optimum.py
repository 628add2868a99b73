"""The best plan of a tiny problem by trying everything; it knows the rules only through ``check``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from forum.scheduling.check import check
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem


def idle_slots(problem: Problem, plan: Plan) -> int:
    """Slots waited between two meetings of a block, counted from the definition."""
    idle = 0
    for person in problem.people:
        met = {p.slot for p in plan.placements if person.id in problem.request_by_id[p.request].people}
        for _, block in groupby(problem.slots, key=lambda slot: slot.block):
            slots = [slot.id for slot in block]
            busy = [place for place, slot in enumerate(slots) if slot in met]
            between = slots[busy[0] : busy[-1]] if busy else []
            idle += sum(slot not in met and slot not in person.busy_elsewhere for slot in between)
    return idle


def value(problem: Problem, plan: Plan) -> tuple[int, int, int]:
    """Musts, weight, and idle slots counted down: a tuple that grows with the plan's worth."""
    placed = [problem.request_by_id[p.request] for p in plan.placements]
    return sum(r.must for r in placed), sum(r.weight for r in placed), -idle_slots(problem, plan)


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
