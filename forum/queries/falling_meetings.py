"""Meetings of the schedule in force that fall away together with their requests."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased

from forum import clock
from forum.domain.localized import Localized
from forum.domain.states import MeetingStatus, PlanStatus, RequestStatus
from forum.models import Company, Meeting, Plan, Request, Slot, Table
from forum.models.base import db

_HAPPENED = (MeetingStatus.HELD, MeetingStatus.MISSED)


@dataclass(frozen=True)
class Falling:
    """A meeting that people know of. ``has_begun``: it is too late to call it off.

    ``heir_id`` is the request of the other company for the same meeting, if there is one: then the meeting
    stays, and is held for that one.
    """

    request_id: int
    meeting_id: int
    starts_at: datetime
    table: int
    sender: Localized
    receiver: Localized
    has_begun: bool
    heir_id: int | None = None


def of_requests(*, event_id: int, request_ids: Collection[int]) -> tuple[Falling, ...]:
    """What falls away when all of these requests end, in the order of time."""
    return tuple(each for each in every(event_id, request_ids) if each.heir_id is None)


def every(event_id: int, request_ids: Collection[int]) -> tuple[Falling, ...]:
    """The meetings of these requests, with those that go on for the other company."""
    now = clock.now()
    return tuple(
        Falling(
            request_id=row.id,
            meeting_id=row.meeting_id,
            starts_at=row.starts_at,
            table=row.number,
            sender=row.sender,
            receiver=row.receiver,
            has_begun=row.starts_at <= now or row.status in _HAPPENED,
            heir_id=row.heir_id,
        )
        for row in db.session.execute(_meetings(event_id, request_ids))
    )


def _meetings(event_id: int, request_ids: Collection[int]) -> Select[Any]:
    sender, receiver, heir = aliased(Company), aliased(Company), aliased(Request)
    columns: tuple[Any, ...] = (
        Request.id,
        Meeting.id.label("meeting_id"),
        Meeting.status,
        Slot.starts_at,
        Table.number,
        sender.short_name.label("sender"),
        receiver.short_name.label("receiver"),
        heir.id.label("heir_id"),
    )
    return (
        select(*columns)
        .select_from(Meeting)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Request, Request.id == Meeting.request_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .outerjoin(heir, _goes_on_for(heir, request_ids))
        .where(
            Plan.event_id == event_id,
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
            Request.id.in_(request_ids),
        )
        .order_by(Slot.starts_at, Table.number)
    )


def _goes_on_for(heir: Any, request_ids: Collection[int]) -> ColumnElement[bool]:
    """It asks for the same meeting from the other side, stays, and has no meeting of its own."""
    has_own = exists().where(Meeting.plan_id == Plan.id, Meeting.request_id == heir.id)
    return and_(
        heir.sender_id == Request.receiver_id,
        heir.receiver_id == Request.sender_id,
        heir.status == RequestStatus.ACCEPTED,
        heir.id.not_in(request_ids),
        ~has_own.correlate(Plan, heir),
    )
