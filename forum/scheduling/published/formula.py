"""Clauses and sums over Booleans, apart from any solver.

A literal is a number as in DIMACS: the variable's, counted from 1, or its negative for "not".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Literal = int
Term = tuple[int, Literal]


@dataclass(slots=True)
class Formula:
    """``sums`` are kept as (terms, limit): the weights of the true literals add up to the limit at most.

    ``costs`` are the literals of which as few as possible should be true.
    """

    variables: int = 0
    clauses: list[Sequence[Literal]] = field(default_factory=list)
    choices: list[Sequence[Literal]] = field(default_factory=list)
    sums: list[tuple[Sequence[Term], int]] = field(default_factory=list)
    costs: list[Literal] = field(default_factory=list)

    def variable(self) -> Literal:
        self.variables += 1
        return self.variables

    def copy(self) -> Formula:
        """One that can be added to while this stays as it is."""
        return Formula(self.variables, [*self.clauses], [*self.choices], [*self.sums], [*self.costs])

    def clause(self, *literals: Literal) -> None:
        """One at least is true; without literals, nothing satisfies the formula."""
        self.clauses.append(literals)

    def exactly_one(self, literals: Sequence[Literal]) -> None:
        if literals:
            self.choices.append(literals)
        else:
            self.clause()

    def any_of(self, literals: Sequence[Literal]) -> Literal | None:
        """A literal that says whether one of these, of which at most one can be true, is true."""
        if len(literals) < 2:
            return literals[0] if literals else None
        result = self.variable()
        self.exactly_one((*literals, -result))
        return result

    def at_most(self, limit: int, literals: Iterable[Literal]) -> None:
        terms = [(1, literal) for literal in literals]
        if limit < 0:
            self.clause()
        elif len(terms) > limit:
            self.sums.append((terms, limit))

    def at_least(self, limit: int, literals: Sequence[Literal]) -> None:
        self.at_most(len(literals) - limit, [-literal for literal in literals])
