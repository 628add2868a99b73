"""Which of two meetings comes first, as a graph that never leads back to where it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)

Pair = frozenset[int]
"""The companies of a meeting: those who ask each other have one."""


def without_rings(orders: Iterable[tuple[N, N]]) -> Sequence[tuple[N, N]]:
    """Of ``orders`` (before, after) those that do not contradict the ones named earlier."""
    later: dict[N, set[N]] = defaultdict(set)
    kept = []
    for before, after in orders:
        if not _leads_to(later, after, before):
            later[before].add(after)
            kept.append((before, after))
    return kept


def fallen(orders: Mapping[int, tuple[Pair, Pair]], renamed: Mapping[int, int]) -> tuple[int, ...]:
    """Which orders no longer hold once some companies have become others.

    A company does not meet itself, a meeting does not come before itself, and of orders that contradict each
    other the one named earlier stays. An order that is then there twice holds.

    Args:
        orders: (before, after) of each order, the one named first before the others.
        renamed: the company that goes to the one that stays.
    """
    held = set(without_rings(orders.values()))
    then = {key: (_after(order[0], renamed), _after(order[1], renamed)) for key, order in orders.items()}
    holding = set(without_rings(each for each in then.values() if min(map(len, each)) > 1))
    return tuple(key for key in orders if orders[key] in held and then[key] not in holding)


def _after(pair: Pair, renamed: Mapping[int, int]) -> Pair:
    return frozenset(renamed.get(company, company) for company in pair)


def _leads_to(later: dict[N, set[N]], start: N, goal: N) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        ahead += later.get(here, set()) - seen
        seen |= later.get(here, set())
    return False
