"""A problem as integers: what the solver reads. Slots are bits of a mask, all ids are positions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from forum.scheduling.problem import Problem


@dataclass(frozen=True, slots=True)
class Pin:
    """A lock by positions."""

    request: int
    slot: int
    table: int | None
    interpreter: int | None


class Indexed:
    """Positions, masks and numbers of a problem; never changed once made.

    ``free[p]`` are the slots in which person p could meet, ``away[p]`` those spent elsewhere (not waiting).
    ``merit[m]`` is the weight of request m, plus ``level`` (more than all weights together) for a must.
    ``domain[m]`` are the slots open to request m, whatever else is placed.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slot_count = len(problem.slots)
        self.slot_at = {slot.id: index for index, slot in enumerate(problem.slots)}
        self.person_at = {person.id: index for index, person in enumerate(problem.people)}
        self.request_at = {request.id: index for index, request in enumerate(problem.requests)}
        self.table_at = {table.id: index for index, table in enumerate(problem.tables)}
        self.interpreter_at = {one.id: index for index, one in enumerate(problem.interpreters)}
        self.every_slot = (1 << self.slot_count) - 1
        self.blocks = self._block_masks()
        self.block_of = [next(b for b in self.blocks if b >> slot & 1) for slot in range(self.slot_count)]
        self._read_people()
        self._read_requests()
        self._read_tables()
        self._read_interpreters()
        self._read_locks()
        self._read_domains()

    def mask(self, slots: Iterable[Hashable]) -> int:
        return sum(1 << self.slot_at[slot] for slot in slots)

    def slots_of(self, mask: int) -> list[int]:
        return [slot for slot in range(self.slot_count) if mask >> slot & 1]

    def waiting(self, person: int, held: int) -> int:
        """How many slots the person waits between meetings when meeting in the slots of ``held``."""
        idle = 0
        here = ~self.away[person]
        for block in self.blocks:
            inside = held & block
            if inside:
                span = (1 << inside.bit_length()) - (inside & -inside)
                idle += (span & ~inside & here).bit_count()
        return idle

    def _block_masks(self) -> tuple[int, ...]:
        masks: dict[int, int] = {}
        for index, slot in enumerate(self.problem.slots):
            masks[slot.block] = masks.get(slot.block, 0) | 1 << index
        return tuple(masks.values())

    def _read_people(self) -> None:
        people = self.problem.people
        self.person_count = len(people)
        self.free = [self.every_slot & ~self.mask(person.blocked) for person in people]
        self.away = [self.mask(person.busy_elsewhere) for person in people]
        self.limit = [
            self.slot_count if person.max_meetings is None else person.max_meetings for person in people
        ]

    def _read_requests(self) -> None:
        requests = self.problem.requests
        self.request_count = len(requests)
        self.members = [tuple(self.person_at[person] for person in request.people) for request in requests]
        self.weight = [request.weight for request in requests]
        self.heaviest = max(self.weight, default=1)
        self.level = sum(self.weight) + 1
        self.merit = [request.weight + self.level * request.must for request in requests]
        self.wishes: list[list[int]] = [[] for _ in range(self.person_count)]
        for index, members in enumerate(self.members):
            for person in members:
                self.wishes[person].append(index)

    def _read_tables(self) -> None:
        """Count the shared tables of each slot, and the own tables of each owner.

        A request's ``home`` is the one owner among its people whose tables it counts on: with two owners
        the one with more open tables. Counting on one only is careful, never wrong.
        """
        self.shared = [0] * self.slot_count
        self.owned: dict[Hashable, list[int]] = {}
        for table in self.problem.tables:
            if table.owner is None:
                count = self.shared
            else:
                count = self.owned.setdefault(table.owner, [0] * self.slot_count)
            for slot in self.slots_of(self.every_slot & ~self.mask(table.closed)):
                count[slot] += 1
        self.table_owner = [table.owner for table in self.problem.tables]
        self.own_tables: dict[Hashable, list[int]] = {owner: [] for owner in self.owned}
        self.open_tables: list[list[int]] = [[] for _ in range(self.slot_count)]
        for place, table in enumerate(self.problem.tables):
            if table.owner is not None:
                self.own_tables[table.owner].append(place)
            for slot in self.slots_of(self.every_slot & ~self.mask(table.closed)):
                self.open_tables[slot].append(place)
        self.home: list[Hashable | None] = [None] * self.request_count
        if self.owned:
            self.home = [self._home_of(members) for members in self.members]

    def _home_of(self, members: tuple[int, ...]) -> Hashable | None:
        parties = [self.problem.people[person].party for person in members]
        owners = [party for party in parties if party is not None and party in self.owned]
        return max(owners, key=lambda owner: sum(self.owned[owner]), default=None)

    def _read_interpreters(self) -> None:
        problem = self.problem
        self.serving_hours = [self.every_slot & ~self.mask(one.unavailable) for one in problem.interpreters]
        self.stamina = [one.max_in_a_row or self.slot_count for one in problem.interpreters]
        self.needs = [problem.needs_interpreter(request) for request in problem.requests]
        self.able: list[tuple[int, ...]] = [()] * self.request_count
        for index, request in enumerate(problem.requests):
            if self.needs[index]:
                fit = [problem.can_interpret(one, request) for one in problem.interpreters]
                self.able[index] = tuple(at for at, fits in enumerate(fit) if fits)

    def _read_locks(self) -> None:
        self.pins: dict[int, Pin] = {}
        for lock in self.problem.locks:
            request = self.request_at[lock.request]
            table = None if lock.table is None else self.table_at[lock.table]
            interpreter = None if lock.interpreter is None else self.interpreter_at[lock.interpreter]
            self.pins[request] = Pin(request, self.slot_at[lock.slot], table, interpreter)
            if table is not None:
                self.home[request] = self.problem.tables[table].owner
            if interpreter is not None:
                fits = not self.needs[request] or interpreter in self.able[request]
                fits = fits and self.problem.can_interpret(
                    self.problem.interpreters[interpreter], self.problem.requests[request]
                )
                self.needs[request] = True
                self.able[request] = (interpreter,) if fits else ()

    def _read_domains(self) -> None:
        self.domain: list[int] = []
        for index, request in enumerate(self.problem.requests):
            slots = self.every_slot & ~self.mask(request.forbidden_slots)
            if request.fixed_slot is not None:
                slots &= 1 << self.slot_at[request.fixed_slot]
            for person in self.members[index]:
                slots &= self.free[person]
            slots &= self._slots_with_table(self.home[index])
            if self.needs[index]:
                slots &= self._slots_with_interpreter(index)
            if index in self.pins:
                slots &= self._slots_of_pin(self.pins[index])
            self.domain.append(slots)

    def _slots_with_table(self, home: Hashable | None) -> int:
        own = self.owned.get(home, [0] * self.slot_count)
        return sum(1 << slot for slot in range(self.slot_count) if self.shared[slot] or own[slot])

    def _slots_with_interpreter(self, request: int) -> int:
        slots = 0
        for interpreter in self.able[request]:
            slots |= self.serving_hours[interpreter]
        return slots

    def _slots_of_pin(self, pin: Pin) -> int:
        slots = 1 << pin.slot
        if pin.table is not None:
            table = self.problem.tables[pin.table]
            parties = {self.problem.people[person].party for person in self.members[pin.request]}
            if table.owner is not None and table.owner not in parties:
                return 0
            slots &= ~self.mask(table.closed)
        return slots
