"""Imports as pages and commands show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select

from forum.domain.states import ImportStatus
from forum.models import Account, Import, ImportRow
from forum.models.base import db
from forum.queries.paging import Page, page_of

_UNKNOWN: Final = ("sector_unknown", "region_unknown", "language_unknown")


@dataclass(frozen=True)
class ColumnView:
    """A column of the sheet: its letters, its header, the field it is read as (``""``: left alone)."""

    letter: str
    title: str
    field: str
    is_sure: bool
    is_repeated: bool


@dataclass(frozen=True)
class ImportView:
    """``counts`` are new, changed, same, skipped, rows, noted, companies and visits."""

    id: int
    kind: str
    status: ImportStatus
    file_name: str
    sheet: str
    header_row: int
    columns: tuple[ColumnView, ...]
    sheets: tuple[tuple[str, str], ...]
    issues: tuple[Mapping[str, Any], ...]
    counts: Mapping[str, int]
    version: int
    created_by: str | None
    created_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None

    @property
    def to_do(self) -> int:
        """How many rows would change anything."""
        return self.counts["new"] + self.counts["changed"]

    @property
    def is_open(self) -> bool:
        return self.status is ImportStatus.PREVIEWED


@dataclass(frozen=True)
class ImportRowView:
    """A row of the sheet; ``issues`` and ``changes`` as the services keep them."""

    number: int
    action: str
    label: str
    issues: tuple[Mapping[str, Any], ...]
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class ImportSummary:
    """``codes``: how many rows carry which issue, the most frequent first. ``unknown``: what the reader
    did not understand in the cells, each wording once, by the code of the issue.
    """

    codes: Mapping[str, int]
    unknown: Mapping[str, tuple[str, ...]]


def find(*, event_id: int, row_id: int) -> ImportView | None:
    """The import with that id."""
    rows = _imports(event_id).where(Import.id == row_id)
    found = db.session.execute(rows).first()
    return _view(found) if found else None


def page(*, event_id: int, number: int = 1) -> Page[ImportView]:
    """The forum's imports, the latest first."""
    return page_of(_imports(event_id), _view, number=number, order_by=(Import.id.desc(),))


def rows(*, import_id: int, chosen: str = "", number: int = 1) -> Page[ImportRowView]:
    """Rows of an import in the order of the sheet.

    Args:
        chosen: an action, ``noted`` for rows with a warning or an error, or the code of an issue.
    """
    return page_of(_chosen_rows(import_id, chosen), _row_view, number=number, order_by=(ImportRow.number,))


def all_rows(*, import_id: int) -> tuple[ImportRowView, ...]:
    """Every row, for the command line."""
    found = db.session.execute(_chosen_rows(import_id, "").order_by(ImportRow.number))
    return tuple(_row_view(row) for row in found)


def summary(*, import_id: int) -> ImportSummary:
    """What the issues of all rows come to."""
    codes, unknown = Counter[str](), {code: dict[str, None]() for code in _UNKNOWN}
    rows = select(ImportRow.issues).where(ImportRow.import_id == import_id).order_by(ImportRow.number)
    for issues in db.session.scalars(rows):
        codes.update({issue["code"] for issue in issues})
        for issue in issues:
            if issue["code"] in unknown:
                unknown[issue["code"]][issue["value"]] = None
    return ImportSummary(
        codes=dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
        unknown={code: tuple(values) for code, values in unknown.items()},
    )


def _imports(event_id: int) -> Select[Any]:
    pair: tuple[Any, Any] = (Import, Account.name)
    rows: Select[Any] = select(*pair).outerjoin(Account, Account.id == Import.created_by_id)
    return rows.where(Import.event_id == event_id)


def _chosen_rows(import_id: int, chosen: str) -> Select[Any]:
    found: Select[Any] = select(ImportRow).where(ImportRow.import_id == import_id)
    if chosen in ("new", "changed", "same", "skipped"):
        return found.where(ImportRow.action == chosen)
    if chosen:
        return found.where(ImportRow.id.in_(_ids_with(import_id, chosen)))
    return found


def _ids_with(import_id: int, chosen: str) -> list[int]:
    """Issues are JSON, which both databases search in ways of their own: a sheet is small enough to look."""
    found = db.session.execute(select(ImportRow.id, ImportRow.issues).where(ImportRow.import_id == import_id))
    return [
        row_id
        for row_id, issues in found
        if any(
            issue["severity"] != "info" if chosen == "noted" else issue["code"] == chosen for issue in issues
        )
    ]


def _view(row: Any) -> ImportView:
    found: Import = row[0]
    return ImportView(
        id=found.id,
        kind=found.kind,
        status=found.status,
        file_name=found.file_name,
        sheet=found.sheet,
        header_row=found.mapping["row"],
        columns=tuple(ColumnView(**column) for column in found.mapping["columns"]),
        sheets=tuple((title, kind) for title, kind in found.mapping["sheets"]),
        issues=tuple(found.mapping["issues"]),
        counts=found.counts,
        version=found.version,
        created_by=row[1],
        created_at=found.created_at,
        committed_at=found.committed_at,
        undone_at=found.undone_at,
    )


def _row_view(row: Any) -> ImportRowView:
    found: ImportRow = row[0]
    return ImportRowView(found.number, found.action, found.label, tuple(found.issues), found.changes)
