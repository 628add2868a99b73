"""Buses of a visit, where they stop, and the log of who was aboard."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.models.base import Base, Key, enumerated, foreign


class Bus(Base):
    """``leader_id`` and ``deputy_id`` call the roll, each on their own phone."""

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
    deputy_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class BusStop(Base):
    """Where a bus takes people in, on the way there or on the way back."""

    __tablename__ = "bus_stops"

    id: Mapped[Key]
    bus_id: Mapped[int] = foreign("buses.id")
    leg: Mapped[Leg] = mapped_column(enumerated(Leg, "leg"))
    title: Mapped[Localized]
    at: Mapped[datetime]


class BoardingTick(Base):
    """A leader's word that somebody is aboard, or is not. Rows are only ever added.

    ``key`` is made by the phone: a tick that is sent twice is one. Who is aboard is what
    ``domain.roll_call`` makes of all ticks of a visit, in whatever order they arrived.
    """

    __tablename__ = "boarding_ticks"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_boarding_ticks_visit_id_delegate_id", "visit_id", "delegate_id"),
    )

    id: Mapped[Key]
    key: Mapped[str]
    visit_id: Mapped[int] = foreign("visits.id", index=False)
    bus_id: Mapped[int | None] = foreign("buses.id", ondelete="SET NULL")
    delegate_id: Mapped[int] = foreign("delegates.id")
    leg: Mapped[Leg] = mapped_column(enumerated(Leg, "leg"))
    is_aboard: Mapped[bool]
    is_scanned: Mapped[bool] = mapped_column(default=False)
    ticked_at: Mapped[datetime]  # by the phone's clock, which the app has set right
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")


class Departure(Base):
    """A leader's decision to leave with so many, or that the bus is not gone after all. Only ever added."""

    __tablename__ = "bus_departures"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Key]
    key: Mapped[str]
    bus_id: Mapped[int] = foreign("buses.id")
    stop_id: Mapped[int | None] = foreign("bus_stops.id", ondelete="SET NULL")
    leg: Mapped[Leg] = mapped_column(enumerated(Leg, "leg"))
    is_gone: Mapped[bool]
    aboard: Mapped[int]
    expected: Mapped[int]
    missing_ids: Mapped[list[int]] = mapped_column(JSON, default=list)  # of delegates
    decided_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
