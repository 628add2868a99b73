"""Writing the journal, from within other commands."""

from __future__ import annotations

from typing import Any

from forum import clock
from forum.models import Delegate, JournalEntry
from forum.models.base import db
from forum.policy import Actor
from forum.services import notices


def record(
    *,
    actor: Actor,
    action: str,
    event_id: int | None,
    subject_kind: str | None = None,
    subject_id: int | None = None,
    **data: Any,
) -> int:
    """Note that ``actor`` did ``action``; becomes true with the command that it is part of.

    Returns:
        The number of the entry, by which what was done can be found and undone.
    """
    if actor.token_id is not None:
        data["program"] = actor.name
    entry = JournalEntry(
        event_id=event_id,
        account_id=actor.account_id,
        at=clock.now(),
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        data=data,
    )
    db.session.add(entry)
    db.session.flush()
    notices.tell(entry)
    return entry.id


def about(row: Delegate, *, actor: Actor, action: str, **data: Any) -> int:
    """Note what ``actor`` did with the person of ``row``; the number of the entry."""
    return record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="delegate",
        subject_id=row.id,
        **data,
    )
