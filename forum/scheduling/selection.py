"""Which requests are held, whenever that is: the relaxation of ``bound`` in whole numbers.

It knows what a flow cannot say: meetings of three, of several slots, the languages of interpreters, the
least number of meetings, and how little each person can wait who meets so often. Without tables and slots
to choose it is small, and mostly solved at the root by its linear relaxation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from ortools.sat.python import cp_model

from forum.scheduling.bound import Bound, Relaxation, fewest_moved
from forum.scheduling.levels import CANCELLED, MOVED, Levels, uneven

Weighted = list[tuple[int, cp_model.BoolVarT]]
Terms = tuple[Weighted, int]
"""Weighted Booleans, and what comes to their sum whatever they are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``floors`` hold for plans with this ``merit``, which none exceeds; ``requests`` would reach it."""

    merit: int
    requests: tuple[int, ...]
    floors: Levels


def choose(relaxed: Relaxation, found: Bound, work: float) -> Choice:
    """The best of all levels together that the relaxation allows, starting from the flow's bound.

    ``work`` limits each level (CP-SAT's deterministic seconds). What is not settled in it is left at what
    is known without.
    """
    merit, announced = found.merit(relaxed.index.level), relaxed.index.announced
    known = relaxed.floors(len(announced) - sum(request in announced for request in found.chosen))
    if not work or _is_reached(relaxed, found.chosen, merit, known):
        return Choice(merit, found.chosen, known)
    model = _Model(relaxed)
    limit = model.most_merit(merit, work)
    if relaxed.merit(model.chosen) < limit:
        return Choice(limit, found.chosen, known)
    floors = model.floors(limit, known, None, work)
    return Choice(limit, model.chosen, floors)


def floors_beside(relaxed: Relaxation, merit: int, reached: Levels, work: float) -> Levels:
    """What no plan of so much merit undercuts, each level for those that reach all before it."""
    known = relaxed.floors(reached.cancelled)
    return _Model(relaxed).floors(merit, known, reached, work) if work and reached != known else known


def _is_reached(relaxed: Relaxation, chosen: tuple[int, ...], merit: int, known: Levels) -> bool:
    """Is what the flow chose already as good in everything as can be?"""
    return relaxed.is_possible(chosen) and relaxed.merit(chosen) == merit and relaxed.levels(chosen) == known


class _Model:
    """``held[request]`` is the Boolean of a request being held, ``chosen`` what was best so far."""

    def __init__(self, relaxed: Relaxation) -> None:
        self.relaxed = relaxed
        self.index = relaxed.index
        self.model = cp_model.CpModel()
        self.held = {r: self.model.new_bool_var("") for r in (*relaxed.open, *relaxed.pinned)}
        self.wishes = [[r for r in wishes if r in self.held] for wishes in self.index.wishes]
        self.length = [cover.bit_length() for cover in self.index.cover]
        self.chosen: tuple[int, ...] = ()
        for request in relaxed.pinned:
            self.model.add(self.held[request] == 1)
        self._people()
        self._seats()
        self._interpreters()
        self._orders()

    def most_merit(self, most: int, work: float) -> int:
        """What no merit exceeds, known to be at most ``most``."""
        self.model.maximize(_sum((self._merit(), 0)))
        return min(most, self._solve(work, most))

    def floors(self, merit: int, known: Levels, reached: Levels | None, work: float) -> Levels:
        """Level after level, each then held to what is ``reached`` or, where that is None, to its best."""
        self.model.add(_sum((self._merit(), 0)) >= merit)
        floors = list(astuple(known))
        for place, terms in enumerate(self._levels()):
            if place == MOVED:
                floors[MOVED] = fewest_moved(self.index, self._now(reached)[CANCELLED])
            if self._now(reached)[place] > floors[place]:
                self.model.minimize(_sum(terms))
                floors[place] = max(floors[place], self._solve(work, 0))
            if reached is None and self._now(None)[place] > floors[place]:
                break
            self.model.add(_sum(terms) <= self._now(reached)[place])
        return Levels(*floors)

    def _now(self, reached: Levels | None) -> tuple[int, ...]:
        return astuple(reached or self.relaxed.levels(self.chosen))

    def _people(self) -> None:
        """Nobody meets more often than in all, nor in any slots than there are of these."""
        relaxed = self.relaxed
        for person, wishes in enumerate(self.wishes):
            if len(wishes) > self.index.limit[person]:
                self._at_most(self.index.limit[person], wishes)
            for hours, most in relaxed.stretches(person, wishes):
                inside = [r for r in wishes if not self.index.span(r) & ~hours]
                self._at_most(most, inside, self.length)

    def _seats(self) -> None:
        seating, requests = self.index.seating, list(self.held)
        self._at_most(seating.seats(), requests, self.length)
        if seating.own:
            shared = [request for request in requests if not seating.kinds[request]]
            self._at_most(sum(seating.shared), shared, self.length)

    def _interpreters(self) -> None:
        """By those who could serve it, each request takes hours that some of them have."""
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for request in self.held:
            if self.index.needs[request]:
                groups[self.index.able[request]].append(request)
        hours, given = self.relaxed.interpreter_hours(), defaultdict(list)
        for able, requests in groups.items():
            parts = [self.model.new_int_var(0, hours[one], "") for one in able]
            for one, part in zip(able, parts, strict=True):
                given[one].append(part)
            taken = sum(self.length[request] * self.held[request] for request in requests)
            self.model.add(taken <= sum(parts))
        for one, parts in given.items():
            self.model.add(sum(parts) <= hours[one])

    def _orders(self) -> None:
        """Two in an order, of which the later could not begin after the earlier has ended."""
        domain = self.index.domain
        for after, befores in self.index.earlier.items():
            for before in befores:
                if after in self.held and before in self.held:
                    ends = (domain[before] & -domain[before]).bit_length() - 1 + self.length[before]
                    if not domain[after] >> ends:
                        self.model.add_at_most_one([self.held[before], self.held[after]])

    def _merit(self) -> Weighted:
        return [(self.index.merit[request], held) for request, held in self.held.items()]

    def _levels(self) -> list[Terms]:
        """In the order of ``Levels``."""
        index, held = self.index, self.held
        told = [request for request in index.announced if request in held]
        lost = len(index.announced) - len(told)
        out: Weighted = [(1, held[r].negated()) for r in told]
        moved: Weighted = [(1, held[r]) for r in told if not index.stays_possible(r)]
        waits = self._waits()
        idle = [(wait, once) for wait, once in waits if wait]
        unfair = [(uneven([wait]), once) for wait, once in waits if wait > 1]
        return [(self._missing(), 0), (out, lost), (moved, 0), (idle, 0), (unfair, 0)]

    def _missing(self) -> Weighted:
        """For everybody a Boolean for each meeting missing to the least, each dearer than the one before."""
        terms: Weighted = []
        for person, least in enumerate(self.index.least):
            missing = [self.model.new_bool_var("") for _ in range(least)]
            if missing:
                self.model.add(sum(self.held[r] for r in self.wishes[person]) + sum(missing) >= least)
            terms += [(nth + 1, one) for nth, one in enumerate(missing)]
        return terms

    def _waits(self) -> Weighted:
        """The least wait of whoever cannot always do without, and the Boolean of meeting just so often."""
        terms: Weighted = []
        for person, wishes in enumerate(self.wishes):
            waits = self.relaxed.waits(person)[: sum(self.length[r] for r in wishes) + 1]
            if any(waits):
                often = [self.model.new_bool_var("") for _ in waits]
                self.model.add_exactly_one(often)
                taken = sum(self.length[request] * self.held[request] for request in wishes)
                self.model.add(taken == sum(number * once for number, once in enumerate(often)))
                terms += zip(waits, often, strict=True)
        return terms

    def _at_most(self, most: int, requests: Sequence[int], size: Sequence[int] | None = None) -> None:
        sizes = [1 if size is None else size[request] for request in requests]
        if sum(sizes) > most:
            held = [self.held[request] for request in requests]
            self.model.add(sum(each * one for each, one in zip(sizes, held, strict=True)) <= most)

    def _solve(self, work: float, known: int) -> int:
        """Search, note what is chosen, and return the bound of the objective: ``known`` if nothing was found.

        The solver then names 0, which is no bound of a maximum.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.max_deterministic_time = work
        self.model.clear_hints()
        taken = set(self.chosen)
        for request, held in self.held.items():
            if taken:
                self.model.add_hint(held, request in taken)
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return known
        self.chosen = tuple(sorted(r for r, held in self.held.items() if solver.boolean_value(held)))
        return round(solver.best_objective_bound)


def _sum(terms: Terms) -> cp_model.LinearExpr:
    weighted, base = terms
    return (
        cp_model.LinearExpr.weighted_sum([one for _, one in weighted], [each for each, _ in weighted]) + base
    )
