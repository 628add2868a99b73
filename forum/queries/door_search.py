"""Who stands at the door: by a name heard or read from a document, however it was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from forum.domain.folding import folded_words
from forum.domain.keyboards import in_other_layouts
from forum.domain.states import RegistrationStatus
from forum.queries import catalogue_index, delegate_list
from forum.queries.delegate_list import DelegateFilter, DelegateRow
from forum.search.documents import Forgiving
from forum.search.index import Index

_MOST: Final = 50
_MOST_WITHOUT: Final = 10
_PLACE: Final = RegistrationStatus.APPROVED
_NO_PLACE: Final = tuple(status for status in RegistrationStatus if status is not _PLACE)


@dataclass(frozen=True)
class AtTheDoor:
    """``rows`` are the likeliest of the ``total`` who have a place. ``is_guess``: no name is as it was typed.

    ``without`` are people of that very name who registered and have no place.
    """

    rows: tuple[DelegateRow, ...]
    total: int
    is_guess: bool
    without: tuple[DelegateRow, ...]


def found(*, event_id: int, text: str, language: str) -> AtTheDoor:
    """Whoever ``text`` may mean: a number, an address, or a name, a company in any script or layout."""
    # Without a letter every name would begin like that.
    readings = tuple(each for each in (text, *in_other_layouts(text)) if folded_words(each))
    if text.isdecimal() or "@" in text:
        chosen = DelegateFilter(text=text, status=_PLACE)
        page = delegate_list.page(event_id=event_id, chosen=chosen, language=language)
        rows, total, is_guess = page.rows, page.total, False
        readings = (text,)
    else:
        ids, is_guess = _named(catalogue_index.of_event(event_id).people_index, readings)
        rows, total = delegate_list.of_ids(event_id=event_id, ids=ids[:_MOST]), len(ids)
    return AtTheDoor(rows, total, is_guess, _without(event_id, readings, language))


def _named(index: Index, readings: tuple[str, ...]) -> tuple[tuple[int, ...], bool]:
    """Ids, the likeliest first, and whether errors were forgiven: only where no layout finds the name."""
    for forgiving in Forgiving:
        for reading in readings:
            hits = index.search(reading, forgiving=forgiving)
            if hits:
                return tuple(hit.id for hit in hits), hits[0].errors > 0
    return (), False


def _without(event_id: int, readings: tuple[str, ...], language: str) -> tuple[DelegateRow, ...]:
    chosen = DelegateFilter(statuses=_NO_PLACE)
    pages = (
        delegate_list.page(event_id=event_id, chosen=replace(chosen, text=reading), language=language).rows
        for reading in readings
    )
    return next(filter(None, pages), ())[:_MOST_WITHOUT]
