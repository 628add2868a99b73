"""How the papers stand, as a worker counted them: nobody waits for a page until thousands are compared.

A forum of a few people is compared at once. Whatever is done is in the journal and whatever comes out is a
print, so the last of both tell whether anything may have changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from forum.domain.states import PaperKind, RegistrationStatus
from forum.models import Delegate, JournalEntry, Paper, PaperCount, Print
from forum.models.base import db
from forum.queries import paper_standing
from forum.queries.events import EventView
from forum.queries.paper_standing import StalePaper, Standing, Subject
from forum.queries.papers import PaperChoice

COMPARED_AT_ONCE: Final = 150
"""People of a forum whose papers are compared while somebody waits for the page."""


@dataclass(frozen=True)
class Counted:
    """How a kind stands; None where nobody has counted it yet.

    ``counted_at`` is None for what was compared just now; ``is_current``: nothing has happened since.
    """

    standing: Standing | None
    counted_at: datetime | None = None
    is_current: bool = True


def counted(event: EventView, kinds: Iterable[PaperKind]) -> Mapping[PaperKind, Counted]:
    """By kind, as last counted; the statements do not grow with the papers."""
    if is_small(event.id):
        return {kind: Counted(paper_standing.standing(event, kind)) for kind in kinds}
    rows, now = _rows(event.id), stamp(event.id)
    return {kind: _counted(rows.get(kind), now) for kind in kinds}


def stale(
    event: EventView, kind: PaperKind, language: str, *, most: int
) -> tuple[tuple[StalePaper, ...], int]:
    """The first of the papers that are out of date, as last counted, and how many there are."""
    row = None if is_small(event.id) else _rows(event.id).get(kind)
    if row is None and not is_small(event.id):
        return (), 0
    subjects = paper_standing.chosen(event, kind, PaperChoice(only="stale")) if row is None else _stale(row)
    return paper_standing.told(event, kind, subjects[:most], language), len(subjects)


def chosen(event: EventView, kind: PaperKind, choice: PaperChoice) -> tuple[Subject, ...]:
    """As ``paper_standing.chosen``, without comparing anything where nothing has changed since the count."""
    if choice.only != "stale" or (row := _current(event.id, kind)) is None:
        return paper_standing.chosen(event, kind, choice)
    known = {each.id for each in paper_standing.wanted(event, kind, choice)}
    return tuple(each for each in _stale(row) if each.id in known)


def already_printed(event: EventView, kind: PaperKind, subjects: Collection[Subject]) -> int:
    """As ``paper_standing.already_printed``, counted in the same way."""
    row = _current(event.id, kind)
    if row is None:
        return paper_standing.already_printed(event, kind, subjects)
    held = paper_standing.held_papers(event_id=event.id, kind=kind)
    return len(held.keys() & set(subjects) - set(_stale(row)))


def is_small(event_id: int) -> bool:
    """Whether the papers of the forum are compared at once."""
    people = select(func.count()).where(
        Delegate.event_id == event_id, Delegate.status == RegistrationStatus.APPROVED
    )
    return (db.session.scalar(people) or 0) <= COMPARED_AT_ONCE


def stamp(event_id: int) -> str:
    """What stands last in the journal and among the prints."""
    entry = db.session.scalar(select(func.max(JournalEntry.id)).where(JournalEntry.event_id == event_id))
    printed = select(func.max(Print.id)).join(Paper, Paper.id == Print.paper_id)
    return f"{entry or 0}-{db.session.scalar(printed.where(Paper.event_id == event_id)) or 0}"


def _rows(event_id: int) -> Mapping[PaperKind, PaperCount]:
    rows = db.session.scalars(select(PaperCount).where(PaperCount.event_id == event_id))
    return {row.kind: row for row in rows}


def _current(event_id: int, kind: PaperKind) -> PaperCount | None:
    row = _rows(event_id).get(kind)
    return row if row is not None and row.seen == stamp(event_id) else None


def _counted(row: PaperCount | None, now: str) -> Counted:
    if row is None:
        return Counted(None, is_current=False)
    return Counted(
        Standing(row.total, row.unprinted, len(row.stale["rows"])), row.counted_at, row.seen == now
    )


def _stale(row: PaperCount) -> tuple[Subject, ...]:
    return tuple(
        Subject(key, tuple(filter(None, languages.split(",")))) for key, languages in row.stale["rows"]
    )
