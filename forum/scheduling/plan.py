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
class Certificate:
    """How good a plan is, each level after the one before: musts, weight, idle.

    ``weight`` sums the weights placed; ``bound`` is what no plan with as many musts can exceed.
    ``idle`` counts the slots that people wait between two meetings of one block, ``idle_bound`` is what no
    plan of that weight can undercut. ``table_changes`` counts people who walk to another table between two
    meetings of a block, ``interpreter_changes`` those who get another interpreter.
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
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> int:
        return self.bound - self.weight

    @property
    def proven(self) -> bool:
        """True when no plan can be better in musts, then weight, then idle."""
        return self.musts == self.musts_bound and self.gap == 0 and self.idle == self.idle_bound


@dataclass(frozen=True)
class Plan:
    """Placements in the order of slots, then of requests; ``unplaced`` holds the other requests."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Hashable, ...]
    certificate: Certificate | None = None

    @cached_property
    def by_request(self) -> dict[Hashable, Placement]:
        return {placement.request: placement for placement in self.placements}
