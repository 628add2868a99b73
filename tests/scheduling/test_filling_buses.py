"""Buses filled so that those who belong together ride together."""

from __future__ import annotations

from collections import Counter

from forum.scheduling.filling_buses import BusRoom, Filling, Rider, Split, WhyApart, apart, fill


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
