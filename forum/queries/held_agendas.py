"""What is at a table, what an interpreter does, whom a company meets: agendas of others than delegates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, or_, select, union

from forum.domain.localized import Localized
from forum.domain.states import PlanStatus
from forum.models import Account, Company, Interpreter, Meeting, Plan, Request, Table
from forum.models.base import db
from forum.queries import appointments, plans
from forum.queries.appointments import Appointment
from forum.queries.paging import Page, page_of
from forum.queries.people import name_in
from forum.queries.searching import matches, searched
from forum.queries.sorting import sort_key


class Holder(StrEnum):
    TABLE = "table"
    INTERPRETER = "interpreter"
    COMPANY = "company"


@dataclass(frozen=True)
class HolderView:
    """``name`` of a company, else ``text``: a table's number, an interpreter's name.

    ``language`` is that of an interpreter who signs in.
    """

    kind: Holder
    id: int
    name: Localized
    text: str
    language: str | None = None

    @property
    def signs_in(self) -> bool:
        """Whether an interpreter has an account."""
        return self.language is not None


@dataclass(frozen=True)
class MeetingsOf:
    """``cancelled`` are meetings of the plan before that it no longer has, and those called off since."""

    kind: Holder
    row_id: int
    revision: int | None
    published_at: datetime | None
    meetings: tuple[Appointment, ...]
    cancelled: tuple[Appointment, ...]


def holders(event_id: int, kind: Holder, language: str) -> tuple[HolderView, ...]:
    """All tables by number, all interpreters by name, the companies that meet in the reader's order."""
    match kind:
        case Holder.TABLE:
            tables = select(Table).where(Table.event_id == event_id).order_by(Table.number)
            return tuple(_table(row) for row in db.session.scalars(tables))
        case Holder.INTERPRETER:
            people = select(Interpreter).where(Interpreter.event_id == event_id)
            rows = map(_interpreter, db.session.scalars(people.order_by(Interpreter.id)))
            return tuple(sorted(rows, key=lambda one: sort_key(name_in(language, one.text), language)))
        case Holder.COMPANY:
            firms = _companies(event_id).order_by(*_order(language))
            return tuple(_company(row) for row in db.session.scalars(firms))


def company_page(event_id: int, language: str, *, text: str = "", number: int = 1) -> Page[HolderView]:
    """Of the companies that meet a page, or of those whose name is looked for: there may be thousands."""
    rows = _companies(event_id)
    if searched(text):
        rows = rows.where(matches(Company.search_key, text))
    return page_of(rows, lambda row: _company(row[0]), number=number, order_by=_order(language))


def _companies(event_id: int) -> Select[Any]:
    return select(Company).where(Company.id.in_(_who_meet(event_id)))


def _order(language: str) -> tuple[Any, Any]:
    return getattr(Company, f"sort_{language}"), Company.id


def find_table(*, event_id: int, row_id: int) -> HolderView | None:
    row = db.session.scalar(select(Table).filter_by(event_id=event_id, id=row_id))
    return _table(row) if row else None


def find_interpreter(*, event_id: int, row_id: int) -> HolderView | None:
    row = db.session.scalar(select(Interpreter).filter_by(event_id=event_id, id=row_id))
    if row is None:
        return None
    language = db.session.scalar(select(Account.language).where(Account.id == row.account_id))
    return replace(_interpreter(row), language=language)


def find_company(*, event_id: int, row_id: int) -> HolderView | None:
    row = db.session.scalar(select(Company).filter_by(event_id=event_id, id=row_id))
    return _company(row) if row else None


FINDERS = {
    Holder.TABLE: find_table,
    Holder.INTERPRETER: find_interpreter,
    Holder.COMPANY: find_company,
}


def interpreter_of_account(event_id: int, account_id: int | None) -> HolderView | None:
    """The interpreter who signs in with the account."""
    if account_id is None:
        return None
    row = db.session.scalar(select(Interpreter).filter_by(event_id=event_id, account_id=account_id))
    return _interpreter(row) if row else None


def meetings_of(event_id: int, kind: Holder, row_id: int) -> MeetingsOf:
    """The agenda by the plan in force."""
    plan, before = plans.in_force(event_id), plans.before_the_one_in_force(event_id)
    where = _where(kind, row_id)
    now = appointments.of_plan(plan.id, where) if plan else ()
    then = appointments.of_plan(before.id, where) if plan and before else ()
    fallen = appointments.called_off(plan.id, where) if plan else ()
    there = {each.request_id for each in (*now, *fallen)}
    return MeetingsOf(
        kind=kind,
        row_id=row_id,
        revision=plan.revision if plan else None,
        published_at=plan.published_at if plan else None,
        meetings=now,
        cancelled=(*(each for each in then if each.request_id not in there), *fallen),
    )


def _where(kind: Holder, row_id: int) -> ColumnElement[bool]:
    match kind:
        case Holder.TABLE:
            return Meeting.table_id == row_id
        case Holder.INTERPRETER:
            return Meeting.interpreter_id == row_id
        case Holder.COMPANY:
            return or_(Request.sender_id == row_id, Request.receiver_id == row_id)


def _who_meet(event_id: int) -> CompoundSelect[int]:
    """Two lists put together: asking for either side of each meeting at once compares every company with
    every meeting.
    """
    held = (
        select(Request.id)
        .join(Meeting, Meeting.request_id == Request.id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .where(Plan.event_id == event_id, Plan.status == PlanStatus.PUBLISHED)
    )
    return union(
        *(select(side).where(Request.id.in_(held)) for side in (Request.sender_id, Request.receiver_id))
    )


def _table(row: Table) -> HolderView:
    return HolderView(Holder.TABLE, row.id, Localized(), str(row.number))


def _interpreter(row: Interpreter) -> HolderView:
    return HolderView(Holder.INTERPRETER, row.id, Localized(), row.name)


def _company(row: Company) -> HolderView:
    return HolderView(Holder.COMPANY, row.id, row.short_name, "")
