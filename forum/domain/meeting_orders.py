"""Which of two meetings comes first, as a graph that never leads back to where it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def without_rings(orders: Iterable[tuple[N, N]]) -> Sequence[tuple[N, N]]:
    """Of ``orders`` (before, after) those that do not contradict the ones named earlier."""
    later: dict[N, set[N]] = defaultdict(set)
    kept = []
    for before, after in orders:
        if not _leads_to(later, after, before):
            later[before].add(after)
            kept.append((before, after))
    return kept


def _leads_to(later: dict[N, set[N]], start: N, goal: N) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        ahead += later.get(here, set()) - seen
        seen |= later.get(here, set())
    return False
