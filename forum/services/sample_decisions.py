"""Where registrations of the invented forum stand: asked, waiting, offered, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.states import Category, EditOutcome, RegistrationStatus
from forum.models import Capacity, Delegate, ProfileEdit
from forum.models.base import db
from forum.sample.decisions import DECLINED, EDITS, QUESTIONS, REPLIES, Edit

_OFFERED: Final = 1
_LEFT_TO_DECIDE: Final = 4


def write(event_id: int) -> None:
    """The office has begun to work through its queue."""
    applied = _people(event_id, RegistrationStatus.APPLIED)
    _ask(applied)
    for row in applied[_LEFT_TO_DECIDE:]:
        row.status = RegistrationStatus.WAITING
    _wait(_people(event_id, RegistrationStatus.WAITING))
    _offer(event_id)
    for row in _people(event_id, RegistrationStatus.DECLINED):
        row.decision_note, row.decided_at = DECLINED[row.language], clock.now() - timedelta(days=2)
    for row, edits in zip(_people(event_id, RegistrationStatus.APPROVED), EDITS, strict=False):
        _edit(row, edits, is_decided=edits is EDITS[-1])
    db.session.flush()


def _people(event_id: int, status: RegistrationStatus) -> Sequence[Delegate]:
    return db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == status,
            Delegate.category == Category.DELEGATE,
        )
        .order_by(Delegate.id)
    ).all()


def _ask(people: Sequence[Delegate]) -> None:
    """Two have not answered yet, the third has."""
    now = clock.now()
    for number, row in enumerate(people):
        row.created_at = now - timedelta(days=6, minutes=-41 * number)
    for row, question in zip(people, (*QUESTIONS, QUESTIONS[0]), strict=False):
        row.status, row.decision_note = RegistrationStatus.ASKED, question[row.language]
        row.decided_at = now - timedelta(days=1)
    for row in people[2:3]:
        row.status, row.reply = RegistrationStatus.APPLIED, REPLIES[row.language]


def _wait(people: Sequence[Delegate]) -> None:
    for number, row in enumerate(people):
        row.waiting_since = clock.now() - timedelta(days=4, minutes=-93 * number)


def _offer(event_id: int) -> None:
    """A place has been added, and is kept for the first in the list."""
    hall = next(
        row
        for row in db.session.scalars(select(Capacity).filter_by(event_id=event_id).order_by(Capacity.id))
        if Category.DELEGATE in row.categories
    )
    for row in _people(event_id, RegistrationStatus.WAITING)[:_OFFERED]:
        hall.places += 1
        row.status, row.decided_at = RegistrationStatus.OFFERED, clock.now() - timedelta(hours=9)
        row.offer_ends_at = row.decided_at + timedelta(hours=hall.offer_hours)


def _edit(row: Delegate, edits: tuple[Edit, ...], *, is_decided: bool) -> None:
    at = clock.now() - timedelta(hours=20)
    changes = {each.field: {"before": getattr(row, each.field), "after": each.after} for each in edits}
    for each in edits:
        setattr(row, each.field, each.after)
    db.session.add(
        ProfileEdit(
            event_id=row.event_id,
            delegate_id=row.id,
            account_id=row.account_id,
            at=at,
            changes=changes,
            needs_decision=True,
            outcome=EditOutcome.KEPT if is_decided else None,
            decided_at=at + timedelta(hours=3) if is_decided else None,
        )
    )
