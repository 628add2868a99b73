"""Backs of badges: the personal agenda in short, and whom to call."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from forum.domain.profile import Profile
from forum.domain.states import PaperKind
from forum.models import Delegate
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.documents import CardDocument, CardSide
from forum.printing.paper_labels import BOTH, said
from forum.printing.paper_titles import TITLES
from forum.queries import agendas
from forum.queries.agendas import AgendaItem, AgendaKind, AgendaView
from forum.queries.events import EventView
from forum.queries.paper_headings import day_label, day_of, time_of
from forum.queries.people import full_name, latin_name, name_in

MOST: Final = 12
"""So many lines can be read on the back of an A6."""


def badge_backs(
    event: EventView, delegate_ids: Collection[int], _languages: Sequence[str]
) -> Mapping[int, CardDocument]:
    """By delegate, in the order of their numbers: meetings, visits and what the person has a part in."""
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event.id, Delegate.id.in_(delegate_ids))
        .order_by(Delegate.number)
    ).all()
    views = agendas.agendas_of(event.id, [row.id for row in rows])
    return {row.id: _back(event, row, _own(views[row.id])) for row in rows}


def sample_back(event: EventView, profile: Profile) -> CardDocument:
    """The back of somebody who is not registered: nothing is planned for them yet."""
    return _back(event, profile, ())


def _back(event: EventView, row: Delegate | Profile, items: Sequence[AgendaItem]) -> CardDocument:
    languages = (row.language,)
    contacts = BOTH.join(filter(None, (event.contact_phone, event.contact_email)))
    texts = (
        ("back_name", name_in(row.language, full_name(row.family_name, row.given_name), latin_name(row))),
        *_lines(event, languages, items),
        ("back_foot", said(languages, words.CALL, contacts=contacts) if contacts else ""),
    )
    return CardDocument(
        language=row.language,
        title=BOTH.join((said(languages, TITLES[PaperKind.BADGE_BACK]), said(languages, event.title))),
        sides=(CardSide(language=row.language, texts=texts),),
    )


def _own(view: AgendaView) -> list[AgendaItem]:
    return [item for item in view.items if item.kind is not AgendaKind.SESSION or item.part]


def _lines(event: EventView, languages: Sequence[str], items: Sequence[AgendaItem]) -> list[tuple[str, str]]:
    """Days with their lines, cut where the back is full; the rest is in the agenda on A4."""
    lines: list[tuple[str, str]] = []
    last: date | None = None
    for item in items[:MOST]:
        on = day_of(event, item.starts_at)
        if on != last:
            lines.append(("back_day", day_label(languages, on)))
        last = on
        lines.append(("back_line", _line(event, languages, item)))
    if not items:
        lines.append(("back_line", said(languages, words.NOTHING_PLANNED)))
    if len(items) > MOST:
        lines.append(("back_line", said(languages, words.AND_MORE, count=len(items) - MOST)))
    return lines


def _line(event: EventView, languages: Sequence[str], item: AgendaItem) -> str:
    title = said(languages, item.title)
    table = said(languages, words.TABLE, number=item.table) if item.table else ""
    parts = (table, title) if table else (title, said(languages, item.place))
    return f"{time_of(event, item.starts_at)} {BOTH.join(filter(None, parts))}"
