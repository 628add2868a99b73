"""The programme: rooms, sessions, speakers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.localized import Localized
from forum.models.base import Base, EventKey, Key, foreign


class Room(Base):
    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    code: Mapped[str]
    title: Mapped[Localized]
    capacity: Mapped[int | None]
    place_id: Mapped[int | None] = foreign("places.id", ondelete="SET NULL")


class Session(Base):
    """A programme item. One that ``blocks_meetings`` keeps its attendees from being booked."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_sessions_event_id_starts_at", "event_id", "starts_at"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    room_id: Mapped[int | None] = foreign("rooms.id", ondelete="SET NULL")
    kind: Mapped[str]
    title: Mapped[Localized]
    summary: Mapped[Localized]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    blocks_meetings: Mapped[bool] = mapped_column(default=False)
    is_for_everyone: Mapped[bool] = mapped_column(default=True)
    room: Mapped[Room | None] = relationship(lazy="joined")


class Attendance(Base):
    """Someone who must be at a session: a speaker, a moderator, an invited guest."""

    __tablename__ = "attendances"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(
        ForeignKey("delegates.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    part: Mapped[str] = mapped_column(default="speaker")
