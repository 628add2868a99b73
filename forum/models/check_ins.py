"""Arrivals at the venue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from forum.models.base import Base, EventKey, Key, foreign


class CheckIn(Base):
    """An arrival; taken back rather than deleted. A delegate has one that stands."""

    __tablename__ = "check_ins"
    __table_args__ = (
        Index(
            "uq_check_ins_standing",
            "delegate_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id")
    place: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    undone_at: Mapped[datetime | None]
