"""Rows as they stand, in a form that an import can keep and compare later."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import LargeBinary, select

from forum.domain.localized import Localized
from forum.models import Company, CompanySector, Delegate, Request, Seat
from forum.models.base import Base, LocalizedText, db
from forum.services.import_targets import Kind

TABLES: Final[Mapping[Kind, type[Base]]] = {
    Kind.COMPANY: Company,
    Kind.DELEGATE: Delegate,
    Kind.REQUEST: Request,
    Kind.SEAT: Seat,
}
_VOLATILE: Final = frozenset({"id", "created_at", "updated_at", "version", "asked_at", "seated_at"})
Snapshot = dict[str, Any]


def of_rows(kind: Kind, ids: Collection[int]) -> dict[int, Snapshot]:
    """What every one of ``ids`` holds, by id; a company with its sectors. Two statements at most."""
    table: Any = TABLES[kind].__table__
    rows = db.session.execute(select(table).where(table.c.id.in_(ids))).mappings()
    found = {
        row["id"]: {name: _kept(value) for name, value in row.items() if name not in _VOLATILE}
        for row in rows
    }
    if kind is Kind.COMPANY:
        sectors = _sectors(ids)
        for row_id, snapshot in found.items():
            snapshot["sectors"] = sectors[row_id]
    return found


def _sectors(ids: Collection[int]) -> Mapping[int, list[str]]:
    rows = db.session.execute(
        select(CompanySector.company_id, CompanySector.sector)
        .where(CompanySector.company_id.in_(ids))
        .order_by(CompanySector.sector)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for company_id, sector in rows:
        found[company_id].append(sector)
    return found


def digest(snapshot: Snapshot) -> str:
    """A fingerprint: equal for what holds the same."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def restored(kind: Kind, snapshot: Snapshot) -> dict[str, Any]:
    """The values of ``snapshot`` as the columns of the table take them."""
    columns: Any = TABLES[kind].__table__.c
    return {name: _given_back(columns[name].type, value) for name, value in snapshot.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, Localized):
        return dict(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _given_back(column_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column_type, LocalizedText):
        return Localized(value)
    if isinstance(column_type, LargeBinary):
        return bytes.fromhex(value)
    enum_class = getattr(column_type, "enum_class", None)
    return enum_class(value) if enum_class else value
