"""What counts after musts and weight: the levels of the objective that are to be small, in their order."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.scheduling.board import Board


CANCELLED, MOVED = 1, 2
"""The places of two of them."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Values of a plan, or floors: what no plan undercuts that is as good in all that comes before.

    What they mean is said in ``plan.Certificate``.
    """

    shortfall: int = 0
    cancelled: int = 0
    moved: int = 0
    idle: int = 0
    uneven: int = 0

    def at_least(self, other: Levels) -> Levels:
        """The higher of either, level by level."""
        return Levels(*map(max, astuple(self), astuple(other)))


def levels_of(board: Board) -> Levels:
    return Levels(board.shortfall(), *board.cancelled_and_moved(), board.idle(), board.uneven())


def uneven(waits: list[int]) -> int:
    """1 for everybody who waits two slots, 3 for three, 6 for four: the first one is not counted."""
    return sum(wait * (wait - 1) // 2 for wait in waits if wait > 1)
