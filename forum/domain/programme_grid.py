"""A day as a table: places across, times down, and every item a cell over the rows that it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """``width`` is the number of columns."""

    width: int
    rows: tuple[Row[T], ...]


@dataclass
class _Lane(Generic[T]):
    items: list[T]

    def is_free_for(self, item: T) -> bool:
        return self.items[-1].ends_at <= item.starts_at

    @property
    def main_track(self) -> str:
        """Where the longest item is: what the column is mostly about."""
        return max(self.items, key=lambda item: item.ends_at - item.starts_at).track


def arrange(items: Iterable[T]) -> Grid[T]:
    """Place ``items`` of one day in as few columns as possible, each as wide as there is room for it.

    A track stays in its column; columns are in the alphabetical order of their main tracks.
    """
    given = sorted(items, key=lambda item: (item.starts_at, item.track, item.ends_at))
    times = sorted({item.starts_at for item in given} | {item.ends_at for item in given})
    alone = [item for item in given if _is_alone(item, given)]
    lanes = sorted(_lanes([item for item in given if item not in alone]), key=lambda lane: lane.main_track)
    lanes = lanes or [_Lane([])]
    lanes[0].items.extend(alone)
    # Every field of the table to the item there; an item spreads over empty fields beside it.
    fields = {
        (row, column): item
        for column, lane in enumerate(lanes)
        for item in lane.items
        for row in range(times.index(item.starts_at), times.index(item.ends_at))
    }
    for column, lane in enumerate(lanes):
        for item in lane.items:
            _spread(item, column, fields, len(lanes))
    rows = (
        Row(starts_at, tuple(_cells(row, fields, len(lanes))))
        for row, starts_at in enumerate(times)
        if any((row, column) in fields for column in range(len(lanes)))
    )
    return Grid(len(lanes), tuple(rows))


def _is_alone(item: T, items: list[T]) -> bool:
    return not any(
        other is not item and other.starts_at < item.ends_at and item.starts_at < other.ends_at
        for other in items
    )


def _lanes(items: list[T]) -> list[_Lane[T]]:
    lanes: list[_Lane[T]] = []
    for item in items:
        free = [lane for lane in lanes if lane.is_free_for(item)]
        own = [lane for lane in free if any(other.track == item.track for other in lane.items)]
        if free:
            (own or free)[0].items.append(item)
        else:
            lanes.append(_Lane([item]))
    return lanes


def _spread(item: T, column: int, fields: dict[tuple[int, int], T], width: int) -> None:
    rows = [row for (row, at), other in fields.items() if at == column and other is item]
    for side in (range(column + 1, width), range(column - 1, -1, -1)):
        for beside in side:
            if any((row, beside) in fields for row in rows):
                break
            fields.update({(row, beside): item for row in rows})


def _cells(row: int, fields: dict[tuple[int, int], T], width: int) -> Iterator[Cell[T]]:
    """The cells that begin in ``row``; what an item covers from above or from the left has none."""
    for column in range(width):
        item = fields.get((row, column))
        if item is None:
            yield Cell(None, 1, 1)
        elif fields.get((row - 1, column)) is not item and fields.get((row, column - 1)) is not item:
            yield Cell(
                item,
                rows=len({at for (at, _), other in fields.items() if other is item}),
                columns=len({at for (_, at), other in fields.items() if other is item}),
            )
