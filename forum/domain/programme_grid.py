"""A day as a table: rooms across, times down, and every item a cell over the rows that it lasts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """Something at a time in a room; without a room it is everywhere."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def room_id(self) -> Hashable | None: ...


T = TypeVar("T", bound=Timed)


@dataclass(frozen=True)
class Cell(Generic[T]):
    """``item`` is None where nothing is on; ``rows`` and ``columns`` are its spans."""

    item: T | None
    rows: int
    columns: int


@dataclass(frozen=True)
class Row(Generic[T]):
    starts_at: datetime
    cells: tuple[Cell[T], ...]


@dataclass(frozen=True)
class Grid(Generic[T]):
    """``columns`` are rooms by id; a room with two things at once has two columns, None is no room."""

    columns: tuple[Hashable | None, ...]
    rows: tuple[Row[T], ...]


def arrange(items: Iterable[T]) -> Grid[T]:
    """Place ``items`` of one day, rooms in the order of their first item.

    Something without a room that is alone in its time goes across.
    """
    named = tuple(items)
    given = sorted(named, key=lambda item: (item.starts_at, item.ends_at))
    times = _times(given)
    across = {id(item) for item in given if item.room_id is None and _is_alone(item, given)}
    rooms = dict.fromkeys(item.room_id for item in named if id(item) not in across)
    columns, column_of = _columns(rooms, [item for item in given if id(item) not in across])
    width = max(1, len(columns))
    # (row, column) to the cell that begins there; a place that a cell above or beside covers is taken.
    begins: dict[tuple[int, int], Cell[T]] = {}
    taken: set[tuple[int, int]] = set()
    for item in given:
        first, last = times.index(item.starts_at), times.index(item.ends_at)
        wide = width if id(item) in across else 1
        column = 0 if id(item) in across else column_of[id(item)]
        begins[first, column] = Cell(item, last - first, wide)
        taken |= {(row, column + right) for row in range(first, last) for right in range(wide)}
    rows = [
        Row(
            starts_at,
            tuple(
                begins.get((row, column), Cell(None, 1, 1))
                for column in range(width)
                if (row, column) in begins or (row, column) not in taken
            ),
        )
        for row, starts_at in enumerate(times[:-1])
        if any((row, column) in taken for column in range(width))
    ]
    return Grid(tuple(columns), tuple(rows))


def _times(items: list[T]) -> list[datetime]:
    return sorted({item.starts_at for item in items} | {item.ends_at for item in items})


def _is_alone(item: T, items: list[T]) -> bool:
    return not any(
        other is not item and other.starts_at < item.ends_at and item.starts_at < other.ends_at
        for other in items
    )


def _columns(
    rooms: Iterable[Hashable | None], items: list[T]
) -> tuple[list[Hashable | None], dict[int, int]]:
    """One column for each of ``rooms`` or, where things overlap, several; and the column of every item."""
    lanes: dict[Hashable | None, list[datetime]] = {room: [] for room in rooms}
    lane_of: dict[int, tuple[Hashable | None, int]] = {}
    for item in items:
        ends = lanes[item.room_id]
        free = next((lane for lane, end in enumerate(ends) if end <= item.starts_at), len(ends))
        ends[free : free + 1] = [item.ends_at]
        lane_of[id(item)] = (item.room_id, free)
    columns = [(room, lane) for room, ends in lanes.items() for lane in range(len(ends))]
    places = {key: place for place, key in enumerate(columns)}
    return [room for room, _ in columns], {key: places[lane] for key, lane in lane_of.items()}
