"""A day as a table: places across, times down, and every item a cell over the rows that it lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """Something at a time; two things with one ``track`` are in one place."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def track(self) -> str: ...


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
    """``columns`` are tracks, in alphabetical order; one with two things at once has two columns."""

    columns: tuple[str, ...]
    rows: tuple[Row[T], ...]


def arrange(items: Iterable[T]) -> Grid[T]:
    """Place ``items`` of one day; what is alone in its time goes across all columns."""
    given = sorted(items, key=lambda item: (item.starts_at, item.ends_at))
    times = _times(given)
    across = {id(item) for item in given if _is_alone(item, given)}
    columns, column_of = _columns([item for item in given if id(item) not in across])
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


def _columns(items: list[T]) -> tuple[list[str], dict[int, int]]:
    """The columns, and the place among them of every item by its ``id``."""
    lanes: dict[str, list[datetime]] = {track: [] for track in sorted({item.track for item in items})}
    lane_of: dict[int, tuple[str, int]] = {}
    for item in items:
        ends = lanes[item.track]
        free = next((lane for lane, end in enumerate(ends) if end <= item.starts_at), len(ends))
        ends[free : free + 1] = [item.ends_at]
        lane_of[id(item)] = (item.track, free)
    columns = [(track, lane) for track, ends in lanes.items() for lane in range(len(ends))]
    places = {key: place for place, key in enumerate(columns)}
    return [track for track, _ in columns], {key: places[lane] for key, lane in lane_of.items()}
