"""Two ways to the least number of breaks, each long where the other is often short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from forum.scheduling.published.bound import QUICK, SURE, Relaxation
from forum.scheduling.published.clasp import Clasp
from forum.scheduling.published.cpsat import CpSat
from forum.scheduling.published.encoding import Encoding
from forum.scheduling.published.formula import Formula
from forum.scheduling.published.outcome import Outcome
from forum.scheduling.published.problem import PublishedProblem

_CONFLICTS: Final = 30_000  # about a second where there is none
_CONFLICTS_IF_CROWDED: Final = 300_000
_CROWDED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Task:
    """A problem and its formula, which the ways share and leave as they are."""

    problem: PublishedProblem
    encoding: Encoding

    @property
    def is_crowded(self) -> bool:
        """Are there few more seats at tables than meetings?"""
        problem = self.problem
        return len(problem.meetings) >= _CROWDED * problem.slots * problem.tables


class Stoppable(Protocol):
    def stop(self) -> None:
        """End the work soon; may be called from any thread and again."""


class Solver(Stoppable, Protocol):
    def solve(self) -> Outcome | None:
        """What was proven; None after ``stop`` or when the work allowed is done."""


class Way:
    """Solvers one after another, until one has proven something or ``stop`` was called."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._solver: Stoppable | None = None
        self._stopped = False

    def solve(self) -> Outcome | None:
        raise NotImplementedError

    def stop(self) -> None:
        self._stopped = True
        if self._solver is not None:
            self._solver.stop()

    def _run(self, make: Callable[[], Solver]) -> Outcome | None:
        if self._stopped:
            return None
        solver = make()
        self._solver = solver
        return solver.solve()


class Cores(Way):
    """CP-SAT on the plain formula; clasp, which is much sooner there, where tables are nearly all taken."""

    def solve(self) -> Outcome | None:
        formula = self.task.encoding.formula
        if self.task.is_crowded and formula.costs:
            return self._run(lambda: Clasp(formula))
        return self._run(lambda: CpSat(formula))


class Bound(Way):
    """A schedule with no more breaks than the bound, which clasp finds soon if at all, or else cores again.

    Where clasp proves that there is none, one break more is tried. The last search over cores knows the
    bound and the runs, counts tables by meetings, and so takes other paths than the first.
    """

    def solve(self) -> Outcome | None:
        bound = self._bound()
        met = self._met(bound)
        while met is not None and met.true is None and bound < len(self.task.encoding.formula.costs):
            bound += 1
            met = self._met(bound)
        if met is not None:
            return met
        return self._run(lambda: CpSat(self._all_known(bound)))

    def _met(self, bound: int) -> Outcome | None:
        conflicts = _CONFLICTS_IF_CROWDED if self.task.is_crowded else _CONFLICTS
        return self._run(lambda: Clasp(self._at_most(bound), conflicts=conflicts))

    def _bound(self) -> int:
        for solver in (QUICK, SURE):
            relaxation = Relaxation(self.task.problem, solver)
            self._solver = relaxation
            bound = None if self._stopped else relaxation.bound()
            if bound is not None:
                return bound
        return 0

    def _at_most(self, bound: int) -> Formula:
        formula = self.task.encoding.with_runs()
        formula.at_most(bound, formula.costs)
        formula.costs = []
        return formula

    def _all_known(self, bound: int) -> Formula:
        formula = Encoding(self.task.problem, by_clusters=False).with_runs()
        formula.at_least(bound, formula.costs)
        return formula
