"""How little one must wait who meets so often, whatever the others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.scheduling.indexed import Indexed

Waits = tuple[int, ...]


class LeastWaits:
    """``of(person)[n]`` is the fewest slots waited by the person when meeting in ``n`` slots.

    The tuple ends with the most slots in which the person can meet: all that are free, but for the pauses
    that are due. Many people are free in the same slots, so each case is reckoned once.
    """

    def __init__(self, index: Indexed) -> None:
        self.index = index
        self._known: dict[tuple[int, int, int], Waits] = {}

    def of(self, person: int) -> Waits:
        index = self.index
        stamina = index.rest_after.get(person, index.slot_count)
        case = index.free[person], index.away[person], stamina
        if case not in self._known:
            self._known[case] = self._in_all(*case)
        return self._known[case]

    def _in_all(self, free: int, away: int, stamina: int) -> Waits:
        waits: list[int] = [0]
        for block in self.index.blocks:
            inside = _in_block(free & block, block & ~away, stamina)
            waits = [
                min(
                    waits[here] + inside[count - here]
                    for here in range(max(0, count - len(inside) + 1), min(count, len(waits) - 1) + 1)
                )
                for count in range(len(waits) + len(inside) - 1)
            ]
        return tuple(waits)


def _in_block(free: int, present: int, stamina: int) -> list[int]:
    """The same inside one block: over every stretch, what of it is not spent meeting is waited."""
    waits: list[int] = [0]
    ends = [1 << slot for slot in range(free.bit_length()) if free >> slot & 1]
    for place, first in enumerate(ends):
        for last in ends[place:]:
            stretch = (last << 1) - first
            most, span = most_hours(free & stretch, stamina), (present & stretch).bit_count()
            waits += [span] * (most + 1 - len(waits))
            for count in range(1, most + 1):
                waits[count] = min(waits[count], span - count)
    return waits


def most_hours(hours: int, stamina: int) -> int:
    """The most of these slots that can be taken when a pause is due after ``stamina`` in a row."""
    total = run = 0
    while hours:
        if hours & 1:
            run += 1
        else:
            total += run - run // (stamina + 1)
            run = 0
        hours >>= 1
    return total + run - run // (stamina + 1)
