"""A few rows of a plan's board at a time, as they come into view; and single meetings that were changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select

from forum.domain.localized import Localized
from forum.models import Claim, Company, Delegate, Interpreter, Meeting, Table
from forum.models.base import db
from forum.queries import appointments, boards
from forum.queries.appointments import Appointment
from forum.queries.boards import BoardRow, BoardRows
from forum.queries.searching import matches, searched

MOST_ROWS: Final = 100


@dataclass(frozen=True)
class Cards:
    """Meetings, and the names of the companies that sit at them."""

    meetings: tuple[Appointment, ...]
    companies: Mapping[int, Localized]


@dataclass(frozen=True)
class Window:
    """``rows`` from place ``first`` of ``total``, with the meetings that belong to them."""

    total: int
    first: int
    rows: tuple[BoardRow, ...]
    cards: Cards


def window(
    *,
    event_id: int,
    plan_id: int,
    kind: BoardRows,
    language: str,
    first: int = 0,
    count: int = MOST_ROWS,
    query: str = "",
) -> Window:
    """The same few statements whatever the size of the forum and of the window."""
    rows = _found(event_id, plan_id, kind, query)
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    shown = rows.order_by(*boards.order(kind, language)).limit(min(count, MOST_ROWS)).offset(max(0, first))
    heads = tuple(boards.head(row, kind) for row in db.session.scalars(shown))
    ids = [head.id for head in heads]
    return Window(total, first, heads, _cards(appointments.of_plan(plan_id, boards.of_rows(kind, ids))))


def cards(*, plan_id: int, request_ids: Collection[int]) -> Cards:
    """The meetings of these requests, as far as they have one in the plan."""
    return _cards(appointments.of_plan(plan_id, Meeting.request_id.in_(request_ids)))


def lanes(
    *, event_id: int, plan_id: int, kind: BoardRows, language: str, query: str = ""
) -> tuple[int, ...] | None:
    """How many meetings at most each row has at one time, row by row; None where that is one for each."""
    if kind is not BoardRows.COMPANIES:
        return None
    at_once = (
        select(Delegate.company_id, func.count(Claim.meeting_id.distinct()).label("meetings"))
        .join(Claim, Claim.resource_id == Delegate.id)
        .where(Claim.plan_id == plan_id, Claim.kind == "delegate")
        .group_by(Delegate.company_id, Claim.slot_id)
        .subquery()
    )
    most = select(at_once.c.company_id, func.max(at_once.c.meetings)).group_by(at_once.c.company_id)
    needed = {row[0]: row[1] for row in db.session.execute(most)}
    ids = _found(event_id, plan_id, kind, query).with_only_columns(Company.id)
    ordered = db.session.scalars(ids.order_by(*boards.order(kind, language)))
    return tuple(needed.get(company_id, 1) for company_id in ordered)


def _found(event_id: int, plan_id: int, kind: BoardRows, query: str) -> Select[Any]:
    rows = boards.heads(event_id, plan_id, kind)
    query = searched(query)
    if not query:
        return rows
    match kind:
        case BoardRows.TABLES:
            return rows.where(Table.number == (int(query) if query.isdecimal() and len(query) < 9 else -1))
        case BoardRows.INTERPRETERS:
            return rows.where(func.lower(Interpreter.name).contains(query.lower(), autoescape=True))
        case BoardRows.DELEGATES:
            return rows.where(matches(Delegate.search_key, query))
        case BoardRows.COMPANIES:
            return rows.where(matches(Company.search_key, query))


def _cards(meetings: Iterable[Appointment]) -> Cards:
    meetings = tuple(meetings)
    names = {each.sender_id: each.sender for each in meetings}
    names |= {each.receiver_id: each.receiver for each in meetings}
    return Cards(meetings, names)
