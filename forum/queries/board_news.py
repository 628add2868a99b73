"""What was done by hand with a plan, and by whom: for boards that show it elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import PlanStatus
from forum.models import Account, Company, JournalEntry, Plan, Request, Slot, Table
from forum.models.base import db

_MOST: Final = 50


@dataclass(frozen=True)
class Move:
    """One meeting of a change; ``starts_at`` and ``table`` are where it is afterwards, None: nowhere."""

    request_id: int
    companies: tuple[Localized, Localized] | None
    starts_at: datetime | None
    table: int | None


@dataclass(frozen=True)
class Deed:
    """One change by hand. ``moves`` begin with the meeting that was meant; others made room for it."""

    change: int
    action: str
    account_id: int | None
    who: str | None  # None: the command line
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Pulse:
    """What tells whether anything happened: for a question that is asked every few seconds."""

    plan_id: int
    event_id: int
    change_number: int
    status: str

    @property
    def is_draft(self) -> bool:
        return self.status == PlanStatus.DRAFT.value

    @property
    def tag(self) -> str:
        return f"{self.plan_id}-{self.change_number}-{self.status}"


def pulse(*, event_id: int, row_id: int) -> Pulse | None:
    """The plan's, in one statement."""
    row = db.session.execute(
        select(Plan.id, Plan.change_number, Plan.status).where(Plan.event_id == event_id, Plan.id == row_id)
    ).first()
    return Pulse(row.id, event_id, row.change_number, row.status.value) if row else None


def since(*, event_id: int, plan_id: int, change_number: int) -> tuple[Deed, ...]:
    """The changes after that one, the oldest first; of very many only the latest."""
    rows = db.session.execute(
        select(JournalEntry, Account.name)
        .outerjoin(Account, JournalEntry.account_id == Account.id)
        .where(
            JournalEntry.event_id == event_id,
            JournalEntry.subject_kind == "meeting",
            JournalEntry.data["plan"].as_integer() == plan_id,
            JournalEntry.data["change"].as_integer() > change_number,
        )
        .order_by(JournalEntry.id.desc())
        .limit(_MOST)
    ).all()
    names = _Names([entry.data for entry, _ in rows])
    return tuple(
        Deed(
            entry.data["change"],
            entry.action,
            entry.account_id,
            who,
            tuple(names.move(int(key), after) for key, (_, after) in _moves(entry.data).items()),
        )
        for entry, who in reversed(rows)
    )


def of_change(*, event_id: int, plan_id: int, change_number: int) -> Mapping[int, tuple[Any, Any]] | None:
    """What was and what became of each request in that change: by request, as the journal keeps it."""
    data = _data(event_id, plan_id, change_number)
    return None if data is None else {int(key): (was, now) for key, (was, now) in _moves(data).items()}


def facts_of_change(*, event_id: int, plan_id: int, change_number: int) -> Sequence[Mapping[str, Any]]:
    """What was changed beside the plan, as the journal keeps it."""
    data = _data(event_id, plan_id, change_number) or {}
    facts: Sequence[Mapping[str, Any]] = data.get("facts", ())
    return facts


def _data(event_id: int, plan_id: int, change_number: int) -> Mapping[str, Any] | None:
    return db.session.scalar(
        select(JournalEntry.data).where(
            JournalEntry.event_id == event_id,
            JournalEntry.subject_kind == "meeting",
            JournalEntry.data["plan"].as_integer() == plan_id,
            JournalEntry.data["change"].as_integer() == change_number,
        )
    )


def _moves(data: Mapping[str, Any]) -> Mapping[str, tuple[Any, Any]]:
    moves: Mapping[str, tuple[Any, Any]] = data.get("moves", {})
    return moves


class _Names:
    """Companies, times and tables of everything that the entries moved."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        moves = [(int(key), after) for data in entries for key, (_, after) in _moves(data).items()]
        self.companies = pairs_of({key for key, _ in moves})
        self.times = _by_id(Slot.id, Slot.starts_at, {after["slot_id"] for _, after in moves if after})
        self.tables = _by_id(Table.id, Table.number, {after["table_id"] for _, after in moves if after})

    def move(self, request_id: int, after: Mapping[str, Any] | None) -> Move:
        return Move(
            request_id,
            self.companies.get(request_id),
            self.times.get(after["slot_id"]) if after else None,
            self.tables.get(after["table_id"]) if after else None,
        )


def pairs_of(request_ids: Collection[Any]) -> dict[Any, tuple[Localized, Localized]]:
    """The two companies of each request."""
    rows = db.session.execute(
        select(Request.id, Request.sender_id, Request.receiver_id).where(Request.id.in_(request_ids))
    ).all()
    wanted = {key for row in rows for key in (row.sender_id, row.receiver_id)}
    names = _by_id(Company.id, Company.short_name, wanted)
    return {row.id: (names[row.sender_id], names[row.receiver_id]) for row in rows}


def _by_id(key: Any, value: Any, ids: Collection[int]) -> dict[int, Any]:
    return {row[0]: row[1] for row in db.session.execute(select(key, value).where(key.in_(ids)))}
