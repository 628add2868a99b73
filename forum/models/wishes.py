"""Wishes for visits, what an assignment made of them, and conflicts that an organiser let stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import AssignmentStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign
from forum.models.leases import Leased


class Wish(Base):
    """A visit that a delegate would like to go on; ``choice`` 1 is the dearest of at most three."""

    __tablename__ = "wishes"
    __table_args__ = (
        UniqueConstraint("delegate_id", "choice"),
        UniqueConstraint("delegate_id", "visit_id"),
        CheckConstraint("choice BETWEEN 1 AND 3", name="choice_of_three"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id", index=False)
    visit_id: Mapped[int] = foreign("visits.id")
    choice: Mapped[int]
    asked_at: Mapped[datetime]


class Assignment(Leased, Base):
    """A proposal who goes on which visit.

    ``digest`` is of the wishes and visits that it was made for. ``result`` is by delegate (their ids as
    texts): the visit, the choice that it was, and why not a dearer one. ``before`` are the seats that it
    replaced when it was applied, so that it can be undone until people are told. ``rounds`` is how far its
    computation is.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_event_id_status", "event_id", "status"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    status: Mapped[AssignmentStatus] = mapped_column(enumerated(AssignmentStatus, "status"))
    digest: Mapped[str]
    keeps_together: Mapped[bool] = mapped_column(default=True)  # colleagues, as far as little else is lost
    rounds: Mapped[int] = mapped_column(default=0)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]
    certificate: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class Override(Base):
    """Two engagements of one person that conflict, and why an organiser let both stand.

    Kinds and numbers are those of ``domain.conflicts.Engagement``, the lesser pair first.
    """

    __tablename__ = "overrides"
    __table_args__ = (
        UniqueConstraint("delegate_id", "kind", "row_id", "other_kind", "other_row_id"),
        Index("ix_overrides_kind_row_id", "kind", "row_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id", index=False)
    kind: Mapped[str]
    row_id: Mapped[int]
    other_kind: Mapped[str]
    other_row_id: Mapped[int]
    reason: Mapped[str]
    by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    at: Mapped[datetime]
