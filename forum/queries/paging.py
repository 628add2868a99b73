"""Lists in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from forum.models.base import db

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; pages count from 1."""

    rows: tuple[T, ...]
    total: int
    number: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the page's first row in the whole list, 0 when it is empty."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


def page_of(
    rows: Select[Any],
    make: Callable[[Any], T],
    *,
    number: int,
    order_by: tuple[Any, ...],
    size: int = PAGE_SIZE,
) -> Page[T]:
    """The ``number``-th page of ``rows``; a number beyond the end gives the last page. Two statements."""
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    number = max(1, min(number, -(-total // size)))
    found = db.session.execute(rows.order_by(*order_by).limit(size).offset((number - 1) * size)).unique()
    return Page(tuple(make(row) for row in found), total, number, size)
