"""Columns of a person that follow from others: the keys by which people are found, matched and sorted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from forum.domain.folding import fold
from forum.domain.localized import LANGUAGES
from forum.domain.names import PersonName
from forum.models import Delegate, Event
from forum.models.base import db
from forum.queries.sorting import sort_key


def keys(name: PersonName, latin_family: str | None, latin_given: str | None) -> dict[str, Any]:
    """``identity_key``, ``search_key`` and the sort keys of somebody with that name."""
    latin = f"{latin_family or ''} {latin_given or ''}"
    return {
        "identity_key": fold(name.full),
        "search_key": fold(f"{name.full} {latin}"),
        **sort_keys(name.full),
    }


def sort_keys(text: str) -> dict[str, bytes]:
    """``text`` as each language sorts it."""
    return {f"sort_{language}": sort_key(text, language) for language in LANGUAGES}


def next_number(event_id: int) -> int:
    """Within a command: the number of the next person of the event. Others wait until it is written."""
    # With key_share, rows that only point to the event (a line of the journal) need not wait: whoever
    # writes one may hold the places that this command asks for next.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    return (
        db.session.scalar(select(func.max(Delegate.number)).where(Delegate.event_id == event_id)) or 0
    ) + 1
