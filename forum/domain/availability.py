"""Stretches in which somebody cannot meet, as slots that are switched off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from forum.domain.intervals import Interval

MOST_MEETINGS: Final = 60
LONGEST_RUN: Final = 12
"""Meetings in a row before a rest."""


class Change(NamedTuple):
    """Absences to remove, and those to write instead."""

    gone: frozenset[Interval]
    new: tuple[Interval, ...]


def change(
    absences: Collection[Interval], slots: Sequence[Interval], offered: Collection[int], off: Collection[int]
) -> Change:
    """What has to change so that of the ``offered`` slots just those in ``off`` are absences.

    An absence that was typed to the minute stays as it is while all of its slots are off. What is not
    offered (a session, a visit: taken anyway) keeps the absence that it may have.

    Args:
        slots: in the order of time; ``offered`` and ``off`` are places in it.
    """
    covered = {place for place, slot in enumerate(slots) if any(slot.overlaps(each) for each in absences)}
    wanted = (covered - set(offered)) | (set(off) & set(offered))
    gone = frozenset(each for each in absences if not _places(each, slots) <= wanted)
    kept = [each for each in absences if each not in gone]
    left = [place for place in sorted(wanted) if not any(slots[place].overlaps(each) for each in kept)]
    return Change(gone, tuple(_joined(left, slots)))


def _places(absence: Interval, slots: Iterable[Interval]) -> set[int]:
    return {place for place, slot in enumerate(slots) if slot.overlaps(absence)}


def _joined(places: Iterable[int], slots: Sequence[Interval]) -> Iterable[Interval]:
    """Neighbours of one day as one stretch, each with the pause behind it."""
    run: list[int] = []
    for place in places:
        if run and (place != run[-1] + 1 or slots[place].start.date() != slots[run[-1]].start.date()):
            yield Interval(slots[run[0]].start, slots[run[-1]].end)
            run = []
        run.append(place)
    if run:
        yield Interval(slots[run[0]].start, slots[run[-1]].end)
