"""The journal: who did what, when, to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.models import (
    Account,
    Company,
    Delegate,
    Delegation,
    Event,
    JournalEntry,
    Message,
    Question,
    Request,
    Site,
    Visit,
)
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name

Name = str | Localized
Names = Mapping[int, Name]


@dataclass(frozen=True)
class Entry:
    """One line of the journal.

    ``data`` is what was noted; where that was the number of a delegate, a visit and so on, its name
    stands there instead. ``subject`` is the name of what it was done to, "" where it is no more.
    """

    id: int
    at: datetime
    who: str | None  # None: the command line or the worker
    action: str
    subject: Name
    data: Mapping[str, Any]


def page(
    *,
    event_id: int,
    with_house: bool = False,
    account_id: int | None = None,
    action: str | None = None,
    number: int = 1,
) -> Page[Entry]:
    """A page of the forum's journal, the latest first, in a number of statements that does not grow.

    Args:
        with_house: also what belongs to no forum, such as a new password; for organisers of all forums.
    """
    pair: tuple[Any, Any] = (JournalEntry, Account.name)  # typed loosely: conditions are added step by step
    rows: Select[Any] = (
        select(*pair)
        .outerjoin(Account, JournalEntry.account_id == Account.id)
        .where(_where(event_id, with_house))
    )
    if account_id is not None:
        rows = rows.where(JournalEntry.account_id == account_id)
    if action:
        rows = rows.where(JournalEntry.action == action)
    order = (JournalEntry.at.desc(), JournalEntry.id.desc())
    found: Page[tuple[JournalEntry, str | None]] = page_of(
        rows, lambda row: (row[0], row[1]), number=number, order_by=order
    )
    names = _names(entry for entry, _ in found.rows)
    return Page(
        tuple(_entry(entry, who, names) for entry, who in found.rows), found.total, found.number, found.size
    )


def of_delegate(*, event_id: int, delegate_id: int, actions: Collection[str]) -> tuple[Entry, ...]:
    """What was done with one person's registration, of the ``actions`` named, the latest first."""
    rows = db.session.execute(
        select(JournalEntry, Account.name)
        .outerjoin(Account, JournalEntry.account_id == Account.id)
        .where(
            JournalEntry.event_id == event_id,
            JournalEntry.subject_kind == "delegate",
            JournalEntry.subject_id == delegate_id,
            JournalEntry.action.in_(actions),
        )
        .order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
    ).all()
    names = _names(entry for entry, _ in rows)
    return tuple(_entry(entry, who, names) for entry, who in rows)


def people(*, event_id: int, with_house: bool = False) -> tuple[tuple[int, str], ...]:
    """Accounts that the journal knows, by name: pairs of id and name."""
    rows = db.session.execute(
        select(Account.id, Account.name)
        .where(Account.id.in_(select(JournalEntry.account_id).where(_where(event_id, with_house))))
        .order_by(Account.name, Account.id)
    )
    return tuple((row.id, row.name) for row in rows)


def actions(*, event_id: int, with_house: bool = False) -> tuple[str, ...]:
    """Codes of the actions that the journal knows."""
    rows = select(JournalEntry.action).where(_where(event_id, with_house)).distinct()
    return tuple(sorted(db.session.scalars(rows)))


def _where(event_id: int, with_house: bool) -> Any:
    own = JournalEntry.event_id == event_id
    return or_(own, JournalEntry.event_id.is_(None)) if with_house else own


def _entry(row: JournalEntry, who: str | None, names: Mapping[str, Names]) -> Entry:
    subject = names.get(row.subject_kind or "", {}).get(row.subject_id or 0, "")
    data = {key: _named(key, value, names) for key, value in row.data.items()}
    return Entry(row.id, row.at, who or data.get("program"), row.action, subject, data)


def _named(key: str, value: Any, names: Mapping[str, Names]) -> Any:
    kind = _KIND_OF.get(key)
    return names[kind].get(value, "") if kind is not None and isinstance(value, int) else value


def _names(entries: Iterable[JournalEntry]) -> Mapping[str, Names]:
    """Names of everything that the entries speak of, by kind and id: one statement per kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_kind and entry.subject_id:
            wanted[entry.subject_kind].add(entry.subject_id)
        for key, value in entry.data.items():
            if key in _KIND_OF and isinstance(value, int):
                wanted[_KIND_OF[key]].add(value)
    return {kind: _NAMERS[kind](ids) if kind in _NAMERS else {} for kind, ids in wanted.items()}


def _delegates(ids: set[int]) -> Names:
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name, Delegate.patronymic).where(
            Delegate.id.in_(ids)
        )
    )
    return {row.id: full_name(*row[1:]) for row in rows}


def _visits(ids: set[int]) -> Names:
    return _pairs(select(Visit.id, Site.title).join(Site, Visit.site_id == Site.id).where(Visit.id.in_(ids)))


def _requests(ids: set[int]) -> Names:
    sender, receiver = aliased(Company), aliased(Company)
    rows = db.session.execute(
        select(Request.id, sender.short_name, receiver.short_name)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .where(Request.id.in_(ids))
    )
    return {key: _pair(one, other) for key, one, other in rows}


def _pair(one: Localized, other: Localized) -> Localized:
    languages = {*one, *other}
    return Localized({key: f"{one.in_language(key)} – {other.in_language(key)}" for key in languages})


def _column(table: Any, column: Any) -> Callable[[set[int]], Names]:
    return lambda ids: _pairs(select(table.id, column).where(table.id.in_(ids)))


def _pairs(rows: Any) -> Names:
    return {row[0]: row[1] for row in db.session.execute(rows)}


_NAMERS: Final[Mapping[str, Callable[[set[int]], Names]]] = {
    "account": _column(Account, Account.name),
    "company": _column(Company, Company.short_name),
    "delegate": _delegates,
    "delegation": _column(Delegation, Delegation.title),
    "event": _column(Event, Event.title),
    "message": _column(Message, Message.subject),
    "question": _column(Question, Question.title),
    "request": _requests,
    "site": _column(Site, Site.title),
    "visit": _visits,
}
# What of an entry's data is the number of something that has a name.
_KIND_OF: Final = {
    "company": "company",
    "delegate": "delegate",
    "delegation": "delegation",
    "origin": "event",
    "request": "request",
    "other_request": "request",
    "to_visit": "visit",
}
