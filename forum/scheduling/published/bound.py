"""A number of breaks below which no schedule can be, known before any search.

A linear relaxation lets meetings be spread over slots, while everybody either has all meetings in one run of
slots or pays for a break. Only its prices are taken from there. What they prove is reckoned out in whole
numbers, as a Lagrangian bound holds for any prices, so that no rounding of the solver can spoil a proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any, Final

from ortools.linear_solver import pywraplp

from forum.scheduling.published.problem import PublishedProblem

_SCALE: Final = 1_000_000
QUICK: Final = "PDLP"
SURE: Final = "GLOP"
_SOON_NEAR: Final = "termination_criteria { iteration_limit: 4000 }"


@dataclass(frozen=True, slots=True)
class _Prices:
    """In millionths of a break: of a slot's table, and of somebody's meeting in a slot."""

    table: Sequence[int]
    person: Sequence[Sequence[int]]


class Relaxation:
    """``stop`` may be called from any thread; the bound is then poorer.

    ``solver`` is one of OR-tools' for linear programs: ``QUICK`` comes near the prices, ``SURE`` finds them.
    """

    def __init__(self, problem: PublishedProblem, solver: str) -> None:
        self.problem = problem
        self.solver = pywraplp.Solver.CreateSolver(solver)
        if solver == QUICK:
            self.solver.SetSolverSpecificParametersAsString(_SOON_NEAR)
        self.tables = [self.solver.Constraint(0, problem.tables) for _ in range(problem.slots)]
        self.links = [[self.solver.Constraint(0, 0) for _ in self.tables] for _ in problem.participants]
        for number in range(len(problem.meetings)):
            self._spread(number)
        self.solver.Objective().SetMinimization()
        for participant in problem.participants:
            if len(problem.meetings_of[participant]) > 1:
                self._arrange(participant)

    def bound(self) -> int | None:
        """At least so many breaks there are; None where nothing can be said."""
        if not all(self.problem.slots_of):
            return None
        prices = self._prices()
        return max(0, -(-_proven(self.problem, prices) // _SCALE)) if prices else None

    def stop(self) -> None:
        self.solver.InterruptSolve()

    def _prices(self) -> _Prices | None:
        """None where the relaxation itself has no solution, or not in time."""
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        return _Prices(
            [max(0, -_price(table)) for table in self.tables],
            [[-_price(link) for link in links] for links in self.links],
        )

    def _spread(self, number: int) -> None:
        whole = self.solver.Constraint(1, 1)
        for slot in self.problem.slots_of[number]:
            part = self.solver.NumVar(0, 1, "")
            whole.SetCoefficient(part, 1)
            self.tables[slot].SetCoefficient(part, 1)
            for participant in self.problem.meetings[number].participants:
                if len(self.problem.meetings_of[participant]) > 1:
                    self.links[participant][slot].SetCoefficient(part, 1)

    def _arrange(self, participant: int) -> None:
        links = self.links[participant]
        whole = self.solver.Constraint(1, 1)
        broken = self._choice(whole)
        self.solver.Objective().SetCoefficient(broken, least_when_broken(self.problem, participant))
        for run in self.problem.runs(participant):
            unbroken = self._choice(whole)
            for slot in run:
                links[slot].SetCoefficient(unbroken, -1)
        forced = forced_slots(self.problem, participant)
        for slot in self.problem.free_slots(participant):
            if slot in forced:
                links[slot].SetCoefficient(broken, -1)
                continue
            part = self.solver.NumVar(0, 1, "")
            links[slot].SetCoefficient(part, -1)
            within = self.solver.Constraint(-self.solver.infinity(), 0)
            within.SetCoefficient(part, 1)
            within.SetCoefficient(broken, -1)

    def _choice(self, whole: Any) -> Any:
        choice = self.solver.NumVar(0, 1, "")
        whole.SetCoefficient(choice, 1)
        return choice


def _price(constraint: Any) -> int:
    return round(constraint.dual_value() * _SCALE)


def _proven(problem: PublishedProblem, prices: _Prices) -> int:
    """What the prices prove, in millionths: every meeting and every person takes what is cheapest."""
    total = -problem.tables * sum(prices.table)
    for meeting, slots in zip(problem.meetings, problem.slots_of, strict=True):
        total += min(
            prices.table[slot] + sum(prices.person[each][slot] for each in meeting.participants)
            for slot in slots
        )
    for participant in problem.participants:
        if len(problem.meetings_of[participant]) > 1:
            total -= _best_day(problem, participant, prices.person[participant])
    return total


def _best_day(problem: PublishedProblem, participant: int, price: Sequence[int]) -> int:
    """The most that the slots of a day can be worth, less what its breaks cost."""
    count, forced = len(problem.meetings_of[participant]), forced_slots(problem, participant)
    others = [price[slot] for slot in problem.free_slots(participant) if slot not in forced]
    broken = sum(price[slot] for slot in forced) + sum(nlargest(count - len(forced), others))
    broken -= _SCALE * least_when_broken(problem, participant)
    return max([broken, *(sum(price[slot] for slot in run) for run in problem.runs(participant))])


def forced_slots(problem: PublishedProblem, participant: int) -> set[int]:
    """The slots in which the participant must meet, as some meeting has no other."""
    mine = (problem.slots_of[meeting] for meeting in problem.meetings_of[participant])
    return {slots[0] for slots in mine if len(slots) == 1}


def least_when_broken(problem: PublishedProblem, participant: int) -> int:
    """The fewest breaks of a day that has any: at least one, and more where forced slots lie far apart."""
    count, forced = len(problem.meetings_of[participant]), forced_slots(problem, participant)
    free = set(problem.free_slots(participant))
    days: dict[tuple[int, bool], int] = {(0, False): 0}  # (met so far, met just now): the fewest breaks
    for slot in range(problem.slots):
        after: dict[tuple[int, bool], int] = {}
        for (met, just), breaks in days.items():
            if slot in free and met < count:
                begun = breaks + (met > 0 and not just)
                after[met + 1, True] = min(begun, after.get((met + 1, True), begun))
            if slot not in forced:
                after[met, False] = min(breaks, after.get((met, False), breaks))
        days = after
    return max(1, min((breaks for (met, _), breaks in days.items() if met == count), default=1))
