"""Delegations and their quotas."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class Delegation(Base):
    __tablename__ = "delegations"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    code: Mapped[str]
    title: Mapped[Localized]
    region: Mapped[str | None]  # a code of domain.regions
    is_host: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Quota(Base):
    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("delegation_id", "category"),
        CheckConstraint("places >= 0", name="places_not_negative"),
    )

    id: Mapped[Key]
    delegation_id: Mapped[int] = foreign("delegations.id")
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    places: Mapped[int]
