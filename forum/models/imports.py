"""Workbooks taken in, row by row, so that an import can be read, repeated and undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.states import ImportStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class Import(Base):
    """An uploaded sheet with the mapping of its columns and what came of it."""

    __tablename__ = "imports"

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    kind: Mapped[str]  # delegates or requests
    status: Mapped[ImportStatus] = mapped_column(enumerated(ImportStatus, "status"))
    file_name: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sheet: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    rows: Mapped[list[ImportRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ImportRow.number"
    )
    __mapper_args__ = {"version_id_col": version}


class ImportRow(Base):
    """One row of the sheet: what it would do, what was wrong, and (once done) what undoes it."""

    __tablename__ = "import_rows"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[Key]
    import_id: Mapped[int] = foreign("imports.id")
    number: Mapped[int]
    action: Mapped[str]  # new, changed, same, skipped
    label: Mapped[str]
    issues: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undo: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class Wording(Base):
    """An organiser's correction: in this event, this wording of a ``kind`` means that ``code``."""

    __tablename__ = "wordings"
    __table_args__ = (UniqueConstraint("event_id", "kind", "wording"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    kind: Mapped[str]  # header, sector, region, language
    wording: Mapped[str]
    code: Mapped[str]
