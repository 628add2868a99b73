"""Lists of visitors as they were made for a host's gate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.models.base import Base, EventKey, Key, foreign


class AccessList(Base):
    """A list with its number in the visit. ``compared_with`` is the number of the list sent before it.

    ``template_id`` and ``layout`` are those of the site when it was made: it can be filled again as it was.
    ``cut_off_at`` is the cut-off that held then. ``message_id`` is the mail by which it was sent from here.
    """

    __tablename__ = "access_lists"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    visit_id: Mapped[int] = foreign("visits.id")
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    cut_off_at: Mapped[datetime]
    compared_with: Mapped[int | None]
    template_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    layout: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    message_id: Mapped[int | None] = foreign("messages.id", ondelete="SET NULL")
    erased_at: Mapped[datetime | None]


class AccessListEntry(Base):
    """One person on a list. ``sealed`` is what the host is told of them, bound to the list and the person.

    ``change`` says how it differs from the list sent before: ``added``, ``changed``, ``removed`` (then the
    person is not in the file) or ``""``.
    """

    __tablename__ = "access_list_entries"
    __table_args__ = (UniqueConstraint("list_id", "delegate_id"),)

    id: Mapped[Key]
    list_id: Mapped[int] = foreign("access_lists.id")
    delegate_id: Mapped[int] = foreign("delegates.id")
    position: Mapped[int]
    change: Mapped[str] = mapped_column(default="")
    changed_fields: Mapped[list[str]] = mapped_column(default=list)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
