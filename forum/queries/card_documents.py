"""Plates, tent cards and signs as they would be printed today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from forum.domain.states import PaperKind
from forum.models import Company, Delegate, Table
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.documents import CardDocument, CardSide
from forum.printing.paper_labels import BOTH, said
from forum.printing.paper_titles import TITLES
from forum.queries.events import EventView
from forum.queries.paper_rows import PaperRow
from forum.queries.people import full_name, latin_parts
from forum.queries.schedule_documents import rooms_of

_OTHER_SIDE: Final = {"ru": "kk", "kk": "ru", "en": "ru"}
"""In which language whoever sits opposite reads a card."""
Cards = Mapping[int, CardDocument]


def tent_cards(event: EventView, delegate_ids: Collection[int], _languages: Sequence[str]) -> Cards:
    """Two faces: one in the language of the holder, one in that of the other side."""
    return {
        row.id: CardDocument(
            language=row.language,
            title=_title(event, PaperKind.TENT_CARD, (row.language,)),
            sides=tuple(_side(row, each) for each in (row.language, _OTHER_SIDE[row.language])),
        )
        for row in _people(event, delegate_ids)
    }


def name_plates(event: EventView, delegate_ids: Collection[int], _languages: Sequence[str]) -> Cards:
    """One face in the language of the holder, with the company in that of the other side as well."""
    found = {}
    for row in _people(event, delegate_ids):
        side, other = _side(row, row.language), _company(row, _OTHER_SIDE[row.language])
        more = (("other_company", other if other != _company(row, row.language) else ""),)
        found[row.id] = CardDocument(
            language=row.language,
            title=_title(event, PaperKind.NAME_PLATE, (row.language,)),
            sides=(CardSide(language=row.language, texts=(*side.texts, *more)),),
        )
    return found


def door_signs(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Cards:
    """A room's name, first in the first language."""
    found = {}
    for room in rooms_of(event.id):
        names = words.titles(languages, room.title)
        texts = (
            ("room", names["title"]),
            ("other_room", names["subtitle"]),
            ("event", said(languages[:1], event.title)),
        )
        if room.id in ids:
            found[room.id] = _sign(event, PaperKind.DOOR_SIGN, languages, texts)
    return found


def table_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The tables by number."""
    return tuple(
        PaperRow(key, said((language,), words.TABLE, number=number)) for key, number in _tables(event.id)
    )


def table_signs(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Cards:
    """A table's number, as large as it goes."""
    word = said(languages, words.TABLE_WORD)
    return {
        key: _sign(event, PaperKind.TABLE_SIGN, languages, (("word", word), ("number", str(number))))
        for key, number in _tables(event.id)
        if key in ids
    }


def _tables(event_id: int) -> list[tuple[int, int]]:
    rows = db.session.execute(
        select(Table.id, Table.number).where(Table.event_id == event_id).order_by(Table.number)
    )
    return [(row.id, row.number) for row in rows]


def _sign(
    event: EventView, kind: PaperKind, languages: Sequence[str], texts: tuple[tuple[str, str], ...]
) -> CardDocument:
    side = CardSide(language=languages[0], texts=texts)
    return CardDocument(language=languages[0], title=_title(event, kind, languages), sides=(side,))


def _title(event: EventView, kind: PaperKind, languages: Sequence[str]) -> str:
    return BOTH.join((said(languages[:1], TITLES[kind]), said(languages[:1], event.title)))


def _people(event: EventView, delegate_ids: Collection[int]) -> Sequence[Delegate]:
    return db.session.scalars(
        select(Delegate)
        .outerjoin(Delegate.company)
        .outerjoin(Delegate.delegation)
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        )
        .where(Delegate.event_id == event.id, Delegate.id.in_(delegate_ids))
        .order_by(Delegate.number)
    ).all()


def _side(row: Delegate, language: str) -> CardSide:
    family, given = row.family_name, full_name(row.given_name, row.patronymic)
    if language == "en":
        family, given = latin_parts(row)
    return CardSide(
        language=language,
        texts=(
            ("family", family or given),
            ("given", given if family else ""),
            ("position", row.position.in_language(language)),
            ("company", _company(row, language)),
        ),
    )


def _company(row: Delegate, language: str) -> str:
    """An official without a company speaks for the delegation."""
    if row.company:
        return row.company.badge_name.in_language(language)
    return row.delegation.title.in_language(language) if row.delegation else ""
