"""The whole problem as a CP-SAT model: proves what is best when a problem is small enough.

One worker, core-based search and a limit in deterministic seconds make a run reproducible. Idle slots are
one Boolean each (a meeting before, one after, none now), which is what the cores need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from forum.scheduling.board import FREE, Arrangement, Board
from forum.scheduling.indexed import Indexed
from forum.scheduling.seat_model import SeatModel

Term = tuple[int, cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Answer:
    """``arrangement`` is None when nothing was found in time; ``limit`` bounds the objective either way."""

    arrangement: Arrangement | None
    value: int
    limit: int


def size(index: Indexed, still: Container[int] = ()) -> int:
    """How many (request, slot) pairs a model would have; where a table must be chosen, also with each."""
    if not still and not index.seated and not index.seating.wary:
        return sum(map(int.bit_count, index.domain))
    seats = len(index.seating.kind)
    return sum(
        domain.bit_count() * (seats if request in index.seated or request in index.seating.wary else 1)
        for request, domain in enumerate(index.domain)
        if request not in still
    )


class ExactModel:
    """``held[request][slot]`` is the Boolean of a request beginning in a slot of its domain."""

    def __init__(self, index: Indexed, pinned: Iterable[int], still: Mapping[int, int] | None = None) -> None:
        """``still`` are requests that stay where they are: the neighbourhood of all others is searched."""
        self.index = index
        domains = [
            1 << still[request] if still and request in still else domain
            for request, domain in enumerate(index.domain)
        ]
        self.pinned = set(pinned)
        self.model = cp_model.CpModel()
        self.held = [
            {slot: self.model.new_bool_var("") for slot in index.slots_of(domain)} for domain in domains
        ]
        self.at: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.serves: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        self._requests_once(still or {})
        self._people_once()
        self._rests()
        self._orders()
        self.seats = SeatModel(index, self.model, self.held)
        self._interpreters()

    def merit_terms(self) -> list[Term]:
        return [(self.index.merit[r], held) for r, slots in enumerate(self.held) for held in slots.values()]

    def idle_terms(self) -> list[Term]:
        """One Boolean, at least, for every slot that somebody waits."""
        return [(1, gap) for gaps in self._gaps_by_person for gap in gaps]

    def uneven_terms(self) -> list[Term]:
        """For everybody a Boolean for each slot waited: the first costs nothing, each more than the last."""
        terms: list[Term] = []
        for gaps in self._gaps_by_person:
            waited = [self.model.new_bool_var("") for _ in gaps]
            self.model.add(sum(gaps) <= sum(waited))
            terms += enumerate(waited)
        return terms

    @cached_property
    def _gaps_by_person(self) -> list[list[cp_model.IntVar]]:
        index = self.index
        return [
            [
                gap
                for block in index.blocks
                for gap in self._gaps(person, index.slots_of(block & ~index.away[person]))
            ]
            for person in range(index.person_count)
        ]

    def shortfall_terms(self) -> list[Term]:
        """For everybody a Boolean for each meeting missing to the least, each dearer than the one before."""
        terms: list[Term] = []
        for person, least in enumerate(self.index.least):
            mine = [held for request in self.index.wishes[person] for held in self.held[request].values()]
            missing = [self.model.new_bool_var("") for _ in range(least)]
            self.model.add(sum(mine) + sum(missing) >= least)
            terms += [(nth + 1, one) for nth, one in enumerate(missing)]
        return terms

    def announced_terms(self) -> list[Term]:
        return [(1, held) for request in self.index.announced for held in self.held[request].values()]

    def unmoved_terms(self) -> list[Term]:
        """The announced meetings in the slots that people were told."""
        told = self.index.announced.items()
        return [(1, self.held[request][slot]) for request, slot in told if slot in self.held[request]]

    def hold_announced(self, least: int) -> None:
        """Hold so many of them; where that is all that there are slots for, each of these."""
        possible = [request for request in self.index.announced if self.held[request]]
        if len(possible) == least:
            for request in possible:
                self.model.add_exactly_one(self.held[request].values())
        else:
            self.require(self.announced_terms(), least)

    def at_most(self, terms: Sequence[Term], most: int) -> None:
        self.model.add(sum(weight * held for weight, held in terms) <= most)

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

    def maximize(self, terms: Sequence[Term], work: float, *, by_cores: bool = True) -> Answer:
        """Cores prove what nearly all can have; the linear way is quicker where a plan hardly changes."""
        self.model.maximize(sum(weight * held for weight, held in terms))
        return self._solve(work, by_cores, sum(weight for weight, _ in terms))

    def minimize(self, terms: Sequence[Term], work: float) -> Answer:
        self.model.minimize(sum(weight * held for weight, held in terms))
        return self._solve(work, True, 0)

    def _requests_once(self, still: Container[int]) -> None:
        for request, slots in enumerate(self.held):
            if request in self.pinned or request in still:
                self.model.add_exactly_one(slots.values())
            else:
                self.model.add_at_most_one(slots.values())
            cover = self.index.cover[request]
            for slot, held in slots.items():
                for taken in self.index.slots_of(cover << slot):
                    for person in self.index.members[request]:
                        self.at[person, taken].append(held)

    def _people_once(self) -> None:
        for meetings in self.at.values():
            self.model.add_at_most_one(meetings)
        for person, limit in enumerate(self.index.limit):
            if limit < self.index.free[person].bit_count():
                mine = [held for r in self.index.wishes[person] for held in self.held[r].values()]
                self.model.add(sum(mine) <= limit)

    def _rests(self) -> None:
        for person, most in self.index.rest_after.items():
            for window in self.index.windows(most + 1):
                self.model.add(sum(held for slot in window for held in self.at[person, slot]) <= most)

    def _orders(self) -> None:
        for after, befores in self.index.earlier.items():
            for before in befores:
                length = self.index.cover[before].bit_length()
                for slot, held in self.held[after].items():
                    for earlier, other in self.held[before].items():
                        if earlier + length > slot:
                            self.model.add_at_most_one([held, other])

    def _interpreters(self) -> None:
        index = self.index
        on_duty: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for request, slots in enumerate(self.held):
            if not index.needs[request]:
                continue
            for slot, held in slots.items():
                cover = index.cover[request] << slot
                for one in index.able[request]:
                    if not cover & ~index.serving_hours[one]:
                        serving = self.model.new_bool_var("")
                        self.serves[request, slot].append((one, serving))
                        for taken in index.slots_of(cover):
                            on_duty[one, taken].append(serving)
                self.model.add(sum(serving for _, serving in self.serves[request, slot]) == held)
        for duties in on_duty.values():
            self.model.add_at_most_one(duties)
        for one, stamina in enumerate(index.stamina):
            for window in index.windows(stamina + 1):
                self.model.add(sum(s for slot in window for s in on_duty[one, slot]) <= stamina)

    def _gaps(self, person: int, present: list[int]) -> list[cp_model.IntVar]:
        """Gaps of one person in one block; ``present`` are its slots not spent elsewhere."""
        if len(present) < 3:
            return []
        meets = [self._any(self.at.get((person, slot), [])) for slot in present]
        before = self._running(meets)
        after = self._running(meets[::-1])[::-1]
        gaps: list[cp_model.IntVar] = []
        for place in range(1, len(present) - 1):
            earlier, later, now = before[place - 1], after[place + 1], meets[place]
            if earlier is None or later is None:
                continue
            gap = self.model.new_bool_var("")
            here = [] if now is None else [now]
            self.model.add_bool_or([~earlier, ~later, *here, gap])
            gaps.append(gap)
        return gaps

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

    def _solve(self, work: float, by_cores: bool, known: int) -> Answer:
        """``known`` is the bound where nothing was found: the solver then names 0, even of a maximum."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.optimize_with_core = by_cores
        solver.parameters.linearization_level = 0 if by_cores else 1
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE or status == cp_model.MODEL_INVALID:
            raise ArithmeticError(f"a model that always has a solution ended as {solver.status_name(status)}")
        if status == cp_model.UNKNOWN:
            return Answer(None, 0, known)
        limit = round(solver.best_objective_bound)
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
                            for taken in self.index.slots_of(self.index.cover[request] << slot):
                                serves[taken][one] = request
        return slot_of, serves, self.seats.read(solver)
