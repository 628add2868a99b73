"""The whole problem as a CP-SAT model: proves what is best when a problem is small enough.

One worker, core-based search and a limit in deterministic seconds make a run reproducible. Idle slots are
one Boolean each (a meeting before, one after, none now), which is what the cores need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from forum.scheduling.board import FREE, Board
from forum.scheduling.indexed import Indexed

Term = tuple[int, cp_model.IntVar]
Arrangement = tuple[list[int], list[dict[int, int]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """``arrangement`` is None when nothing was found in time; ``limit`` bounds the objective either way."""

    arrangement: Arrangement | None
    value: int
    limit: int


def size(index: Indexed) -> int:
    """How many (request, slot) pairs a model would have."""
    return sum(domain.bit_count() for domain in index.domain)


class ExactModel:
    """``held[request][slot]`` is the Boolean of a request being met in a slot of its domain."""

    def __init__(self, index: Indexed, pinned: Iterable[int]) -> None:
        self.index = index
        self.pinned = set(pinned)
        self.model = cp_model.CpModel()
        self.held = [
            {slot: self.model.new_bool_var("") for slot in index.slots_of(domain)} for domain in index.domain
        ]
        self.at: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.serves: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        self._requests_once()
        self._people_once()
        self._tables()
        self._interpreters()

    def merit_terms(self) -> list[Term]:
        return [(self.index.merit[r], held) for r, slots in enumerate(self.held) for held in slots.values()]

    def idle_terms(self) -> list[Term]:
        """One Boolean, at least, for every slot that somebody waits."""
        terms: list[Term] = []
        for person in range(self.index.person_count):
            for block in self.index.blocks:
                present = self.index.slots_of(block & ~self.index.away[person])
                terms += self._gaps(person, present)
        return terms

    def require(self, terms: Sequence[Term], least: int) -> None:
        self.model.add(sum(weight * held for weight, held in terms) >= least)

    def leave_out(self, requests: Iterable[int]) -> None:
        for request in requests:
            for held in self.held[request].values():
                self.model.add(held == 0)

    def hint(self, board: Board) -> None:
        self.model.clear_hints()
        for request, slots in enumerate(self.held):
            for slot, held in slots.items():
                self.model.add_hint(held, board.slot_of[request] == slot)

    def maximize(self, terms: Sequence[Term], work: float) -> Answer:
        self.model.maximize(sum(weight * held for weight, held in terms))
        return self._solve(work)

    def minimize(self, terms: Sequence[Term], work: float) -> Answer:
        self.model.minimize(sum(weight * held for weight, held in terms))
        return self._solve(work)

    def _requests_once(self) -> None:
        for request, slots in enumerate(self.held):
            if request in self.pinned:
                self.model.add_exactly_one(slots.values())
            else:
                self.model.add_at_most_one(slots.values())
            for slot, held in slots.items():
                for person in self.index.members[request]:
                    self.at[person, slot].append(held)

    def _people_once(self) -> None:
        for meetings in self.at.values():
            self.model.add_at_most_one(meetings)
        for person, limit in enumerate(self.index.limit):
            if limit < self.index.free[person].bit_count():
                mine = [held for r in self.index.wishes[person] for held in self.held[r].values()]
                self.model.add(sum(mine) <= limit)

    def _tables(self) -> None:
        """Per slot: meetings less those at own tables fit the shared tables that no lock has taken."""
        index = self.index
        for slot in range(index.slot_count):
            shared = index.shared[slot]
            own = {owner: count[slot] for owner, count in index.owned.items()}
            for request in sorted(self.pinned):
                pin = index.pins[request]
                if pin.slot == slot and pin.table is not None:
                    owner = index.table_owner[pin.table]
                    if owner is None:
                        shared -= 1
                    else:
                        own[owner] -= 1
            self._seat_slot(slot, shared, own)

    def _seat_slot(self, slot: int, shared: int, own: dict[Hashable, int]) -> None:
        index = self.index
        at_own: dict[Hashable, list[cp_model.IntVar]] = defaultdict(list)
        at_shared = []
        for request, slots in enumerate(self.held):
            if slot not in slots or (request in self.pinned and index.pins[request].table is not None):
                continue
            seats = [slots[slot]]
            for owner in self._owners(request, own):
                seat = self.model.new_bool_var("")
                at_own[owner].append(seat)
                seats.append(seat)
            if len(seats) > 1:
                elsewhere = self.model.new_bool_var("")
                self.model.add(sum(seats[1:]) + elsewhere == seats[0])
                at_shared.append(elsewhere)
            else:
                at_shared.append(seats[0])
        for owner, sitting in at_own.items():
            self.model.add(sum(sitting) <= own[owner])
        if len(at_shared) > shared:
            self.model.add(sum(at_shared) <= shared)

    def _owners(self, request: int, own: dict[Hashable, int]) -> list[Hashable]:
        parties = dict.fromkeys(self.index.problem.people[p].party for p in self.index.members[request])
        return [party for party in parties if party is not None and own.get(party)]

    def _interpreters(self) -> None:
        index = self.index
        on_duty: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for request, slots in enumerate(self.held):
            if not index.needs[request]:
                continue
            for slot, held in slots.items():
                ready = [one for one in index.able[request] if index.serving_hours[one] >> slot & 1]
                for one in ready:
                    serving = self.model.new_bool_var("")
                    on_duty[one, slot].append(serving)
                    self.serves[request, slot].append((one, serving))
                self.model.add(sum(serving for _, serving in self.serves[request, slot]) == held)
        for duties in on_duty.values():
            self.model.add_at_most_one(duties)
        for one, stamina in enumerate(index.stamina):
            for block in index.blocks:
                slots_in_block = index.slots_of(block)
                for start in range(len(slots_in_block) - stamina):
                    window = slots_in_block[start : start + stamina + 1]
                    run = [serving for slot in window for serving in on_duty[one, slot]]
                    self.model.add(sum(run) <= stamina)

    def _gaps(self, person: int, present: list[int]) -> list[Term]:
        """Gaps of one person in one block; ``present`` are its slots not spent elsewhere."""
        if len(present) < 3:
            return []
        meets = [self._any(self.at.get((person, slot), [])) for slot in present]
        before = self._running(meets)
        after = self._running(meets[::-1])[::-1]
        terms: list[Term] = []
        for place in range(1, len(present) - 1):
            earlier, later, now = before[place - 1], after[place + 1], meets[place]
            if earlier is None or later is None:
                continue
            gap = self.model.new_bool_var("")
            here = [] if now is None else [now]
            self.model.add_bool_or([~earlier, ~later, *here, gap])
            terms.append((1, gap))
        return terms

    def _any(self, meetings: Sequence[cp_model.IntVar]) -> cp_model.IntVar | None:
        """A Boolean that says whether one of the meetings, of which at most one can be, takes place."""
        if len(meetings) < 2:
            return meetings[0] if meetings else None
        meets = self.model.new_bool_var("")
        self.model.add_exactly_one([*meetings, ~meets])
        return meets

    def _running(self, meets: Sequence[cp_model.IntVar | None]) -> list[cp_model.IntVar | None]:
        """Booleans saying whether there was a meeting up to each place."""
        so_far: cp_model.IntVar | None = None
        result = []
        for now in meets:
            if so_far is None or now is None:
                so_far = so_far if now is None else now
            else:
                either = self.model.new_bool_var("")
                self.model.add_implication(so_far, either)
                self.model.add_implication(now, either)
                self.model.add_bool_or([so_far, now, ~either])
                so_far = either
            result.append(so_far)
        return result

    def _solve(self, work: float) -> Answer:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.optimize_with_core = True
        solver.parameters.linearization_level = 0
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE or status == cp_model.MODEL_INVALID:
            raise ArithmeticError(f"a model that always has a solution ended as {solver.status_name(status)}")
        limit = round(solver.best_objective_bound)
        if status == cp_model.UNKNOWN:
            return Answer(None, 0, limit)
        return Answer(self._read(solver), round(solver.objective_value), limit)

    def _read(self, solver: cp_model.CpSolver) -> Arrangement:
        slot_of = [FREE] * self.index.request_count
        serves: list[dict[int, int]] = [{} for _ in range(self.index.slot_count)]
        for request, slots in enumerate(self.held):
            for slot, held in slots.items():
                if solver.boolean_value(held):
                    slot_of[request] = slot
                    for one, serving in self.serves.get((request, slot), ()):
                        if solver.boolean_value(serving):
                            serves[slot][one] = request
        return slot_of, serves
