"""Changes that people made to their registrations, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.domain.profile import FIELDS
from forum.domain.states import EditOutcome
from forum.models import Account, Company, Delegate, ProfileEdit
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name


@dataclass(frozen=True)
class Change:
    """One field. Values are as the edit kept them; of a company it is the name, of a photo whether there
    is one.
    """

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EditView:
    """One edit: who made it of whose registration, and what became of it."""

    id: int
    event_id: int
    delegate_id: int
    person: str
    number: int
    delegation_id: int | None
    at: datetime
    who: str | None  # None: the command line or another program
    changes: tuple[Change, ...]
    needs_decision: bool
    outcome: EditOutcome | None
    decided_at: datetime | None
    decided_by: str | None

    @property
    def label(self) -> str:
        return self.person

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide on it."""
        return self.needs_decision and self.outcome is None


def find(*, event_id: int, row_id: int) -> EditView | None:
    """The edit of that event with that number."""
    found = _views(_rows(event_id).where(ProfileEdit.id == row_id))
    return found[0] if found else None


def of_delegate(*, event_id: int, delegate_id: int) -> tuple[EditView, ...]:
    """Every edit of one registration, the latest first."""
    rows = _rows(event_id).where(ProfileEdit.delegate_id == delegate_id)
    return _views(rows.order_by(ProfileEdit.at.desc(), ProfileEdit.id.desc()))


def waiting(*, event_id: int, seen: frozenset[int] | None = None, number: int = 1) -> Page[EditView]:
    """A page of what waits for a decision, the oldest first; of delegations ``seen`` (None: all)."""
    rows = _rows(event_id).where(*_waits(seen))
    page: Page[Any] = page_of(rows, lambda row: row, number=number, order_by=(ProfileEdit.at, ProfileEdit.id))
    return Page(_named(page.rows), page.total, page.number, page.size)


def all_waiting(*, event_id: int) -> tuple[EditView, ...]:
    """Everything that waits for a decision, the oldest first."""
    rows = _rows(event_id).where(*_waits(None))
    return _views(rows.order_by(ProfileEdit.at, ProfileEdit.id))


def count_waiting(*, event_id: int, seen: frozenset[int] | None = None) -> int:
    """How many edits wait for a decision."""
    rows = _rows(event_id).where(*_waits(seen)).with_only_columns(func.count())
    return db.session.scalar(rows) or 0


def _waits(seen: frozenset[int] | None) -> list[ColumnElement[bool]]:
    waits = [
        ProfileEdit.needs_decision == true(),
        ProfileEdit.outcome.is_(None),
        Delegate.erased_at.is_(None),
    ]
    return waits if seen is None else [*waits, Delegate.delegation_id.in_(seen)]


def _rows(event_id: int) -> Select[Any]:
    decider = aliased(Account)
    columns: tuple[Any, ...] = (ProfileEdit, Delegate, Account.name, decider.name)
    rows: Select[Any] = (
        select(*columns)
        .join(Delegate, Delegate.id == ProfileEdit.delegate_id)
        .outerjoin(Account, Account.id == ProfileEdit.account_id)
        .outerjoin(decider, decider.id == ProfileEdit.decided_by_id)
        .where(ProfileEdit.event_id == event_id)
    )
    return rows


def _views(rows: Select[Any]) -> tuple[EditView, ...]:
    return _named(tuple(db.session.execute(rows)))


def _named(rows: Iterable[Any]) -> tuple[EditView, ...]:
    found = list(rows)
    companies = _companies(found)
    return tuple(
        EditView(
            id=edit.id,
            event_id=edit.event_id,
            delegate_id=row.id,
            person=full_name(row.family_name, row.given_name, row.patronymic),
            number=row.number,
            delegation_id=row.delegation_id,
            at=edit.at,
            who=who,
            changes=_changes(edit, companies),
            needs_decision=edit.needs_decision,
            outcome=edit.outcome,
            decided_at=edit.decided_at,
            decided_by=decided_by,
        )
        for edit, row, who, decided_by in found
    )


def _companies(rows: Iterable[Any]) -> Mapping[int, Localized]:
    ids = {
        value
        for edit, *_ in rows
        for value in edit.changes.get("company_id", {}).values()
        if isinstance(value, int)
    }
    if not ids:
        return {}
    names = db.session.execute(select(Company.id, Company.short_name).where(Company.id.in_(ids)))
    return {row.id: row.short_name for row in names}


def _changes(edit: ProfileEdit, companies: Mapping[int, Localized]) -> tuple[Change, ...]:
    def value(name: str, kept: Any) -> Any:
        if name == "company_id":
            return companies.get(kept)
        return kept is not None if name == "photo_id" else kept

    return tuple(
        Change(name, value(name, edit.changes[name]["before"]), value(name, edit.changes[name]["after"]))
        for name in FIELDS
        if name in edit.changes
    )
