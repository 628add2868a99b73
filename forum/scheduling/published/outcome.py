"""What a solver proved of a formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The variables that are true in a cheapest solution; None when there is no solution at all."""

    true: frozenset[int] | None
