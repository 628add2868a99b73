"""Interpreters as people who can be booked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, relationship

from forum.models.base import Base, EventKey, Key, foreign


class Interpreter(Base):
    """Works between any two of ``spoken``; without an availability row, all day."""

    __tablename__ = "interpreters"

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    delegate_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    name: Mapped[str]
    spoken: Mapped[list[str]]
    phone: Mapped[str | None]
    max_in_a_row: Mapped[int | None]
    availabilities: Mapped[list[InterpreterAvailability]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


class InterpreterAvailability(Base):
    __tablename__ = "interpreter_availabilities"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[Key]
    interpreter_id: Mapped[int] = foreign("interpreters.id")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
