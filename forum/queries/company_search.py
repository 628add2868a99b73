"""Companies by what somebody types who means one of them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from forum.domain.company_names import parse_company_name
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.localized import Localized
from forum.domain.transliteration import to_latin
from forum.models import Company
from forum.models.base import db
from forum.queries.catalogue_records import among, company_marks
from forum.queries.remembered import Mark, Remembered, changed, merged
from forum.search.documents import Document, Field, Kind
from forum.search.index import Index

_SHORTEST: Final = 2


@dataclass(frozen=True)
class CompanyHit:
    """A company to choose. ``legal_form`` is a code of the dictionary."""

    id: int
    short_name: Localized
    legal_form: str | None
    town: str | None


def find(
    event_id: int, text: str, limit: int = 8, *, with_sole_traders: bool = False
) -> tuple[CompanyHit, ...]:
    """The companies of the event that ``text`` may mean, the likeliest first; one letter means none.

    Sole traders are people: only the office finds them here, the list for forms is public.
    """
    if len(text.strip()) < _SHORTEST:
        return ()
    known = _known.of_event(event_id)
    within = None if with_sole_traders else known.public
    return tuple(known.hits[hit.id] for hit in known.index.search(text, within)[:limit])


def name_fields(row: Any, kind: Kind = Kind.NAME) -> tuple[Field, ...]:
    """How a company is found by its names: without legal forms, which half of the companies share."""
    is_person = is_sole_trader(row.legal_form)
    usual = (row.bare_name, to_latin(row.bare_name))
    written = {text for name in (row.full_name, row.short_name, row.badge_name) for text in name.values()}
    names = [
        text if row.legal_form is None else parse_company_name(text).bare
        for text in sorted(written)
        if not any(each in text for each in usual)
    ]
    return tuple(Field(name, kind, is_person) for name in dict.fromkeys([row.bare_name, *names]))


def is_sole_trader(legal_form: str | None) -> bool:
    """Whether the company is a person, so that its name is that person's name."""
    return legal_form in FORMS_BY_CODE and FORMS_BY_CODE[legal_form].is_person


@dataclass(frozen=True)
class _Known:
    index: Index
    hits: dict[int, CompanyHit]
    public: frozenset[int]
    marks: Mapping[int, Mark]


def stamp_of(event_id: int) -> Hashable:
    """Another value as soon as a company of the event has been added, changed or removed."""
    row = db.session.execute(
        select(
            func.count(), func.sum(Company.version), func.sum(Company.id), func.max(Company.updated_at)
        ).where(Company.event_id == event_id)
    )
    return tuple(row.one())


def _make(event_id: int, before: _Known | None) -> _Known:
    """All companies; of what was known ``before`` only those are read again whose mark is another one."""
    marks = company_marks(event_id)
    ids = changed(before.marks if before else {}, marks)
    new = {row.id: row for row in _rows(event_id, ids)} if ids else {}
    hits = {row.id: CompanyHit(row.id, row.short_name, row.legal_form, row.town) for row in new.values()}
    hits = merged(marks, ids, before.hits if before else {}, hits)
    documents = [_document(new.get(key), before.index.get(key) if before else None) for key in hits]
    public = frozenset(key for key, hit in hits.items() if not is_sole_trader(hit.legal_form))
    index = before.index.renewed(documents) if before else Index(documents)
    return _Known(index, hits, public, {key: marks[key] for key in hits})


def _document(row: Any, known: Document | None) -> Document:
    if row is None and known is not None:
        return known
    return Document(row.id, name_fields(row), form=row.legal_form)


def _rows(event_id: int, ids: Collection[int]) -> Iterable[Any]:
    return db.session.execute(
        select(
            Company.id, Company.legal_form, Company.bare_name, Company.full_name, Company.short_name,
            Company.badge_name, Company.town,
        )
        .where(Company.event_id == event_id, among(Company.id, ids))
    )  # fmt: skip


_known: Final = Remembered(stamp_of, _make)
