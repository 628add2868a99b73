"""Slots, tables, requests, plans and the meetings of a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.states import (
    MeetingStatus,
    PartOfDay,
    PlanStatus,
    RequestRank,
    RequestStatus,
    SeparationKind,
)
from forum.models.base import Base, EventKey, Key, enumerated, foreign
from forum.models.companies import Company
from forum.models.leases import Leased


class Slot(Base):
    """A time for meetings; slots of one ``block`` follow each other without a longer pause."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("event_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    block: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Table(Base):
    """A table for meetings: shared, or a company's own."""

    __tablename__ = "tables"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    number: Mapped[int]
    zone: Mapped[str | None]
    for_officials: Mapped[bool] = mapped_column(default=False)
    room_id: Mapped[int | None] = foreign("rooms.id", ondelete="SET NULL")
    company_id: Mapped[int | None] = foreign("companies.id", ondelete="SET NULL")


class TableClosing(Base):
    """A slot in which a table cannot be used: not yet set up, or the room was lost."""

    __tablename__ = "table_closings"

    table_id: Mapped[int] = mapped_column(ForeignKey("tables.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(
        ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Separation(Base):
    """Two companies that the organiser keeps apart: never in one meeting, or not in one zone at a time."""

    __tablename__ = "separations"
    __table_args__ = (
        UniqueConstraint("event_id", "first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    first_id: Mapped[int] = foreign("companies.id")
    second_id: Mapped[int] = foreign("companies.id")
    kind: Mapped[SeparationKind] = mapped_column(enumerated(SeparationKind, "kind"))
    note: Mapped[str | None]


class Request(Base):
    """A company asks another for a meeting; a named delegate speaks for it, else whoever is free.

    The sender asks the receiver, unless it ``is_imposed``: then the office has set the meeting, it needs no
    answer, and nobody but the office takes it back.
    ``length`` counts slots, one after another. ``guests`` are further people: colleagues of either side, or
    people of a third company.
    """

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("event_id", "sender_id", "receiver_id"),
        CheckConstraint("sender_id <> receiver_id", name="not_oneself"),
        CheckConstraint("length >= 1", name="length_positive"),
        Index("ix_requests_event_id_status", "event_id", "status"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    sender_id: Mapped[int] = foreign("companies.id")
    receiver_id: Mapped[int] = foreign("companies.id")
    sender_delegate_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    receiver_delegate_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    asked_by_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")  # None: by the office
    rank: Mapped[RequestRank] = mapped_column(enumerated(RequestRank, "rank"))
    status: Mapped[RequestStatus] = mapped_column(enumerated(RequestStatus, "status"))
    length: Mapped[int] = mapped_column(default=1)
    part_of_day: Mapped[PartOfDay | None] = mapped_column(enumerated(PartOfDay, "part_of_day"))
    is_imposed: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str | None]
    reason: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    sender: Mapped[Company] = relationship(foreign_keys=[sender_id])
    receiver: Mapped[Company] = relationship(foreign_keys=[receiver_id])
    guests: Mapped[list[RequestGuest]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    __mapper_args__ = {"version_id_col": version}


class RequestGuest(Base):
    """Somebody who comes to the meeting beside the two who speak for their companies."""

    __tablename__ = "request_guests"

    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(
        ForeignKey("delegates.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class MeetingOrder(Base):
    """The meeting of one request ends before that of another begins, where both are held."""

    __tablename__ = "meeting_orders"
    __table_args__ = (
        UniqueConstraint("before_id", "after_id"),
        CheckConstraint("before_id <> after_id", name="not_oneself"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    before_id: Mapped[int] = foreign("requests.id")
    after_id: Mapped[int] = foreign("requests.id")


class Plan(Leased, Base):
    """One computed schedule. Published ones have a revision; one of an event is in force."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("event_id", "revision"),
        Index(
            "uq_plans_published",
            "event_id",
            unique=True,
            sqlite_where=text("status = 'published'"),
            postgresql_where=text("status = 'published'"),
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    status: Mapped[PlanStatus] = mapped_column(enumerated(PlanStatus, "status"))
    revision: Mapped[int | None]
    seed: Mapped[int] = mapped_column(default=0)
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    certificate: Mapped[dict[str, Any]] = mapped_column(default=dict)
    based_on_id: Mapped[int | None] = foreign("plans.id", ondelete="SET NULL")
    assumptions: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of a what-if; empty: as things stand
    change_number: Mapped[int] = mapped_column(default=0)  # rises with every change by hand
    is_repair: Mapped[bool] = mapped_column(default=False)  # of the plan that it is based on
    unplaced: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    meetings: Mapped[list[Meeting]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Meeting(Base):
    """A meeting of a plan; the request ties it to the same meeting in other plans."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("plan_id", "request_id"),)

    id: Mapped[Key]
    plan_id: Mapped[int] = foreign("plans.id")
    request_id: Mapped[int] = foreign("requests.id")
    slot_id: Mapped[int] = foreign("slots.id", ondelete="RESTRICT")
    table_id: Mapped[int] = foreign("tables.id", ondelete="RESTRICT")
    interpreter_id: Mapped[int | None] = foreign("interpreters.id", ondelete="RESTRICT")
    status: Mapped[MeetingStatus] = mapped_column(
        enumerated(MeetingStatus, "status"), default=MeetingStatus.PLANNED
    )
    is_locked: Mapped[bool] = mapped_column(default=False)
    late_minutes: Mapped[int | None]  # told on the day
    overrun_minutes: Mapped[int | None]
    note: Mapped[str | None]
    request: Mapped[Request] = relationship()
    slot: Mapped[Slot] = relationship()
    table: Mapped[Table] = relationship()
    participants: Mapped[list[MeetingParticipant]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )


class CalendarLink(Base):
    """How often the secret address of a calendar was made anew; without a row, never."""

    __tablename__ = "calendar_links"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class MeetingParticipant(Base):
    __tablename__ = "meeting_participants"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(
        ForeignKey("delegates.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Claim(Base):
    """Who or what is taken in a slot of a plan: the primary key is what forbids double booking."""

    __tablename__ = "claims"
    __table_args__ = (CheckConstraint("kind IN ('delegate', 'table', 'interpreter')", name="kind"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[int] = foreign("meetings.id")
