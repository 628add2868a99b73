"""Designs of badges with their versions, for whom they are used, and the pictures on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import Category
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class BadgeDesign(Base):
    """A design. Badges are printed after the version that is ``published``, if one is."""

    __tablename__ = "badge_designs"
    __table_args__ = (UniqueConstraint("event_id", "title"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    title: Mapped[str]
    published: Mapped[int | None]
    created_at: Mapped[datetime]


class DesignVersion(Base):
    """What a design looked like when it was saved; ``data`` is read by ``printing.design_data``."""

    __tablename__ = "design_versions"
    __table_args__ = (UniqueConstraint("design_id", "number"),)

    id: Mapped[Key]
    design_id: Mapped[int] = foreign("badge_designs.id")
    number: Mapped[int]
    data: Mapped[dict[str, Any]]
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]


class DesignUse(Base):
    """After which design the badges of a category are printed; without a row after the standard one."""

    __tablename__ = "design_uses"
    __table_args__ = (UniqueConstraint("event_id", "category"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    design_id: Mapped[int] = foreign("badge_designs.id")


class DesignPicture(Base):
    """A picture that designs of the forum may show. Designs know it by the hash of its content.

    ``width`` and ``height`` are pixels; of a drawing they say its shape only.
    """

    __tablename__ = "design_pictures"
    __table_args__ = (UniqueConstraint("event_id", "digest"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    file_id: Mapped[int] = foreign("files.id")
    digest: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
