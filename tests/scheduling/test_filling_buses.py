"""Buses filled so that those who belong together ride together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from forum.scheduling.filling_buses import Filling, apart, fill
from forum.scheduling.filling_model import costs
from forum.scheduling.filling_problem import BusRoom, Level, Rider, Split, WhyApart


def company(number: int, size: int, *, first: int, **facts: object) -> list[Rider]:
    return [Rider(first + nth, number, **facts) for nth in range(size)]  # type: ignore[arg-type]


def _where(filling: Filling, riders: list[Rider]) -> dict[int | None, set[int]]:
    return {
        key: {filling.buses[one.id] for one in riders if one.company == key}
        for key in {one.company for one in riders}
    }


def test_companies_ride_together_where_first_come_first_seated_would_split_one() -> None:
    riders = [*company(1, 2, first=1), *company(2, 3, first=11), *company(3, 3, first=21)]
    filling = fill([BusRoom(1, 5), BusRoom(2, 3)], riders)
    assert all(len(buses) == 1 for buses in _where(filling, riders).values())
    assert (filling.splits, filling.behind, filling.is_best) == ((), (), True)


def test_an_interpreter_rides_with_those_who_need_one() -> None:
    riders = [
        Rider(1, 1, helpers=frozenset({9})),
        Rider(2, 2),
        Rider(3, 3, helpers=frozenset({9})),
        Rider(9),
    ]
    filling = fill([BusRoom(1, 2), BusRoom(2, 3)], riders)
    assert (filling.alone, {filling.buses[key] for key in (1, 3, 9)}) == ((), {2})


def test_who_was_put_somewhere_by_hand_stays() -> None:
    riders = [*company(1, 2, first=1), Rider(5, 1, bus=2, is_fixed=True), Rider(6, 2, bus=2)]
    filling = fill([BusRoom(1, 4), BusRoom(2, 2)], riders)
    assert filling.buses[5] == 2


def test_nobody_moves_without_need() -> None:
    riders = [Rider(1, 1, bus=2), Rider(2, 1, bus=2), Rider(3, 2, bus=1)]
    assert fill([BusRoom(1, 3), BusRoom(2, 3)], riders).buses == {1: 2, 2: 2, 3: 1}


def test_a_bus_is_never_overfull_and_who_finds_no_seat_is_named() -> None:
    riders = company(1, 7, first=1)
    filling = fill([BusRoom(1, 3), BusRoom(2, 3)], riders)
    assert (Counter(filling.buses.values()), len(filling.behind)) == ({1: 3, 2: 3}, 1)
    assert [split.why for split in filling.splits] == [WhyApart.LARGER]


def test_it_says_why_a_company_is_apart() -> None:
    rooms = [BusRoom(1, 3), BusRoom(2, 3)]
    stuck = [Rider(90, bus=1, is_fixed=True), Rider(91, bus=2, is_fixed=True)]
    said = {
        "fixed": apart(rooms, [Rider(1, 1, bus=1, is_fixed=True), Rider(2, 1, bus=2, is_fixed=True)]),
        "no_room": apart(rooms, [Rider(1, 1, bus=1), Rider(2, 1, bus=2), Rider(3, 1, bus=2), *stuck]),
        "traded": apart(rooms, [Rider(1, 1, bus=1), Rider(2, 1, bus=2)]),
    }
    assert said["traded"] == (Split(1, {1: 1, 2: 1}, WhyApart.TRADED),)
    assert {name: [split.why.value for split in splits] for name, splits in said.items()} == {
        name: [name] for name in said
    }


def _fillings(rooms: list[BusRoom], riders: list[Rider]) -> Iterator[tuple[int, ...]]:
    """What every filling that is allowed costs, level by level."""
    for placed in product([None, *(room.id for room in rooms)], repeat=len(riders)):
        stays = all(not one.is_fixed or one.bus == bus for one, bus in zip(riders, placed, strict=True))
        if stays and all(placed.count(room.id) <= room.capacity for room in rooms):
            now = costs([replace(one, bus=bus) for one, bus in zip(riders, placed, strict=True)])
            moved = sum(one.bus not in (None, bus) for one, bus in zip(riders, placed, strict=True))
            yield (*now.values(), moved)


@pytest.mark.parametrize("seed", range(12))
def test_no_filling_is_better_level_by_level_and_it_says_so(seed: int) -> None:
    random = Random(seed)
    rooms = [BusRoom(number, random.randint(2, 4)) for number in (1, 2)]
    riders = [
        Rider(
            number,
            random.choice([None, 1, 2]),
            random.choice([7, 8]),
            frozenset({1}) if number > 1 and random.random() < 0.4 else frozenset(),
            random.choice([None, 1, 2]),
        )
        for number in range(1, random.randint(4, 7))
    ]
    filling = fill(rooms, riders)
    assert tuple(each.cost for each in filling.levels) == min(_fillings(rooms, riders))
    assert [each.level for each in filling.levels if each.is_best] == list(Level)


def test_four_hundred_people_are_filled_to_the_proof() -> None:
    """Two delegations and nine buses without a spare seat; everybody sits somewhere already."""
    random = Random(1)
    seats = [1 + place // 45 for place in range(400)]
    random.shuffle(seats)
    riders = [
        Rider(number, number // 2 if number < 60 else None, 7 if number < 206 else 8, bus=seats[number])
        for number in range(400)
    ]
    filling = fill([*(BusRoom(number, 45) for number in range(1, 9)), BusRoom(9, 40)], riders)
    assert {each.level: each.cost for each in filling.levels}[Level.DELEGATIONS] == 8
    assert filling.is_best
