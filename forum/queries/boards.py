"""A plan as a board: slots across, and down the tables, companies, delegates or interpreters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select, union

from forum.domain.localized import Localized
from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.states import MeetingStatus, RegistrationStatus, RequestStatus
from forum.models import Company, Delegate, Interpreter, Meeting, MeetingParticipant, Request, Slot, Table
from forum.models.base import db
from forum.queries import appointments
from forum.queries.appointments import Appointment, with_delegates
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name

ROWS_A_PAGE: Final = 30


class BoardRows(StrEnum):
    TABLES = "tables"
    COMPANIES = "companies"
    DELEGATES = "delegates"
    INTERPRETERS = "interpreters"


@dataclass(frozen=True)
class SlotView:
    id: int
    block: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class BoardRow:
    """``name`` for a company in its languages, ``text`` for everything else; ``cells`` slot by slot."""

    id: int
    name: Localized
    text: str
    note: Localized
    cells: tuple[tuple[Appointment, ...], ...]


@dataclass(frozen=True)
class BoardView:
    kind: BoardRows
    slots: tuple[SlotView, ...]
    page: Page[BoardRow]


def board(
    *, event_id: int, plan_id: int, kind: BoardRows = BoardRows.TABLES, language: str, number: int = 1
) -> BoardView:
    """One page of the board: the same few queries whatever the size of the forum."""
    slots = slots_of(event_id)
    page = page_of(
        heads(event_id, plan_id, kind),
        lambda row: head(row[0], kind),
        number=number,
        order_by=order(kind, language),
        size=ROWS_A_PAGE,
    )
    meetings = appointments.of_plan(plan_id, of_rows(kind, [row.id for row in page.rows]))
    cells: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
    for meeting in meetings:
        for row_id in _rows_of(meeting, kind):
            cells[row_id, meeting.slot_id].append(meeting)
    rows = tuple(
        BoardRow(row.id, row.name, row.text, row.note, tuple(tuple(cells[row.id, slot.id]) for slot in slots))
        for row in page.rows
    )
    return BoardView(kind, slots, Page(rows, page.total, page.number, page.size))


def slots_of(event_id: int) -> tuple[SlotView, ...]:
    """The event's slots in the order of time."""
    rows = db.session.scalars(select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at))
    return tuple(SlotView(row.id, row.block, row.starts_at, row.ends_at) for row in rows)


def heads(event_id: int, plan_id: int, kind: BoardRows) -> Select[Any]:
    """What stands at the left: all tables and interpreters; of the others those who meet or are to meet."""
    seated = (
        select(MeetingParticipant.delegate_id)
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .where(Meeting.plan_id == plan_id, Meeting.status != MeetingStatus.CANCELLED)
    )
    match kind:
        case BoardRows.TABLES:
            return select(Table).where(Table.event_id == event_id)
        case BoardRows.INTERPRETERS:
            return select(Interpreter).where(Interpreter.event_id == event_id)
        case BoardRows.DELEGATES:
            speakers = and_(
                Delegate.event_id == event_id,
                Delegate.status == RegistrationStatus.APPROVED,
                Delegate.category.in_(SPEAK_FOR_COMPANIES),
                Delegate.company_id.in_(_wanted(event_id)),
            )
            return select(Delegate).where(or_(Delegate.id.in_(seated), speakers))
        case BoardRows.COMPANIES:
            meeting = select(Delegate.company_id).where(Delegate.id.in_(seated))
            return select(Company).where(or_(Company.id.in_(meeting), Company.id.in_(_wanted(event_id))))


def _wanted(event_id: int) -> Any:
    """Companies that asked or were asked for a meeting that is accepted."""
    accepted = (Request.event_id == event_id, Request.status == RequestStatus.ACCEPTED)
    return union(select(Request.sender_id).where(*accepted), select(Request.receiver_id).where(*accepted))


def order(kind: BoardRows, language: str) -> tuple[Any, ...]:
    """By what the heads are sorted."""
    match kind:
        case BoardRows.TABLES:
            return (Table.number,)
        case BoardRows.INTERPRETERS:
            return (Interpreter.name, Interpreter.id)
        case BoardRows.DELEGATES:
            return (getattr(Delegate, f"sort_{language}"), Delegate.number)
        case BoardRows.COMPANIES:
            return (getattr(Company, f"sort_{language}"), Company.id)


def head(row: Any, kind: BoardRows) -> BoardRow:
    """A row as yet without its cells."""
    match kind:
        case BoardRows.TABLES:
            return BoardRow(row.id, Localized(), str(row.number), Localized(), ())
        case BoardRows.INTERPRETERS:
            return BoardRow(row.id, Localized(), row.name, Localized(), ())
        case BoardRows.DELEGATES:
            return BoardRow(row.id, Localized(), full_name(row.family_name, row.given_name), row.position, ())
        case BoardRows.COMPANIES:
            return BoardRow(row.id, row.short_name, "", Localized(), ())


def of_rows(kind: BoardRows, ids: list[int]) -> ColumnElement[bool]:
    """Narrows meetings to those of the rows."""
    match kind:
        case BoardRows.TABLES:
            return Meeting.table_id.in_(ids)
        case BoardRows.INTERPRETERS:
            return Meeting.interpreter_id.in_(ids)
        case BoardRows.DELEGATES:
            return with_delegates(ids)
        case BoardRows.COMPANIES:
            members = select(Delegate.id).where(Delegate.company_id.in_(ids))
            seats = select(MeetingParticipant.meeting_id).where(MeetingParticipant.delegate_id.in_(members))
            return Meeting.id.in_(seats)


def _rows_of(meeting: Appointment, kind: BoardRows) -> Iterable[int]:
    match kind:
        case BoardRows.TABLES:
            return (meeting.table_id,)
        case BoardRows.INTERPRETERS:
            return (meeting.interpreter_id,) if meeting.interpreter_id is not None else ()
        case BoardRows.DELEGATES:
            return meeting.people_ids
        case BoardRows.COMPANIES:
            return {person.company_id for person in meeting.people if person.company_id is not None}
