"""The forum itself: one row per event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.localized import Localized
from forum.models.base import Base, EventKey, Key, foreign


class Event(Base):
    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    )

    id: Mapped[Key]
    code: Mapped[str]
    title: Mapped[Localized]
    summary: Mapped[Localized]
    place: Mapped[Localized]
    address: Mapped[Localized]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    time_zone: Mapped[str]
    languages: Mapped[list[str]]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    offer_hours: Mapped[int | None]  # that a freed place is kept where its limit says nothing else
    requests_open_at: Mapped[datetime | None]
    requests_close_at: Mapped[datetime | None]
    freeze_at: Mapped[datetime | None]
    most_requests: Mapped[int | None]  # that a company may send
    request_expiry_hours: Mapped[int | None]  # then a request without an answer is over
    catalogue_is_public: Mapped[bool] = mapped_column(default=False)
    vips_seen_by: Mapped[list[str]] = mapped_column(default=lambda: ["official"])  # categories
    retention_days: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by group, after the last day
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Place(Base):
    """Somewhere that people travel between: the venue, a site, a hotel."""

    __tablename__ = "places"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    code: Mapped[str]
    title: Mapped[Localized]
    address: Mapped[Localized]


class TravelTime(Base):
    __tablename__ = "travel_times"
    __table_args__ = (
        UniqueConstraint("origin_id", "destination_id"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
    )

    id: Mapped[Key]
    origin_id: Mapped[int] = foreign("places.id")
    destination_id: Mapped[int] = foreign("places.id")
    minutes: Mapped[int]
