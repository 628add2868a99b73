"""Decisions on who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import REGISTRATION_MOVES, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, JournalEntry
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.unit_of_work import transactional

_DECIDED = "registrations_decided"


@dataclass(frozen=True)
class Decision:
    """How many it reached, how many it could not, and the journal entry by which it can be undone."""

    decided: int
    left: int
    entry_id: int | None


def moves_from(status: RegistrationStatus) -> tuple[RegistrationStatus, ...]:
    """Where a registration in ``status`` can be brought, in a steady order."""
    return tuple(move for move in RegistrationStatus if move in REGISTRATION_MOVES[status])


def named(status: str) -> RegistrationStatus:
    """The status with that name.

    Raises:
        ForumError: ``no_such_decision``.
    """
    if status not in list(RegistrationStatus):
        raise ForumError("no_such_decision")
    return RegistrationStatus(status)


@transactional
def decide(
    *, actor: Actor, event_id: int, delegate_ids: Iterable[int], status: RegistrationStatus
) -> Decision:
    """Bring everybody named to ``status``; whoever cannot move there stays as they are.

    Raises:
        ForumError: ``nobody_chosen``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    chosen = frozenset(delegate_ids)
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id.in_(chosen))
        .order_by(Delegate.id)
        .with_for_update()
    ).all()
    if not rows:
        raise ForumError("nobody_chosen")
    before = {}
    for row in rows:
        if status in REGISTRATION_MOVES[row.status]:
            before[str(row.id)] = row.status.value
            row.status, row.updated_at = status, clock.now()
    entry_id = None
    if before:
        entry_id = journal.record(
            actor=actor,
            action="registrations_decided",
            event_id=event_id,
            to=status.value,
            before=before,
            count=len(before),
        )
    return Decision(decided=len(before), left=len(chosen) - len(before), entry_id=entry_id)


@transactional
def take_back(*, actor: Actor, event_id: int, entry_id: int) -> int:
    """Undo a decision: whoever still is where it brought them goes back. Returns how many did."""
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    entry = db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id, JournalEntry.event_id == event_id, JournalEntry.action == _DECIDED
        )
    )
    if entry is None:
        raise ForumError("nothing_to_undo")
    before: dict[str, str] = entry.data["before"]
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.id.in_([int(key) for key in before]),
            Delegate.status == RegistrationStatus(entry.data["to"]),
        )
        .order_by(Delegate.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.status, row.updated_at = RegistrationStatus(before[str(row.id)]), clock.now()
    journal.record(actor=actor, action="registrations_taken_back", event_id=event_id, count=len(rows))
    return len(rows)
