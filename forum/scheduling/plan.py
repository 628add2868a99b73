"""What comes out: placements, what stayed unplaced, and a certificate of how good it is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Placement:
    request: Hashable
    slot: Hashable
    table: Hashable
    interpreter: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective: what the plan has, and what no plan as good in all before can beat.

    ``bound`` is None where nothing is known of that.
    """

    name: str
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good a plan is, each level after the one before.

    ``weight`` sums the weights placed; ``bound`` is what no plan with as many musts can exceed.
    ``shortfall`` is fairness: for everybody below the least number of meetings 1, 3, 6 ... as 1, 2, 3 ...
    are missing. ``cancelled`` and ``moved`` count announced meetings, where a plan was announced.
    ``idle`` counts the slots that people wait between two meetings of one block, ``longest_wait`` is the
    most that one person waits in all. ``uneven`` is how these are shared out: 1, 3, 6 ... for everybody who
    waits two, three, four slots. A ``…_bound`` is what no plan as good before can undercut.
    ``table_changes`` counts people who walk to another table between two meetings of a block,
    ``interpreter_changes`` those who get another interpreter.
    """

    placed: int
    musts: int
    musts_bound: int
    weight: int
    bound: int
    idle: int
    idle_bound: int
    table_changes: int
    interpreter_changes: int
    shortfall: int = 0
    shortfall_bound: int = 0
    cancelled: int = 0
    cancelled_bound: int = 0
    moved: int = 0
    moved_bound: int = 0
    uneven: int = 0
    uneven_bound: int = 0
    longest_wait: int = 0
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> int:
        return self.bound - self.weight

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that a bound is known of, the most important first."""
        return (
            Level("musts", self.musts, self.musts_bound),
            Level("weight", self.weight, self.bound),
            Level("shortfall", self.shortfall, self.shortfall_bound),
            Level("cancelled", self.cancelled, self.cancelled_bound),
            Level("moved", self.moved, self.moved_bound),
            Level("idle", self.idle, self.idle_bound),
            Level("uneven", self.uneven, self.uneven_bound),
        )

    @property
    def proven(self) -> bool:
        """True when no plan can be better in any level without being worse in one before."""
        return all(level.proven for level in self.levels)


@dataclass(frozen=True)
class Plan:
    """Placements in the order of slots, then of requests; ``unplaced`` holds the other requests."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Hashable, ...]
    certificate: Certificate | None = None

    @cached_property
    def by_request(self) -> dict[Hashable, Placement]:
        return {placement.request: placement for placement in self.placements}
