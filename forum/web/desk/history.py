"""What became of one person's registration: decisions, changes, replacements."""

from __future__ import annotations

from typing import Any, Final

from forum.queries import edits, journal, members
from forum.queries.events import EventView
from forum.web.edit_words import lines
from forum.web.journal_sentences import said

_ACTIONS: Final = (
    "member_withdrawn",
    "offer_accepted",
    "offer_ended",
    "offer_refused",
    "place_offered",
    "registration_answered",
    "registration_applied_again",
    "registration_decided",
    "registration_let_in",
    "registration_withdrawn",
)


def history(event: EventView, delegate_id: int) -> dict[str, Any]:
    """What the card of the history shows, each the latest first."""
    return {
        "decisions": [
            (entry.at, entry.who, said(entry))
            for entry in journal.of_delegate(event_id=event.id, delegate_id=delegate_id, actions=_ACTIONS)
        ],
        "edits": [
            (edit, lines(edit.changes, event.zone))
            for edit in edits.of_delegate(event_id=event.id, delegate_id=delegate_id)
        ],
        "replacements": members.replacements(delegate_id=delegate_id),
    }
