"""A plan seen slot by slot: who meets, which tables and interpreters are left.

``leaving`` are always requests whose meetings are thought away.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from functools import cached_property
from itertools import groupby

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Interpreter, Problem, Request, Table


class Situation:
    """Look-ups over one plan of one problem; nothing here changes either. A slot is always a first slot."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.meeting: dict[tuple[Hashable, Hashable], Placement] = {}
        self.count: dict[Hashable, int] = {}
        self.taken: dict[tuple[Hashable, Hashable], Placement] = {}
        self.duty: dict[tuple[Hashable, Hashable], Hashable] = {}
        self._apart: dict[tuple[Hashable, tuple[Hashable, ...]], list[Placement]] = {}
        for placement in plan.placements:
            request = problem.request_by_id[placement.request]
            slots = problem.slots_held(request, placement.slot)
            for person in request.people:
                self.meeting.update(((person, slot), placement) for slot in slots)
                self.count[person] = self.count.get(person, 0) + 1
            self.taken.update(((placement.table, slot), placement) for slot in slots)
            if placement.interpreter is not None:
                self.duty.update(((placement.interpreter, slot), placement.request) for slot in slots)

    @cached_property
    def in_slot(self) -> dict[Hashable, list[Placement]]:
        placements: dict[Hashable, list[Placement]] = {slot.id: [] for slot in self.problem.slots}
        for placement in self.plan.placements:
            request = self.problem.request_by_id[placement.request]
            for slot in self.problem.slots_held(request, placement.slot):
                placements[slot].append(placement)
        return placements

    @cached_property
    def vacant(self) -> dict[Hashable, list[Table]]:
        """By slot, the open tables at which nobody sits."""
        return {
            slot.id: [
                table
                for table in self.problem.tables
                if slot.id not in table.closed and (table.id, slot.id) not in self.taken
            ]
            for slot in self.problem.slots
        }

    def others_in(self, slots: Sequence[Hashable], leaving: Collection[Hashable]) -> list[Placement]:
        """The meetings in any of the slots that do not leave."""
        found = dict.fromkeys(placement for slot in slots for placement in self.in_slot[slot])
        return [placement for placement in found if placement.request not in leaving]

    def away(self, request: Request, slot: Hashable) -> list[Hashable]:
        """The request's people who could not meet in the slot at all."""
        slots = self.problem.slots_held(request, slot)
        people = [self.problem.person_by_id[person] for person in request.people]
        return [p.id for p in people if any(s in p.unavailable or s in p.busy_elsewhere for s in slots)]

    def blockers(self, request: Request, slot: Hashable) -> list[Placement]:
        """The meetings that the request's people have in the slot."""
        slots = self.problem.slots_held(request, slot)
        met = (self.meeting.get((person, one)) for person in request.people for one in slots)
        return list(dict.fromkeys(placement for placement in met if placement is not None))

    def out_of_order(self, request: Request, slot: Hashable) -> list[Placement]:
        """The meetings that would have to be before or after the request, and are not."""
        position = self.problem.position
        held = self.problem.slots_held(request, slot)
        found = []
        for order in self.problem.precedences:
            other = order.after if order.before == request.id else order.before
            placement = self.plan.by_request.get(other)
            if request.id not in {order.before, order.after} or placement is None:
                continue
            theirs = self.problem.slots_held(self.problem.request_by_id[other], placement.slot)
            first, second = (held, theirs) if order.before == request.id else (theirs, held)
            if position[first[-1]] >= position[second[0]]:
                found.append(placement)
        return found

    def at_limit(self, request: Request) -> list[Hashable]:
        """The request's people who have as many meetings as they may."""
        people = (self.problem.person_by_id[person] for person in request.people)
        return [
            p.id for p in people if p.max_meetings is not None and self.count.get(p.id, 0) >= p.max_meetings
        ]

    def without_rest(
        self, request: Request, slot: Hashable, leaving: Collection[Hashable] = ()
    ) -> list[Hashable]:
        """The request's people who would meet too often in a row."""
        held = self.problem.slots_held(request, slot)
        tired = []
        for person_id in request.people:
            most = self.problem.person_by_id[person_id].rest_after
            if most is not None and self._longest(self._busy(person_id, leaving).union(held)) > most:
                tired.append(person_id)
        return tired

    def may_sit(
        self, request: Request, slot: Hashable, table: Table, leaving: Collection[Hashable] = ()
    ) -> bool:
        """Is the table open, vacant and fit for the request in all of its slots?"""
        slots = self.problem.slots_held(request, slot)
        taken = (self.taken.get((table.id, one)) for one in slots)
        if any(placement is not None and placement.request not in leaving for placement in taken):
            return False
        if not self.problem.may_sit(request, table) or not table.closed.isdisjoint(slots):
            return False
        return not self._too_near(request, slots, table.zone, leaving)

    def vacant_table(
        self, request: Request, slot: Hashable, leaving: Collection[Hashable] = ()
    ) -> Hashable | None:
        """A table for some meetings only if one is free, else a shared one, else None."""
        tables = list(self.vacant[slot])
        if leaving:
            freed = {placement.table for placement in self.in_slot[slot] if placement.request in leaving}
            tables += [table for table in self.problem.tables if table.id in freed]
        tables.sort(key=lambda table: table.is_shared)
        return next((table.id for table in tables if self.may_sit(request, slot, table, leaving)), None)

    def vacant_but_near(self, request: Request, slot: Hashable) -> list[Placement]:
        """Where a table is vacant: the meetings in its zone from which the request is kept apart."""
        slots = self.problem.slots_held(request, slot)
        tables = self.vacant[slot] if self.problem.kept_apart else []
        fit = [
            table
            for table in tables
            if self.problem.may_sit(request, table)
            and table.closed.isdisjoint(slots)
            and not any((table.id, one) in self.taken for one in slots)
        ]
        near = [placement for table in fit for placement in self._too_near(request, slots, table.zone, ())]
        return list(dict.fromkeys(near))

    def ready_interpreter(
        self, request: Request, slot: Hashable, leaving: Collection[Hashable] = ()
    ) -> Hashable | None:
        """An interpreter for the request's languages who is free in the slot and not due for a pause."""
        slots = self.problem.slots_held(request, slot)
        for one in self.problem.interpreters:
            duty = self._duty(one, leaving)
            if one.unavailable.isdisjoint(slots) and duty.isdisjoint(slots):
                rested = one.max_in_a_row is None or self._longest(duty.union(slots)) <= one.max_in_a_row
                if rested and self.problem.can_interpret(one, request):
                    return one.id
        return None

    def _too_near(
        self, request: Request, slots: tuple[Hashable, ...], zone: Hashable, leaving: Collection[Hashable]
    ) -> list[Placement]:
        zone_of = self.problem.table_by_id
        return [
            placement
            for placement in self._kept_apart_in(request, slots)
            if zone_of[placement.table].zone == zone and placement.request not in leaving
        ]

    def _kept_apart_in(self, request: Request, slots: tuple[Hashable, ...]) -> list[Placement]:
        """The meetings in the slots that must not be near the request: asked for every table, found once."""
        if not self.problem.kept_apart:
            return []
        found = self._apart.get((request.id, slots))
        if found is None:
            others = self.problem.kept_from(request)
            found = [
                placement
                for placement in (self.others_in(slots, ()) if others else ())
                if not others.isdisjoint(self.problem.parties(self.problem.request_by_id[placement.request]))
            ]
            self._apart[request.id, slots] = found
        return found

    def _busy(self, person: Hashable, leaving: Collection[Hashable]) -> set[Hashable]:
        met = ((slot.id, self.meeting.get((person, slot.id))) for slot in self.problem.slots)
        return {slot for slot, placement in met if placement and placement.request not in leaving}

    def _duty(self, interpreter: Interpreter, leaving: Collection[Hashable]) -> set[Hashable]:
        served = ((slot.id, self.duty.get((interpreter.id, slot.id))) for slot in self.problem.slots)
        return {slot for slot, request in served if request is not None and request not in leaving}

    def _longest(self, busy: Collection[Hashable]) -> int:
        """The most slots of ``busy`` one after another inside a block."""
        longest = 0
        for _, block in groupby(self.problem.slots, key=lambda one: one.block):
            run = 0
            for one in block:
                run = run + 1 if one.id in busy else 0
                longest = max(longest, run)
        return longest
