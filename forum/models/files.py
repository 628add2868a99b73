"""Files that people send: kept in the instance folder under a random key, never under their name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import FileKind
from forum.models.base import Base, EventKey, Key, enumerated


class StoredFile(Base):
    """``name`` is what its sender called it, for people to read only; ``size`` is in bytes."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    kind: Mapped[FileKind] = mapped_column(enumerated(FileKind, "kind"))
    key: Mapped[str]
    media_type: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[datetime]
