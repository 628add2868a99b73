"""The participants' booklet: companies with their people, as one who takes part may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.localized import Localized
from forum.domain.sectors import SECTORS
from forum.domain.states import PaperKind
from forum.domain.visibility import Audience, Reader
from forum.domain.vocabulary import Vocabulary
from forum.printing import paper_labels as words
from forum.printing.paper_documents import BookletDocument, BookletPart, CompanyEntry
from forum.printing.paper_labels import BOTH, said, titles
from forum.printing.paper_titles import TITLES
from forum.queries import catalogue, catalogue_index
from forum.queries.catalogue import CompanyPage
from forum.queries.events import EventView
from forum.queries.paper_headings import heading
from forum.queries.paper_rows import PaperRow
from forum.queries.people import name_in

_READER: Final = Reader(Audience.PARTICIPANTS)
"""A paper goes from hand to hand, so it tells what everybody who takes part may see, and of VIPs nothing."""


def whole_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """There is one for the whole forum."""
    return (PaperRow(event.id, said((language,), event.title)),)


def booklets(
    event: EventView, ids: Collection[int], languages: Sequence[str]
) -> Mapping[int, BookletDocument]:
    """The booklet, delegation by delegation, the companies by name."""
    if event.id not in ids:
        return {}
    known = catalogue_index.of_event(event.id)
    pages = catalogue.company_pages(event_id=event.id, reader=_READER, language=languages[0])
    parts = []
    for key, title in (*known.delegations.items(), (None, words.NO_DELEGATION)):
        own = [
            page
            for one, page in pages.items()
            if _side(known.companies[one].delegation_id, known.delegations) == key
        ]
        entries = tuple(_entry(page, languages) for page in own)
        if entries:
            parts.append(BookletPart(title=said(languages, title), companies=entries))
    document = BookletDocument(
        heading=heading(event, languages, TITLES[PaperKind.BOOKLET]),
        **titles(languages, words.PARTICIPANTS),
        contents=said(languages, words.CONTENTS),
        parts=tuple(parts),
        nothing=said(languages, words.NOBODY_YET),
    )
    return {event.id: document}


def _side(delegation_id: int | None, known: Mapping[int, Localized]) -> int | None:
    return delegation_id if delegation_id in known else None


def _entry(page: CompanyPage, languages: Sequence[str]) -> CompanyEntry:
    language = languages[0]
    size = _titles(COMPANY_SIZES, (page.size or "",), languages[:1])
    names = titles(languages, page.card.name)
    return CompanyEntry(
        name=names["title"],
        other_name=names["subtitle"],
        full_name=_full_name(page, language),
        line=BOTH.join(filter(None, (name_in(language, page.card.town or ""), size))),
        about=said(languages[:1], page.about),
        facts=tuple((word, text) for word, text in _facts(page, languages) if text),
        people=tuple(
            (name_in(language, one.name, one.latin_name), said(languages[:1], one.position))
            for one in page.people
        ),
    )


def _full_name(page: CompanyPage, language: str) -> str:
    full = page.full_name.in_language(language)
    return full if full != page.card.name.in_language(language) else ""


def _facts(page: CompanyPage, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    first = languages[:1]
    return (
        (said(first, words.SECTORS), _titles(SECTORS, page.card.sectors, first)),
        (said(first, words.OFFERS), page.card.offers or _titles(SECTORS, page.offer_sectors, first)),
        (said(first, words.SEEKS), page.card.seeks or _titles(SECTORS, page.seek_sectors, first)),
        (said(first, words.WEBSITE), page.website or ""),
    )


def _titles(vocabulary: Vocabulary, codes: Sequence[str], languages: Sequence[str]) -> str:
    return ", ".join(said(languages, vocabulary.title(code)) for code in codes if code in vocabulary)
