"""CP-SAT on a formula: one worker that searches over cores; a linear relaxation only hinders it here."""

from __future__ import annotations

from ortools.sat.python import cp_model

from forum.scheduling.published.formula import Formula, Literal
from forum.scheduling.published.outcome import Outcome


class CpSat:
    """One formula given to CP-SAT."""

    def __init__(self, formula: Formula) -> None:
        self._model = cp_model.CpModel()
        self._variables = [self._model.new_bool_var("") for _ in range(formula.variables)]
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        self._solver.parameters.optimize_with_core = True
        self._solver.parameters.linearization_level = 0
        self._translate(formula)

    def solve(self) -> Outcome | None:
        status = self._solver.solve(self._model)
        if status == cp_model.OPTIMAL:
            values = enumerate(self._variables, start=1)
            return Outcome(frozenset(number for number, each in values if self._solver.boolean_value(each)))
        return Outcome(None) if status == cp_model.INFEASIBLE else None

    def stop(self) -> None:
        self._solver.stop_search()

    def _translate(self, formula: Formula) -> None:
        model, literal = self._model, self._literal
        for clause in formula.clauses:
            model.add_bool_or([literal(each) for each in clause])
        for choice in formula.choices:
            model.add_exactly_one([literal(each) for each in choice])
        for terms, limit in formula.sums:
            literals = [literal(each) for _, each in terms]
            weights = [weight for weight, _ in terms]
            model.add(cp_model.LinearExpr.weighted_sum(literals, weights) <= limit)
        model.minimize(cp_model.LinearExpr.sum([literal(each) for each in formula.costs]))

    def _literal(self, literal: Literal) -> cp_model.LiteralT:
        variable = self._variables[abs(literal) - 1]
        return variable if literal > 0 else ~variable
