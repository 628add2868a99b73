"""Sites, visits to them, buses and seats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.localized import Localized
from forum.domain.states import SeatStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class Site(Base):
    """``rules`` are the host's: which ID fields, which documents, the cut-off in hours."""

    __tablename__ = "sites"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    place_id: Mapped[int | None] = foreign("places.id", ondelete="SET NULL")
    code: Mapped[str]
    kind: Mapped[str]
    title: Mapped[Localized]
    summary: Mapped[Localized]
    address: Mapped[Localized]
    contact: Mapped[str | None]
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Visit(Base):
    """One trip. ``taken`` counts the seated, and the check makes overselling impossible."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_capacity"),
        CheckConstraint(
            "departs_at <= starts_at AND starts_at < ends_at AND ends_at <= returns_at", name="times_in_order"
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    site_id: Mapped[int] = foreign("sites.id")
    departs_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    returns_at: Mapped[datetime]
    meeting_point: Mapped[Localized]
    guide_languages: Mapped[list[str]]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    last_position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    site: Mapped[Site] = relationship(lazy="joined")


class Bus(Base):
    __tablename__ = "buses"
    __table_args__ = (
        UniqueConstraint("visit_id", "label"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    id: Mapped[Key]
    visit_id: Mapped[int] = foreign("visits.id")
    label: Mapped[str]
    capacity: Mapped[int]
    plate: Mapped[str | None]
    driver: Mapped[str | None]
    driver_phone: Mapped[str | None]
    leader_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")


class Seat(Base):
    """A delegate's place in a visit, or in its waiting list; ``position`` is the order of asking."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("visit_id", "delegate_id"),
        UniqueConstraint("visit_id", "position"),
        Index("ix_seats_visit_id_status_position", "visit_id", "status", "position"),
    )

    id: Mapped[Key]
    visit_id: Mapped[int] = foreign("visits.id")
    delegate_id: Mapped[int] = foreign("delegates.id")
    bus_id: Mapped[int | None] = foreign("buses.id", ondelete="SET NULL")
    status: Mapped[SeatStatus] = mapped_column(enumerated(SeatStatus, "status"))
    position: Mapped[int]
    choice: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime]
    seated_at: Mapped[datetime | None]
    visit: Mapped[Visit] = relationship()
