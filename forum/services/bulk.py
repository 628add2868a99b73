"""Many rows in one statement, within another command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert

from forum.models.base import Base, db


def add(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert ``rows``; their ids in the same order.

    Nulls are written as such: left out, every pattern of nulls would be a statement of its own.
    """
    found = list(rows)
    if not found:
        return []
    key: Any = table.id  # type: ignore[attr-defined]
    statement = insert(table).returning(key, sort_by_parameter_order=True)
    return list(db.session.scalars(statement.execution_options(render_nulls=True), found))


def add_pairs(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert ``rows`` of a table whose key is what it joins."""
    found = list(rows)
    if found:
        db.session.execute(insert(table), found)
