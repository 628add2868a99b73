"""Ending a registration and undoing that: the same for people themselves and for whoever looks after them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import JournalEntry
from forum.models.base import db
from forum.policy import Actor
from forum.queries.companions import ENDED
from forum.services import (
    companions,
    journal,
    leaving,
    places,
    precedence,
    profiles,
    registration_mails,
    registration_undo,
    standing,
)

_APPROVED: Final = RegistrationStatus.APPROVED.value


def end(*, actor: Actor, event_id: int, delegate_id: int, reason: str, action: str, refusal: str) -> int:
    """Within a command: withdraw somebody with those who came along.

    Their places and seats go to whoever waits for them, the order of precedence closes up.

    Args:
        action: what the journal calls it.
        refusal: the code for whoever has ended already.

    Returns:
        The journal's line, by which ``bring_back`` undoes it.

    Raises:
        NotAllowedError: as ``profiles.editable``.
        ForumError: ``no_such_delegate``, ``refusal``.
    """
    occupancy = places.lock(event_id)
    precedence.lock_of(event_id, [delegate_id])
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status in ENDED:
        raise ForumError(refusal)
    people = [row, *companions.lock_with(event_id, [row.id])]
    before = {each.id: standing.of(each) for each in people}
    for each in people:
        standing.move(each, RegistrationStatus.WITHDRAWN, occupancy=occupancy, note=reason.strip() or None)
    seats = leaving.leave(event_id, [key for key, stood in before.items() if stood["status"] == _APPROVED])
    promoted = places.promote(event_id)
    entry_id = journal.about(
        row,
        actor=actor,
        action=action,
        to=RegistrationStatus.WITHDRAWN.value,
        reason=reason.strip(),
        before=_by_text(before),
        seats=_by_text(seats),
        promoted=_by_text(promoted),
    )
    for each in people:
        registration_mails.write(each, entry_id=entry_id)
    return entry_id


def _by_text(found: Mapping[int, Any]) -> dict[str, Any]:
    """As the journal keeps it: its keys are texts."""
    return {str(key): value for key, value in found.items()}


def bring_back(*, actor: Actor, event_id: int, entry_id: int, action: str) -> bool:
    """Within a command: undo ``end``, as far as nobody else has the place by now.

    Returns:
        Whether they are back.

    Raises:
        NotAllowedError: as ``profiles.editable``.
        ForumError: ``nothing_to_undo``.
    """
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None or entry.event_id != event_id or entry.action != action or not entry.subject_id:
        raise ForumError("nothing_to_undo")
    places.lock(event_id)
    precedence.lock_of(event_id, [entry.subject_id])
    row = profiles.editable(actor, event_id, entry.subject_id)
    done = registration_undo.undone(actor=actor, event_id=event_id, entry_id=entry_id, actions=(action,))
    return row.id in done.back
