"""Who and what a plan takes when, looked up by person, table and interpreter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem, Request


class Occupancy:
    """One plan of one problem. ``gone`` are requests whose meetings are left out of account."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.placement = {each.request: each for each in plan.placements}
        self.position = {slot.id: place for place, slot in enumerate(problem.slots)}
        self.of_person: dict[Hashable, list[Placement]] = defaultdict(list)
        self.of_interpreter: dict[Hashable, list[Placement]] = defaultdict(list)
        self.in_slot: dict[Hashable, list[Placement]] = defaultdict(list)
        self.met: dict[tuple[Hashable, Hashable], Placement] = {}
        self.seated: dict[tuple[Hashable, Hashable], Placement] = {}
        self.served: dict[tuple[Hashable, Hashable], Placement] = {}
        self._masks: dict[tuple[Hashable, Hashable], int] = {}
        self._vacant: dict[Hashable, list[Hashable]] = {}
        self._met: dict[Hashable, int] = {}
        self._away: dict[Hashable, int] = {}
        self._blocks = _block_masks(problem)
        for each in plan.placements:
            self._enter(each)

    def _enter(self, placement: Placement) -> None:
        people = self.problem.request_by_id[placement.request].people
        for person in people:
            self.of_person[person].append(placement)
        if placement.interpreter is not None:
            self.of_interpreter[placement.interpreter].append(placement)
        for slot in self.slots_of(placement):
            self.in_slot[slot].append(placement)
            self.met.update({(person, slot): placement for person in people})
            self.seated[placement.table, slot] = placement
            if placement.interpreter is not None:
                self.served[placement.interpreter, slot] = placement

    def held(self, request: Request, slot: Hashable) -> tuple[Hashable, ...]:
        """The slots that the request takes when it begins in this one."""
        return self.problem.slots_held(request, slot)

    def slots_of(self, placement: Placement) -> tuple[Hashable, ...]:
        return self.held(self.problem.request_by_id[placement.request], placement.slot)

    def meetings(self, people: Iterable[Hashable], slots: Collection[Hashable]) -> list[Placement]:
        """The meetings that these people have in these slots."""
        found = (self.met.get((person, slot)) for person in people for slot in slots)
        return list(dict.fromkeys(each for each in found if each is not None))

    def at_table(self, table: Hashable, slots: Iterable[Hashable]) -> list[Placement]:
        """The meetings at the table in these slots."""
        found = (self.seated.get((table, slot)) for slot in slots)
        return list(dict.fromkeys(each for each in found if each is not None))

    def is_open(self, table: Hashable, slots: Iterable[Hashable]) -> bool:
        closed = self.problem.table_by_id[table].closed
        return not any(slot in closed for slot in slots)

    def is_vacant(self, table: Hashable, slots: Collection[Hashable], gone: Collection[Hashable]) -> bool:
        """Open in all these slots, and nobody sits there who is not gone."""
        others = (self.seated.get((table, slot)) for slot in slots)
        return self.is_open(table, slots) and all(one is None or one.request in gone for one in others)

    def vacant_in(self, slot: Hashable) -> list[Hashable]:
        """The open tables at which nobody sits, those of one company first: a shared one suits many."""
        if slot not in self._vacant:
            free = [one for one in self.problem.tables if self.is_vacant(one.id, (slot,), ())]
            self._vacant[slot] = [one.id for one in sorted(free, key=lambda one: one.is_shared)]
        return self._vacant[slot]

    def can_serve(
        self,
        interpreter: Hashable,
        request: Request,
        slots: Collection[Hashable],
        gone: Collection[Hashable],
    ) -> bool:
        """Does the interpreter speak their languages, and is free in all these slots?"""
        one = self.problem.interpreter_by_id[interpreter]
        others = (self.served.get((interpreter, slot)) for slot in slots)
        return (
            not any(slot in one.unavailable for slot in slots)
            and all(other is None or other.request in gone for other in others)
            and self.problem.can_interpret(one, request)
        )

    def waiting(self, person: Hashable, gone: Collection[Hashable], more: int) -> int:
        """How many slots the person waits between meetings: without what is gone, and with ``more``."""
        held = self._held(person)
        for request in gone:
            placement = self.placement.get(request)
            if placement is not None and person in self.problem.request_by_id[request].people:
                held &= ~self.mask(placement)
        held |= more
        idle = 0
        for block in self._blocks:
            inside = held & block
            if inside:
                span = (1 << inside.bit_length()) - (inside & -inside)
                idle += (span & ~inside & ~self._elsewhere(person)).bit_count()
        return idle

    def mask(self, placement: Placement) -> int:
        """The slots of the placement as bits: the first slot is the lowest."""
        key = (placement.request, placement.slot)
        if key not in self._masks:
            self._masks[key] = sum(1 << self.position[slot] for slot in self.slots_of(placement))
        return self._masks[key]

    def _held(self, person: Hashable) -> int:
        if person not in self._met:
            self._met[person] = sum(self.mask(each) for each in self.of_person[person])
        return self._met[person]

    def _elsewhere(self, person: Hashable) -> int:
        if person not in self._away:
            slots = self.problem.person_by_id[person].busy_elsewhere
            self._away[person] = sum(1 << self.position[slot] for slot in slots)
        return self._away[person]


def _block_masks(problem: Problem) -> tuple[int, ...]:
    masks: dict[int, int] = {}
    for place, slot in enumerate(problem.slots):
        masks[slot.block] = masks.get(slot.block, 0) | 1 << place
    return tuple(masks.values())
