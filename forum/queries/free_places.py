"""One meeting of a plan, and what holding it at each time, or at each table of one time, would mean."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import RequestRank
from forum.models import Company, Delegate, Interpreter, Meeting, Request, Table
from forum.models.base import db
from forum.queries import scheduling_problem
from forum.queries.boards import SlotView, slots_of
from forum.queries.consequences import Names, OutcomeView
from forum.queries.people import full_name
from forum.scheduling.consequences import Consequences
from forum.scheduling.problem import Request as Wish


@dataclass(frozen=True)
class SlotChoice:
    """``outcome`` is at whatever table is best."""

    slot: SlotView
    outcome: OutcomeView


@dataclass(frozen=True)
class TableChoice:
    table_id: int
    number: int
    outcome: OutcomeView


@dataclass(frozen=True)
class PlacesView:
    """A request, its meeting in the plan if it has one, and everywhere that it could go.

    ``tables`` are those of the slot ``of_slot_id``, if one was asked for.
    """

    request_id: int
    meeting_id: int | None
    sender: Localized
    receiver: Localized
    rank: RequestRank
    message: str | None
    people: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    table: int | None
    is_locked: bool
    needs_interpreter: bool
    interpreter: str | None
    slots: tuple[SlotChoice, ...]
    of_slot_id: int | None
    tables: tuple[TableChoice, ...]


def places_for(
    *, event_id: int, plan_id: int, request_id: int, of_slot_id: int | None = None
) -> PlacesView | None:
    """The choices for a request in a plan; None when it is not accepted there."""
    around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    wish = around.problem.request_by_id.get(request_id)
    if wish is None:
        return None
    row = db.session.get_one(Request, request_id)
    meeting = db.session.scalar(select(Meeting).filter_by(plan_id=plan_id, request_id=request_id))
    companies = _companies(row)
    of_slot_id = of_slot_id if of_slot_id in around.problem.slot_by_id else None
    slots, tables = _choices(event_id, Consequences(around.occupancy), request_id, of_slot_id)
    return PlacesView(
        request_id=request_id,
        meeting_id=meeting.id if meeting else None,
        sender=companies[row.sender_id],
        receiver=companies[row.receiver_id],
        rank=row.rank,
        message=row.message,
        people=_names(wish),
        starts_at=meeting.slot.starts_at if meeting else None,
        ends_at=meeting.slot.ends_at if meeting else None,
        table=meeting.table.number if meeting else None,
        is_locked=meeting.is_locked if meeting else False,
        needs_interpreter=around.problem.needs_interpreter(wish),
        interpreter=_interpreter(meeting),
        slots=slots,
        of_slot_id=of_slot_id,
        tables=tables,
    )


def _choices(
    event_id: int, asked: Consequences, request_id: int, of_slot_id: Hashable
) -> tuple[tuple[SlotChoice, ...], tuple[TableChoice, ...]]:
    slots = slots_of(event_id)
    by_slot = [asked.at(request_id, slot.id) for slot in slots]
    tables = _tables(event_id) if of_slot_id is not None else []
    by_table = [asked.at(request_id, of_slot_id, table=key) for key, _ in tables]
    names = Names([*by_slot, *by_table])
    return (
        tuple(
            SlotChoice(slot, names.outcome(asked, request_id, outcome))
            for slot, outcome in zip(slots, by_slot, strict=True)
        ),
        tuple(
            TableChoice(key, number, names.outcome(asked, request_id, outcome))
            for (key, number), outcome in zip(tables, by_table, strict=True)
        ),
    )


def _companies(row: Request) -> dict[int, Localized]:
    both = Company.id.in_((row.sender_id, row.receiver_id))
    rows = db.session.execute(select(Company.id, Company.short_name).where(both))
    return {row.id: row.short_name for row in rows}


def _interpreter(meeting: Meeting | None) -> str | None:
    if meeting is None or meeting.interpreter_id is None:
        return None
    return db.session.get_one(Interpreter, meeting.interpreter_id).name


def _names(wish: Wish) -> tuple[str, ...]:
    rows = select(Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(wish.people))
    found = db.session.execute(rows.order_by(Delegate.number))
    return tuple(full_name(family, given) for family, given in found)


def _tables(event_id: int) -> list[tuple[int, int]]:
    rows = select(Table.id, Table.number).where(Table.event_id == event_id).order_by(Table.number)
    return [(row.id, row.number) for row in db.session.execute(rows)]
