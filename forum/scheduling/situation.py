"""A plan seen slot by slot: who meets, which tables and interpreters are left."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from itertools import groupby

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Interpreter, Problem, Request


class Situation:
    """Look-ups over one plan of one problem; nothing here changes either."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.meeting: dict[tuple[Hashable, Hashable], Placement] = {}
        self.count: dict[Hashable, int] = {}
        self.taken: dict[tuple[Hashable, Hashable], Placement] = {}
        self.duty: set[tuple[Hashable, Hashable]] = set()
        for placement in plan.placements:
            for person in problem.request_by_id[placement.request].people:
                self.meeting[person, placement.slot] = placement
                self.count[person] = self.count.get(person, 0) + 1
            self.taken[placement.table, placement.slot] = placement
            if placement.interpreter is not None:
                self.duty.add((placement.interpreter, placement.slot))

    @cached_property
    def in_slot(self) -> dict[Hashable, list[Placement]]:
        placements: dict[Hashable, list[Placement]] = {slot.id: [] for slot in self.problem.slots}
        for placement in self.plan.placements:
            placements[placement.slot].append(placement)
        return placements

    @cached_property
    def vacant(self) -> dict[Hashable, list[Hashable]]:
        """By slot, the open tables at which nobody sits."""
        return {
            slot.id: [
                table.id
                for table in self.problem.tables
                if slot.id not in table.closed and (table.id, slot.id) not in self.taken
            ]
            for slot in self.problem.slots
        }

    def away(self, request: Request, slot: Hashable) -> list[Hashable]:
        """The request's people who could not meet in the slot at all."""
        people = (self.problem.person_by_id[person] for person in request.people)
        return [p.id for p in people if slot in p.unavailable or slot in p.busy_elsewhere]

    def blockers(self, request: Request, slot: Hashable) -> list[Placement]:
        """The meetings that the request's people have in the slot."""
        met = (self.meeting.get((person, slot)) for person in request.people)
        return list(dict.fromkeys(placement for placement in met if placement is not None))

    def at_limit(self, request: Request) -> list[Hashable]:
        """The request's people who have as many meetings as they may."""
        people = (self.problem.person_by_id[person] for person in request.people)
        return [
            p.id for p in people if p.max_meetings is not None and self.count.get(p.id, 0) >= p.max_meetings
        ]

    def may_sit(self, request: Request, table: Hashable) -> bool:
        owner = self.problem.table_by_id[table].owner
        return owner is None or owner in {self.problem.person_by_id[p].party for p in request.people}

    def vacant_table(self, request: Request, slot: Hashable) -> Hashable | None:
        """An own table if one is free, else a shared one, else None."""
        fit = [table for table in self.vacant[slot] if self.may_sit(request, table)]
        return next((t for t in fit if self.problem.table_by_id[t].owner is not None), next(iter(fit), None))

    def ready_interpreter(self, request: Request, slot: Hashable) -> Hashable | None:
        """An interpreter for the request's languages who is free in the slot and not due for a pause."""
        for one in self.problem.interpreters:
            if slot in one.unavailable or (one.id, slot) in self.duty:
                continue
            if self.problem.can_interpret(one, request) and self._has_breath(one, slot):
                return one.id
        return None

    def _has_breath(self, interpreter: Interpreter, slot: Hashable) -> bool:
        if interpreter.max_in_a_row is None:
            return True
        for _, block in groupby(self.problem.slots, key=lambda one: one.block):
            run = 0
            for one in block:
                serves = one.id == slot or (interpreter.id, one.id) in self.duty
                run = run + 1 if serves else 0
                if run > interpreter.max_in_a_row:
                    return False
        return True
