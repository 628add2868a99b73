"""Registrations by the numbers of their people, as the command line names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Delegation
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class Line:
    """One registration in a line; ``delegation`` is its code."""

    id: int
    number: int
    name: str
    category: Category
    status: RegistrationStatus
    delegation: str | None
    note: str | None
    reply: str | None
    waiting_since: datetime | None
    offer_ends_at: datetime | None
    decided_at: datetime | None


def lines(
    *,
    event_id: int,
    status: RegistrationStatus | None = None,
    category: Category | None = None,
    delegation: str | None = None,
) -> tuple[Line, ...]:
    """The registrations of the event that are asked for, in the order of the waiting list or of applying."""
    rows = _rows(event_id)
    if status is not None:
        rows = rows.where(Delegate.status == status)
    if category is not None:
        rows = rows.where(Delegate.category == category)
    if delegation is not None:
        rows = rows.where(Delegation.code == delegation)
    ordered = rows.order_by(Delegate.waiting_since, Delegate.created_at, Delegate.id)
    return tuple(_line(*row) for row in db.session.execute(ordered))


def of(*, event_id: int, numbers: Iterable[int]) -> tuple[Line, ...]:
    """The registrations of those numbers.

    Raises:
        ForumError: ``no_such_number``, with the first that nobody has.
    """
    wanted = list(numbers)
    rows = _rows(event_id).where(Delegate.number.in_(wanted)).order_by(Delegate.number)
    found = tuple(_line(*row) for row in db.session.execute(rows))
    for number in wanted:
        if number not in {line.number for line in found}:
            raise ForumError("no_such_number", number=number)
    return found


def _rows(event_id: int) -> Select[Any]:
    pair: tuple[Any, Any] = (Delegate, Delegation.code)
    return (
        select(*pair)
        .outerjoin(Delegation, Delegation.id == Delegate.delegation_id)
        .where(Delegate.event_id == event_id, Delegate.erased_at.is_(None))
    )


def _line(row: Delegate, delegation: str | None) -> Line:
    return Line(
        id=row.id,
        number=row.number,
        name=full_name(row.family_name, row.given_name, row.patronymic),
        category=row.category,
        status=row.status,
        delegation=delegation,
        note=row.decision_note,
        reply=row.reply,
        waiting_since=row.waiting_since,
        offer_ends_at=row.offer_ends_at,
        decided_at=row.decided_at,
    )
