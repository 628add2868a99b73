"""A day as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.domain.programme_grid import Grid, arrange
from tests.factories import at


@dataclass(frozen=True)
class Item:
    name: str
    starts_at: datetime
    ends_at: datetime
    track: str = ""


def drawn(grid: Grid[Item]) -> list[list[tuple[str | None, int, int]]]:
    return [
        [(cell.item.name if cell.item else None, cell.rows, cell.columns) for cell in row.cells]
        for row in grid.rows
    ]


def test_what_is_at_once_stands_side_by_side_and_length_is_rows() -> None:
    grid = arrange(
        [
            Item("plenary", at(10), at(12), "a"),
            Item("textiles", at(10), at(11), "b"),
            Item("logistics", at(11), at(12), "b"),
        ]
    )
    assert (grid.width, drawn(grid)) == (
        2,
        [[("plenary", 2, 1), ("textiles", 1, 1)], [("logistics", 1, 1)]],
    )


def test_what_is_alone_goes_across() -> None:
    grid = arrange(
        [
            Item("one", at(10), at(12), "a"),
            Item("other", at(10), at(12), "b"),
            Item("lunch", at(12), at(13), "c"),
        ]
    )
    assert drawn(grid) == [[("one", 1, 1), ("other", 1, 1)], [("lunch", 1, 2)]]


def test_an_item_spreads_over_the_free_time_beside_it() -> None:
    grid = arrange(
        [
            Item("panel", at(10), at(11), "a"),
            Item("coffee", at(11), at(12), "a"),
            Item("meetings", at(10), at(11), "b"),
            Item("visit", at(10), at(12), "c"),
        ]
    )
    assert drawn(grid) == [
        [("panel", 1, 1), ("meetings", 1, 1), ("visit", 2, 1)],
        [("coffee", 1, 2)],
    ]


def test_time_that_is_free_in_part_stays_empty() -> None:
    grid = arrange([Item("panel", at(10), at(12), "a"), Item("walk", at(11), at(13), "b")])
    assert drawn(grid) == [
        [("panel", 2, 1), (None, 1, 1)],
        [("walk", 2, 1)],
        [(None, 1, 1)],
    ]


def test_a_track_stays_in_its_column() -> None:
    grid = arrange(
        [
            Item("meetings", at(10), at(11), "meetings"),
            Item("panel", at(10), at(12), "hall"),
            Item("visit", at(10), at(11), "visits"),
            Item("meetings again", at(11), at(12), "meetings"),
            Item("second visit", at(11), at(12), "visits"),
        ]
    )
    assert drawn(grid) == [
        [("panel", 2, 1), ("meetings", 1, 1), ("visit", 1, 1)],
        [("meetings again", 1, 1), ("second visit", 1, 1)],
    ]


def test_two_things_at_once_in_one_place_both_show() -> None:
    grid = arrange([Item("one", at(10), at(12), "a"), Item("other", at(10), at(12), "a")])
    assert drawn(grid) == [[("one", 1, 1), ("other", 1, 1)]]


def test_an_hour_in_which_nothing_is_on_has_no_row() -> None:
    grid = arrange([Item("morning", at(10), at(11)), Item("evening", at(18), at(19))])
    assert [row.starts_at for row in grid.rows] == [at(10), at(18)]


def test_a_day_without_anything_is_empty() -> None:
    assert drawn(arrange([])) == []
