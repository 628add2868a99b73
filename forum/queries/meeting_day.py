"""The day of the meetings, slot by slot, for those who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from forum import clock
from forum.domain.localized import Localized
from forum.domain.states import MeetingStatus
from forum.models import (
    Company,
    Delegate,
    Meeting,
    MeetingParticipant,
    Request,
    Room,
    Table,
    TableClosing,
)
from forum.models.base import db
from forum.queries import appointments, boards, plans, repairs
from forum.queries.appointments import Appointment
from forum.queries.boards import SlotView
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name
from forum.queries.repairs import RepairState
from forum.queries.searching import matches, searched

PAGE_SIZE: Final = 20  # meetings that a phone scrolls through with a thumb
MOST_TABLES: Final = 50  # to choose from: of more, those of the meetings that are looked at


@dataclass(frozen=True)
class RoomView:
    """A room with tables, by the ids of the tables; None stands for tables without a room."""

    title: Localized
    table_ids: tuple[int, ...]


@dataclass(frozen=True)
class TableView:
    """``is_closed`` in the slot that is looked at."""

    id: int
    number: int
    is_closed: bool


@dataclass(frozen=True)
class DayView:
    """``slot`` is the one looked at: the chosen one, else the one that runs or comes next.

    ``page`` are its meetings by table, those that ``text`` names by table, company or person.
    ``tables`` are those to choose from; where they are too many, those of the page or of the number searched,
    and ``has_more_tables``. ``absent`` are all no-shows, ``gone`` those of the forum whom ``text``
    names (id to name), the first of them, and ``more_gone`` counts the others.
    """

    slots: tuple[SlotView, ...]
    slot: SlotView | None
    now: datetime
    text: str
    page: Page[Appointment]
    tables: tuple[TableView, ...]
    has_more_tables: bool
    rooms: tuple[RoomView, ...]
    absent: frozenset[int]
    gone: dict[int, str]
    more_gone: int
    repair: RepairState


def day(*, event_id: int, slot_id: int | None = None, text: str = "", number: int = 1) -> DayView:
    """The plan in force in one slot, a page of it; the same few queries whatever the size of the forum."""
    now, slots, plan = clock.now(), boards.slots_of(event_id), plans.in_force(event_id)
    slot = _slot(slots, slot_id, now)
    tables, text = _tables(event_id, slot), searched(text)
    page = _page(plan.id, slot.id, text, number) if plan and slot else Page((), 0, 1, PAGE_SIZE)
    near = _near(tables, page.rows, text)
    gone = _gone(event_id)
    named = _gone(event_id, matches(Delegate.search_key, text)) if text and not _is_number(text) else gone
    return DayView(
        slots=slots,
        slot=slot,
        now=now,
        text=text,
        page=page,
        tables=tuple(TableView(row.id, row.number, row.is_closed) for row in near),
        has_more_tables=len(near) < len(tables),
        rooms=_rooms(tables),
        absent=frozenset(gone),
        gone=dict(list(named.items())[:PAGE_SIZE]),
        more_gone=max(0, len(named) - PAGE_SIZE),
        repair=repairs.state(event_id),
    )


def find_meeting(*, event_id: int, row_id: int) -> Appointment | None:
    """The meeting of a request in the plan in force."""
    plan = plans.in_force(event_id)
    found = appointments.of_plan(plan.id, Meeting.request_id == row_id) if plan else ()
    return next(iter(found), None)


def _page(plan_id: int, slot_id: int, text: str, number: int) -> Page[Appointment]:
    sender, receiver = aliased(Company), aliased(Company)
    rows = (
        select(Meeting.id)
        .join(Table, Table.id == Meeting.table_id)
        .join(Request, Request.id == Meeting.request_id)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .where(
            Meeting.plan_id == plan_id,
            Meeting.slot_id == slot_id,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    )
    if text:
        rows = rows.where(_named(text, sender, receiver))
    order = (Table.number, Meeting.id)
    found = page_of(rows, lambda row: int(row.id), number=number, order_by=order, size=PAGE_SIZE)
    meetings = appointments.of_plan(plan_id, Meeting.id.in_(found.rows)) if found.rows else ()
    return Page(meetings, found.total, found.number, found.size)


def _named(text: str, sender: Any, receiver: Any) -> ColumnElement[bool]:
    """A number is that of a table, and nothing else: who stands beside it wants this one."""
    if _is_number(text):
        return Table.number == int(text)
    seats = (
        select(MeetingParticipant.meeting_id)
        .join(Delegate, Delegate.id == MeetingParticipant.delegate_id)
        .where(MeetingParticipant.meeting_id == Meeting.id, matches(Delegate.search_key, text))
    )
    return or_(matches(sender.search_key, text), matches(receiver.search_key, text), seats.exists())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _slot(slots: tuple[SlotView, ...], slot_id: int | None, now: datetime) -> SlotView | None:
    chosen = next((slot for slot in slots if slot.id == slot_id), None)
    ahead = next((slot for slot in slots if slot.ends_at > now), None)
    return chosen or ahead or (slots[-1] if slots else None)


def _tables(event_id: int, slot: SlotView | None) -> list[Any]:
    closed = (
        select(TableClosing.table_id)
        .where(TableClosing.table_id == Table.id, TableClosing.slot_id == (slot.id if slot else 0))
        .exists()
        .label("is_closed")
    )
    rows = (
        select(Table.id, Table.number, closed, Room.title)
        .outerjoin(Room, Room.id == Table.room_id)
        .where(Table.event_id == event_id)
        .order_by(Table.number)
    )
    return list(db.session.execute(rows))


def _near(tables: list[Any], meetings: Iterable[Appointment], text: str) -> list[Any]:
    if len(tables) <= MOST_TABLES:
        return tables
    numbers = {each.table_number for each in meetings} | ({int(text)} if _is_number(text) else set())
    return [row for row in tables if row.number in numbers]


def _rooms(tables: list[Any]) -> tuple[RoomView, ...]:
    found: dict[Localized, list[int]] = {}
    for row in tables:
        if row.title:
            found.setdefault(row.title, []).append(row.id)
    return tuple(RoomView(title, tuple(ids)) for title, ids in found.items())


def _gone(event_id: int, *where: ColumnElement[bool]) -> dict[int, str]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name)
        .where(Delegate.event_id == event_id, Delegate.no_show_at.is_not(None), *where)
        .order_by(Delegate.family_name, Delegate.given_name, Delegate.id)
    )
    return {row.id: full_name(row.family_name, row.given_name) for row in rows}
