"""The journal: who did what, when, to whom. And the keys that make a repeated form harmless."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.models.base import Base, Key, foreign


class JournalEntry(Base):
    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_event_id_at", "event_id", "at"),
        Index("ix_journal_subject_kind_subject_id", "subject_kind", "subject_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int | None] = foreign("events.id", index=False)
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    at: Mapped[datetime]
    action: Mapped[str]
    subject_kind: Mapped[str | None]
    subject_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class FormKey(Base):
    """A form that has been handled, with what came of it: sent twice, it acts once."""

    __tablename__ = "form_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime]
    outcome: Mapped[str | None]
