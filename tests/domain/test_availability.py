"""Slots switched off and on again, as stretches of absence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from forum.domain.availability import change
from forum.domain.intervals import Interval

_MORNING = datetime(2026, 12, 2, 6, tzinfo=UTC)


def _slot(place: int) -> Interval:
    start = _MORNING + timedelta(minutes=30 * place)
    return Interval(start, start + timedelta(minutes=25))


SLOTS = [_slot(place) for place in range(6)]
ALL = range(6)


def _between(first: int, last: int) -> Interval:
    return Interval(SLOTS[first].start, SLOTS[last].end)


def test_neighbours_are_one_absence() -> None:
    assert change([], SLOTS, ALL, [0, 1, 4]).new == (_between(0, 1), _between(4, 4))


def test_an_absence_typed_to_the_minute_stays_while_its_slots_are_off() -> None:
    call = Interval(SLOTS[2].start + timedelta(minutes=7), SLOTS[2].end)
    assert change([call], SLOTS, ALL, [2]) == (frozenset(), ())


def test_switching_one_slot_on_again_leaves_the_rest_of_the_absence() -> None:
    absence = _between(1, 3)
    assert change([absence], SLOTS, ALL, [1, 3]) == ({absence}, (_between(1, 1), _between(3, 3)))


def test_what_was_not_offered_keeps_its_absence() -> None:
    absence = _between(1, 2)
    assert change([absence], SLOTS, [0, 2], []) == ({absence}, (_between(1, 1),))
