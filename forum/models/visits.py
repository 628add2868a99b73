"""Sites, visits to them, and seats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.localized import Localized
from forum.domain.states import SeatStatus, SignUpMode, VisitStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class Site(Base):
    """``kind`` is a code of ``domain.site_kinds``; ``rules`` are the ``domain.host_rules`` of its host.

    ``template_id`` is the workbook in which the host wants the list of visitors, ``template_layout`` where
    in it what goes (``workbooks.access_lists.Layout``). ``contact`` is an e-mail address, to which lists are
    sent; they open with ``sealed_password``, which the host is told in another way.
    """

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
    sectors: Mapped[list[str]] = mapped_column(default=list)
    contact_name: Mapped[str | None]
    contact: Mapped[str | None]
    contact_phone: Mapped[str | None]
    map_picture_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    template_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    template_layout: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed_password: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_public: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Visit(Base):
    """One trip. ``taken`` counts the seated, and the check makes overselling impossible.

    ``categories`` is empty where everybody may go. ``cut_off_at`` is a cut-off of its own, else the host's
    hours before the start count. ``offer_hours`` is how long a freed seat is kept for the first in the
    waiting list; where it is None the seat is theirs at once. ``change_number`` rises with every change of
    times or places, so that calendars heed the newest. ``documents_reminded_at`` and ``briefed_at`` are when
    the reminder of the documents and the last details went out. ``bus_filling`` is what was proven of the
    filling of the buses, and of which state of seats and buses (``queries.bus_filling``).
    """

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
    title: Mapped[Localized] = mapped_column(default=Localized)
    programme: Mapped[Localized] = mapped_column(default=Localized)
    departs_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    returns_at: Mapped[datetime]
    meeting_point: Mapped[Localized]
    guide_languages: Mapped[list[str]]
    categories: Mapped[list[str]] = mapped_column(default=list)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    last_position: Mapped[int] = mapped_column(default=0)
    status: Mapped[VisitStatus] = mapped_column(enumerated(VisitStatus, "status"), default=VisitStatus.OPEN)
    sign_up_mode: Mapped[SignUpMode] = mapped_column(
        enumerated(SignUpMode, "sign_up_mode"), default=SignUpMode.FIRST_COME
    )
    sign_up_opens_at: Mapped[datetime | None]
    sign_up_closes_at: Mapped[datetime | None]
    offer_hours: Mapped[int | None]
    cut_off_at: Mapped[datetime | None]
    change_number: Mapped[int] = mapped_column(default=0)
    documents_reminded_at: Mapped[datetime | None]
    briefed_at: Mapped[datetime | None]
    bus_filling: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    site: Mapped[Site] = relationship(lazy="joined")


class Seat(Base):
    """A delegate's place in a visit, or in its waiting list; ``position`` is the order of asking.

    An offered seat is kept until ``offer_ends_at``. One that ``is_tentative`` comes from an assignment of
    which its holder has not been told: it may still be moved.
    """

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
    stop_id: Mapped[int | None] = foreign("bus_stops.id", ondelete="SET NULL")  # None: the bus's first
    stays_in_bus: Mapped[bool] = mapped_column(default=False)  # put there by hand: filling leaves it there
    told_ride: Mapped[str | None]  # what they were last told of their bus, as a fingerprint
    status: Mapped[SeatStatus] = mapped_column(enumerated(SeatStatus, "status"))
    position: Mapped[int]
    choice: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime]
    seated_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]
    is_tentative: Mapped[bool] = mapped_column(default=False)
    visit: Mapped[Visit] = relationship()
