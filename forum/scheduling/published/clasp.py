"""clasp (of clingo) on a formula: sums propagate themselves there, and models come soon.

The formula is handed over as a ground program: every variable may be chosen, clauses and sums forbid. Costs
are minimised over cores (OLL); a formula without costs only wants a model.
"""

from __future__ import annotations

from typing import Final

from clingo import Control

from forum.scheduling.published.formula import Formula
from forum.scheduling.published.outcome import Outcome

_ANY_MODEL: Final = ("--configuration=handy",)
_OVER_CORES: Final = ("--configuration=tweety", "--opt-strategy=usc,oll")


class Clasp:
    """One formula given to clasp, which gives up after so many ``conflicts``, or never."""

    def __init__(self, formula: Formula, *, conflicts: int | None = None) -> None:
        self._variables = range(1, formula.variables + 1)
        limit = () if conflicts is None else (f"--solve-limit={conflicts}",)
        self._minimises = bool(formula.costs)
        self._control = Control([*(_OVER_CORES if formula.costs else _ANY_MODEL), *limit])
        self._translate(formula)

    def solve(self) -> Outcome | None:
        best: Outcome | None = None
        with self._control.solve(yield_=True) as search:
            for model in search:
                best = Outcome(frozenset(number for number in self._variables if model.is_true(number)))
            result = search.get()
        if result.unsatisfiable:
            return Outcome(None)
        return best if result.exhausted or not self._minimises else None

    def stop(self) -> None:
        self._control.interrupt()

    def _translate(self, formula: Formula) -> None:
        with self._control.backend() as program:
            # A fresh program numbers its atoms from 1, as the formula does its variables.
            program.add_rule([program.add_atom() for _ in self._variables], choice=True)
            for clause in formula.clauses:
                program.add_rule([], [-literal for literal in clause])
            for choice in formula.choices:
                program.add_rule([], [-literal for literal in choice])
                program.add_weight_rule([], 2, [(literal, 1) for literal in choice])
            if formula.costs:
                program.add_minimize(0, [(literal, 1) for literal in formula.costs])
            for terms, limit in formula.sums:
                program.add_weight_rule([], limit + 1, [(literal, weight) for weight, literal in terms])
