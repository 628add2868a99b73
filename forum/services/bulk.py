"""Many rows in one statement, within another command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert

from forum.models.base import Base, db


def add(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert ``rows``; their ids in the same order."""
    found = list(rows)
    if not found:
        return []
    key: Any = table.id  # type: ignore[attr-defined]
    return list(db.session.scalars(insert(table).returning(key, sort_by_parameter_order=True), found))


def add_pairs(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert ``rows`` of a table whose key is what it joins."""
    found = list(rows)
    if found:
        db.session.execute(insert(table), found)
