"""The published problem as a formula.

Each break is one Boolean at its end (a meeting now, none in the slot before, one earlier): cores over those
are short, where a count of runs gives none. The clusters are the paper's equations 46 and 47.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import product

from forum.scheduling.published.formula import Formula, Literal
from forum.scheduling.published.problem import PublishedProblem


class Encoding:
    """``held[meeting][slot]`` is the literal of a meeting being in a slot of its own.

    These come first and are the same in every encoding of a problem. With ``by_clusters`` tables are counted
    by the clusters, which suits some searches, else by the meetings, which suits others.
    """

    def __init__(self, problem: PublishedProblem, *, by_clusters: bool = True) -> None:
        self.problem = problem
        self.by_clusters = by_clusters
        self.formula = Formula()
        self.held = [{slot: self.formula.variable() for slot in slots} for slots in problem.slots_of]
        for slots in self.held:
            self.formula.exactly_one(tuple(slots.values()))
        self.meets = [self._meets(participant) for participant in problem.participants]
        self._tables()
        self._precedences()
        self.breaks = [self._breaks(participant) for participant in problem.participants]
        self.formula.costs = [each for ends in self.breaks for each in ends]
        self._fairness()

    def read(self, true: Container[int]) -> tuple[int, ...]:
        """The slot of each meeting, given the variables that are true."""
        return tuple(next(slot for slot, at in slots.items() if at in true) for slots in self.held)

    def with_runs(self) -> Formula:
        """The formula with choices added that it implies: a break, or one run of slots for all meetings.

        They make proofs shorter and the formula longer, which pays where a search takes long.
        """
        formula = self.formula.copy()
        for participant in self.problem.participants:
            if len(self.problem.meetings_of[participant]) > 1:
                self._choose_run(formula, participant)
        return formula

    def _choose_run(self, formula: Formula, participant: int) -> None:
        runs = list(self.problem.runs(participant))
        chosen = [formula.variable() for _ in runs]
        broken = formula.variable()
        formula.exactly_one([*chosen, broken])
        formula.clause(-broken, *self.breaks[participant])
        for end in self.breaks[participant]:
            formula.clause(-end, broken)
        for slot, meets in enumerate(self.meets[participant]):
            if meets is None:
                continue
            here = [each for each, run in zip(chosen, runs, strict=True) if slot in run]
            elsewhere = [each for each, run in zip(chosen, runs, strict=True) if slot not in run]
            formula.clause(-meets, broken, *here)
            formula.clause(meets, broken, *elsewhere)
            for each in here:
                formula.clause(-each, meets)
            for each in elsewhere:
                formula.clause(-each, -meets)

    def _in_slot(self, meetings: list[int] | tuple[int, ...], slot: int) -> list[Literal]:
        return [self.held[meeting][slot] for meeting in meetings if slot in self.held[meeting]]

    def _meets(self, participant: int) -> list[Literal | None]:
        """For each slot whether the participant meets then; None where that cannot be."""
        mine = self.problem.meetings_of[participant]
        meets = [self.formula.any_of(self._in_slot(mine, slot)) for slot in range(self.problem.slots)]
        possible = [each for each in meets if each is not None]
        self.formula.at_most(len(mine), possible)
        self.formula.at_least(len(mine), possible)
        return meets

    def _tables(self) -> None:
        """The tables bound the clusters that meet in a slot, and twice the tables the people."""
        everybody = [[meeting] for meeting in range(len(self.problem.meetings))]
        clusters = self._clusters() if self.by_clusters else everybody
        for slot in range(self.problem.slots):
            busy = (self.formula.any_of(self._in_slot(cluster, slot)) for cluster in clusters)
            self.formula.at_most(self.problem.tables, [each for each in busy if each is not None])
            people = (meets[slot] for meets in self.meets)
            self.formula.at_most(2 * self.problem.tables, [each for each in people if each is not None])

    def _clusters(self) -> list[list[int]]:
        """Meetings shared out to participants, the busiest first: one cluster takes one table at a time."""
        left = set(range(len(self.problem.meetings)))
        clusters = []
        while left:
            mine = max(([m for m in of if m in left] for of in self.problem.meetings_of), key=len)
            clusters.append(mine)
            left.difference_update(mine)
        return clusters

    def _precedences(self) -> None:
        for number, meeting in enumerate(self.problem.meetings):
            for earlier in sorted(meeting.after):
                for (slot, here), (other, there) in product(
                    self.held[number].items(), self.held[earlier].items()
                ):
                    if other >= slot:
                        self.formula.clause(-here, -there)

    def _breaks(self, participant: int) -> list[Literal]:
        """A literal for each slot that may end a break of the participant."""
        if len(self.problem.meetings_of[participant]) < 2:
            return []
        ends = []
        before: Literal | None = None
        previous: Literal | None = None
        for now in self.meets[participant]:
            if now is not None:
                if before is not None and before != previous:
                    ends.append(self._break_end(now, previous, before))
                before = now if before is None else self._either(before, now)
            previous = now
        return ends

    def _break_end(self, now: Literal, previous: Literal | None, before: Literal) -> Literal:
        formula = self.formula
        end = formula.variable()
        formula.clause(-end, now)
        formula.clause(-end, before)
        if previous is None:
            formula.clause(end, -now, -before)
        else:
            formula.clause(-end, -previous)
            formula.clause(end, -now, previous, -before)
        return end

    def _either(self, one: Literal, other: Literal) -> Literal:
        result = self.formula.variable()
        self.formula.clause(-one, result)
        self.formula.clause(-other, result)
        self.formula.clause(one, other, -result)
        return result

    def _fairness(self) -> None:
        """Some number of breaks is the least: everybody has at most ``fairness`` more."""
        spread = self.problem.fairness
        if not all(self.breaks):
            for ends in self.breaks:
                self.formula.at_most(spread, ends)
            return
        levels = range(min(map(len, self.breaks)) + 1)
        chosen = [self.formula.variable() for _ in levels]
        self.formula.exactly_one(chosen)
        for (least, level), ends in product(zip(levels, chosen, strict=True), self.breaks):
            self._between(level, ends, least, least + spread)

    def _between(self, level: Literal, ends: list[Literal], least: int, most: int) -> None:
        """If ``level``, then so many of ``ends``; its weight makes the sum empty words otherwise."""
        count = len(ends)
        if count > most:
            self.formula.sums.append(([*((1, each) for each in ends), (count - most, level)], count))
        if least:
            self.formula.sums.append(([*((1, -each) for each in ends), (least, level)], count))
