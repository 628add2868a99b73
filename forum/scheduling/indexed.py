"""A problem as integers: what the solver reads. Slots are bits of a mask, all ids are positions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from forum.scheduling.exactness import refuse_inexact
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import FAIR_SHARE, Problem, Request
from forum.scheduling.seating import Seating
from forum.scheduling.waits import most_hours


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
    ``domain[m]`` are the slots in which request m could begin, whatever else is placed; ``reach[m]`` are
    those that a chain may move it to: none for the few ``long`` ones (of several slots), which are placed one
    by one. ``ordered`` are those bound by an order.
    ``cover[m]``, shifted by its first slot, are the slots that request m takes.
    ``least[p]`` is how many meetings person p should have at least, ``announced[m]`` the slot told of m.
    ``seated`` are the requests that get a table of their own at once: of several slots, or locked to one.
    ``special`` are those that more is to be asked of than whether people and a table are free.
    """

    def __init__(self, problem: Problem, announced: Plan | None = None) -> None:
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
        self.seating = Seating(problem, self)
        self._read_interpreters()
        self._read_locks()
        self._read_orders()
        self._read_domains()
        self._read_least()
        refuse_inexact(sum(self.merit), max(self.merit, default=0), self.least, self.heaviest)
        self._read_announced(announced)

    def mask(self, slots: Iterable[Hashable]) -> int:
        mask = 0
        for slot in slots:
            mask |= 1 << self.slot_at[slot]
        return mask

    def known(self, plan: Plan) -> dict[int, Placement]:
        """The placements of a plan by request, as far as the problem still has it."""
        at = self.request_at
        return {at[each.request]: each for each in plan.placements if each.request in at}

    def slots_of(self, mask: int) -> list[int]:
        return [slot for slot in range(self.slot_count) if mask >> slot & 1]

    def windows(self, length: int) -> list[list[int]]:
        """Every stretch of so many slots inside a block."""
        blocks = [self.slots_of(block) for block in self.blocks]
        return [b[start : start + length] for b in blocks for start in range(len(b) - length + 1)]

    def shortfall(self, person: int, meetings: int) -> int:
        """How badly so many meetings miss the person's least: 1 for one missing, 3 for two, 6 for three."""
        missing = self.least[person] - meetings
        return missing * (missing + 1) // 2 if missing > 0 else 0

    def stays_possible(self, request: int) -> bool:
        """Could an announced meeting still be held in its slot?"""
        slot = self.announced[request]
        return slot >= 0 and bool(self.domain[request] >> slot & 1)

    def span(self, request: int) -> int:
        """All slots that the request could take."""
        domain, slots = self.domain[request], 0
        for later in range(self.cover[request].bit_length()):
            slots |= domain << later
        return slots

    def most_hours(self, hours: int, stamina: int) -> int:
        """The most of these slots that can be taken when a pause is due after ``stamina`` in a row."""
        return sum(most_hours(hours & block, stamina) for block in self.blocks)

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
        self.away = [self.mask(person.busy_elsewhere) for person in people]
        self.free = [
            self.every_slot & ~away & ~self.mask(person.unavailable)
            for person, away in zip(people, self.away, strict=True)
        ]
        self.limit = [
            self.slot_count if person.max_meetings is None else person.max_meetings for person in people
        ]
        self.rest_after = {
            at: person.rest_after for at, person in enumerate(people) if person.rest_after is not None
        }

    def _read_requests(self) -> None:
        requests, person_at = self.problem.requests, self.person_at
        self.request_count = len(requests)
        self.members = [tuple(map(person_at.__getitem__, request.people)) for request in requests]
        self.weight = [request.weight for request in requests]
        self.heaviest = max(self.weight, default=1)
        self.level = sum(self.weight) + 1
        self.musts = [at for at, request in enumerate(requests) if request.must]
        self.merit = self.weight[:]
        for at in self.musts:
            self.merit[at] += self.level
        self.long = frozenset(at for at, request in enumerate(requests) if request.length > 1)
        self.cover = [1] * self.request_count
        for at in self.long:
            self.cover[at] = (1 << requests[at].length) - 1
        self.wishes: list[list[int]] = [[] for _ in range(self.person_count)]
        for at, members in enumerate(self.members):
            for person in members:
                self.wishes[person].append(at)

    def _read_interpreters(self) -> None:
        problem = self.problem
        self.serving_hours = [self.every_slot & ~self.mask(one.unavailable) for one in problem.interpreters]
        self.stamina = [one.max_in_a_row or self.slot_count for one in problem.interpreters]
        self.needs = self._without_a_shared_language()
        self.able: list[tuple[int, ...]] = [()] * self.request_count
        for index, request in enumerate(problem.requests):
            if self.needs[index]:
                fit = [problem.can_interpret(one, request) for one in problem.interpreters]
                self.able[index] = tuple(at for at, fits in enumerate(fit) if fits)

    def _without_a_shared_language(self) -> list[bool]:
        """What ``Problem.needs_interpreter`` says of each request, by masks of languages: -1 is any."""
        bit: dict[str, int] = {}
        spoken = []
        for person in self.problem.people:
            mask = sum(1 << bit.setdefault(language, len(bit)) for language in person.spoken)
            spoken.append(mask or -1)
        if not bit:
            return [False] * self.request_count
        needs = []
        for members in self.members:
            shared = -1
            for at in members:
                shared &= spoken[at]
            needs.append(not shared)
        return needs

    def _read_locks(self) -> None:
        self.pins: dict[int, Pin] = {}
        for lock in self.problem.locks:
            request = self.request_at[lock.request]
            table = None if lock.table is None else self.table_at[lock.table]
            interpreter = None if lock.interpreter is None else self.interpreter_at[lock.interpreter]
            self.pins[request] = Pin(request, self.slot_at[lock.slot], table, interpreter)
            if interpreter is not None:
                fits = not self.needs[request] or interpreter in self.able[request]
                fits = fits and self.problem.can_interpret(
                    self.problem.interpreters[interpreter], self.problem.requests[request]
                )
                self.needs[request] = True
                self.able[request] = (interpreter,) if fits else ()

    def _read_orders(self) -> None:
        """By request, those that must end before it begins and those that begin after it ends."""
        self.earlier: dict[int, list[int]] = {}
        self.later: dict[int, list[int]] = {}
        for order in self.problem.precedences:
            before, after = self.request_at[order.before], self.request_at[order.after]
            self.earlier.setdefault(after, []).append(before)
            self.later.setdefault(before, []).append(after)
        self.ordered = frozenset(self.earlier.keys() | self.later.keys())
        locked = (request for request, pin in self.pins.items() if pin.table is not None)
        self.seated = self.long.union(locked)
        helped = (at for at, needs in enumerate(self.needs) if needs)
        self.special = self.long.union(self.ordered, self.pins, helped)

    def _read_domains(self) -> None:
        requests, free, seats = self.problem.requests, self.free, self.seating
        never = bool(self.problem.never_meet)
        self.domain = []
        for at, members in enumerate(self.members):
            request = requests[at]
            if (
                never
                or request.forbidden_slots
                or request.part is not None
                or request.fixed_slot is not None
                or seats.kinds[at]
                or at in self.special
            ):
                self.domain.append(self._domain_of(at, request))
                continue
            slots = seats.with_shared
            for person in members:
                slots &= free[person]
            self.domain.append(slots)
        self.reach = self.domain
        if self.long:
            self.reach = [0 if at in self.long else domain for at, domain in enumerate(self.domain)]

    def _domain_of(self, index: int, request: Request) -> int:
        if self.problem.never_meet and not self.problem.may_meet(request):
            return 0
        slots = self.every_slot
        if request.forbidden_slots:
            slots &= ~self.mask(request.forbidden_slots)
        if request.part is not None:
            slots &= self._slots_of_part(request)
        for person in self.members[index]:
            slots &= self.free[person]
        first = self.begins(slots, request.length)
        if request.fixed_slot is not None:
            first &= 1 << self.slot_at[request.fixed_slot]
        first &= self.seating.first_slots(index)
        if self.needs[index]:
            first &= self._slots_with_interpreter(index)
        if index in self.long and any(
            self.rest_after.get(person, request.length) < request.length for person in self.members[index]
        ):
            return 0
        return first & self._slots_of_pin(self.pins[index]) if index in self.pins else first

    def _read_least(self) -> None:
        self.least = [
            min(
                FAIR_SHARE if person.min_meetings is None else person.min_meetings,
                len(self.wishes[at]),
                self.limit[at],
            )
            for at, person in enumerate(self.problem.people)
        ]

    def _read_announced(self, announced: Plan | None) -> None:
        """By request, the slot that people were told (-1 when it is no more)."""
        self.told = self.known(announced) if announced else {}
        self.announced = {request: self.slot_at.get(each.slot, -1) for request, each in self.told.items()}

    def begins(self, slots: int, length: int) -> int:
        """Where in ``slots`` so many can begin that follow each other in a block."""
        if length == 1:
            return slots
        first = 0
        for block in self.blocks:
            inside = slots & block
            for _ in range(length - 1):
                inside &= inside >> 1
            first |= inside
        return first

    def _slots_of_part(self, request: Request) -> int:
        return self.mask(slot.id for slot in self.problem.slots if self.problem.suits_part(request, slot.id))

    def _slots_with_interpreter(self, request: int) -> int:
        slots, length = 0, self.cover[request].bit_length()
        for interpreter in self.able[request]:
            if self.stamina[interpreter] >= length:
                slots |= self.begins(self.serving_hours[interpreter], length)
        return slots

    def _slots_of_pin(self, pin: Pin) -> int:
        if pin.table is None:
            return 1 << pin.slot
        if not self.problem.may_sit(self.problem.requests[pin.request], self.problem.tables[pin.table]):
            return 0
        length = self.cover[pin.request].bit_length()
        return (1 << pin.slot) & self.begins(self.seating.open[pin.table], length)
