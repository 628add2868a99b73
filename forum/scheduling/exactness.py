"""How large weights can be before the solvers no longer add them exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from forum.scheduling.well_formed import ProblemError

MOST_IN_ALL: Final = 2**53
"""The solver of whole models tells its objective as a floating number, which is exact up to this."""

MOST_OF_A_FLOW: Final = 2**62
"""The flow counts costs in 64 bits, and while it works each of them times the number of its nodes."""


def share(least: Iterable[int]) -> int:
    """More than all people together can be short of meetings: in a flow, one weight outdoes all of that."""
    return 1 + sum(each * (each + 1) for each in least)


def refuse_inexact(total: int, dearest: int, least: Sequence[int], heaviest: int) -> None:
    """Raise a ProblemError where sums could be wrong.

    Args:
        total: the merits of all requests together.
        dearest: the merit of one of them, at most.
        least: by person, how many meetings they should have.
        heaviest: the largest weight, for the sentence.
    """
    nodes = 2 * len(least) + 2
    arc = share(least) * dearest * 2 * (nodes + 1)
    if total > MOST_IN_ALL or max(2 * share(least) * total, arc) > MOST_OF_A_FLOW:
        raise ProblemError("weights_too_large", weight=heaviest)
