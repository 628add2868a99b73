"""The outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import MessageStatus
from forum.models.base import Base, Key, enumerated, foreign
from forum.models.leases import Leased


class Message(Leased, Base):
    """A mail, written in the transaction that gives cause to it and sent by the worker.

    ``enclosure`` names by its ``kind`` what is put to the mail only when it is sent, and is not kept here.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("occasion"),
        Index("ix_messages_status_leased_until", "status", "leased_until"),
    )

    id: Mapped[Key]
    event_id: Mapped[int | None] = foreign("events.id")
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    occasion: Mapped[str]  # says the same thing to the same person only once
    kind: Mapped[str]
    recipient: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    calendars: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # files: method and text
    enclosure: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[MessageStatus] = mapped_column(enumerated(MessageStatus, "status"))
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
