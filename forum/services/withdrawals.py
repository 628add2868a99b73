"""Members withdrawn by whoever looks after them, and brought back."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Delegation, JournalEntry
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import (
    journal,
    leaving,
    places,
    precedence,
    profiles,
    registration_mails,
    registration_undo,
    standing,
)
from forum.unit_of_work import transactional

_WITHDRAWN: Final = "member_withdrawn"


@transactional
def withdraw(*, actor: Actor, event_id: int, delegate_id: int, reason: str) -> int:
    """Somebody does not come: the place and the seats go to whoever waits, the order closes up.

    Returns:
        The journal's line, by which ``bring_back`` undoes it.

    Raises:
        NotAllowedError: not of one's own delegation.
        ForumError: ``no_such_delegate``; ``reason_missing``; ``not_taking_part``.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    if not reason.strip():
        raise ForumError("reason_missing")
    _lock_delegation(event_id, delegate_id)
    occupancy = places.lock(event_id)
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status in precedence.NOT_IN_IT:
        raise ForumError("not_taking_part")
    before, place, is_head = standing.of(row), row.precedence, row.is_head
    took_part, held = row.status is RegistrationStatus.APPROVED, standing.holds_a_place(row)
    standing.move(row, RegistrationStatus.WITHDRAWN, occupancy=occupancy, note=reason.strip())
    precedence.leave(row.delegation_id, row.id)
    seats = leaving.leave(event_id, [row.id] if took_part else [])
    promoted = places.promote(event_id) if held else {}
    entry_id = journal.record(
        actor=actor,
        action=_WITHDRAWN,
        event_id=event_id,
        subject_kind="delegate",
        subject_id=row.id,
        to=RegistrationStatus.WITHDRAWN.value,
        reason=reason.strip(),
        place=place,
        is_head=is_head,
        before={str(row.id): before},
        seats={str(key): value for key, value in seats.items()},
        promoted={str(key): value for key, value in promoted.items()},
    )
    registration_mails.write(row, entry_id=entry_id)
    return entry_id


@transactional
def bring_back(*, actor: Actor, event_id: int, entry_id: int) -> bool:
    """Undo ``withdraw``, as far as nobody else has the place or the seat by now.

    Returns:
        Whether they are back.

    Raises:
        NotAllowedError: not of one's own delegation.
        ForumError: ``nothing_to_undo``.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    entry = db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id, JournalEntry.event_id == event_id, JournalEntry.action == _WITHDRAWN
        )
    )
    if entry is None or entry.subject_id is None:
        raise ForumError("nothing_to_undo")
    _lock_delegation(event_id, entry.subject_id)
    places.lock(event_id)
    row = profiles.editable(actor, event_id, entry.subject_id)
    done = registration_undo.undone(actor=actor, event_id=event_id, entry_id=entry_id, actions=(_WITHDRAWN,))
    if row.id not in done.back:
        return False
    _put_back(actor, row, entry)
    return True


def _put_back(actor: Actor, row: Delegate, entry: JournalEntry) -> None:
    """Where they stood in the order; the head leads again unless another does by now."""
    if row.delegation_id is None:
        return
    whose = {"event_id": row.event_id, "delegation_id": row.delegation_id, "delegate_id": row.id}
    leads = select(Delegate.id).where(Delegate.delegation_id == row.delegation_id, Delegate.is_head)
    if entry.data["is_head"] and db.session.scalar(leads) is None:
        precedence.put_head(actor=actor, **whose)
    if entry.data["place"] is not None:
        precedence.move(actor=actor, place=entry.data["place"], **whose)


def _lock_delegation(event_id: int, delegate_id: int) -> None:
    """Before the places and the people: in the order in which everybody locks them."""
    own = select(Delegate.delegation_id).where(Delegate.event_id == event_id, Delegate.id == delegate_id)
    db.session.execute(
        select(Delegation.id).where(Delegation.id.in_(own.scalar_subquery())).with_for_update(key_share=True)
    )
