"""Two ways to the least number of breaks, each long where the other is often short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from forum.scheduling.published.bound import Relaxation
from forum.scheduling.published.clasp import Clasp
from forum.scheduling.published.cpsat import CpSat
from forum.scheduling.published.encoding import Encoding
from forum.scheduling.published.formula import Formula
from forum.scheduling.published.outcome import Outcome
from forum.scheduling.published.problem import PublishedProblem

_CONFLICTS: Final = 300_000  # some seconds where there is none


@dataclass(frozen=True, slots=True)
class Task:
    """A problem and its formula, which the ways share and leave as they are."""

    problem: PublishedProblem
    encoding: Encoding


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
    """CP-SAT on the plain formula."""

    def solve(self) -> Outcome | None:
        return self._run(lambda: CpSat(self.task.encoding.formula))


class Bound(Way):
    """A schedule with no more breaks than the bound, which clasp finds soon if at all, or else cores again.

    The second search over cores knows the bound and the runs, and so takes other paths than the first.
    """

    def solve(self) -> Outcome | None:
        bound = self._bound()
        met = self._run(lambda: Clasp(self._at_most(bound), conflicts=_CONFLICTS))
        if met is not None and met.true is not None:
            return met
        return self._run(lambda: CpSat(self._all_known(bound)))

    def _bound(self) -> int:
        relaxation = Relaxation(self.task.problem)
        self._solver = relaxation
        return 0 if self._stopped else relaxation.bound()

    def _at_most(self, bound: int) -> Formula:
        formula = self.task.encoding.with_runs()
        formula.at_most(bound, formula.costs)
        formula.costs = []
        return formula

    def _all_known(self, bound: int) -> Formula:
        formula = self.task.encoding.with_runs()
        formula.at_least(bound, formula.costs)
        return formula
