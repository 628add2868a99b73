"""Papers of the forum and cards as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from markupsafe import Markup

from forum.printing.cards import CardFormat, composed
from forum.printing.documents import CardDocument
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.pages import entry_row, rendered
from forum.printing.paper_documents import (
    BookletDocument,
    ForumDocument,
    ListDocument,
    PackDocument,
    ScheduleDocument,
    SeatingDocument,
)
from forum.printing.paper_labels import BOTH

PAPER_STYLES: Final = ("fonts.css", "paper.css")
CARD_STYLES: Final = ("fonts.css", "cards.css")


def papers_html(documents: Sequence[ForumDocument], *, title: str) -> str:
    """All papers in one file, each from a new page."""
    language = documents[0].heading.language
    return rendered("paper.html", articles=map(article, documents), title=title, language=language)


def article(document: ForumDocument) -> Markup:
    """One paper without what makes a file of it; its revision stands before whatever the footer says."""
    revision = labels_for(document.heading.language).revision.format(revision=document.revision)
    footer = BOTH.join(filter(None, (revision, document.heading.footer)))
    document = replace(document, heading=replace(document.heading, footer=footer))
    template = _TEMPLATES[type(document)]
    context = _CONTEXTS.get(type(document), _no_context)(document)
    return Markup(rendered(f"paper/{template}.html", document=document, **context))  # noqa: S704 - escaped there


def cards_html(documents: Sequence[CardDocument], card_format: CardFormat) -> str:
    """As many cards on a paper as its format has, in their order."""
    cards = [
        {
            "faces": composed(document, card_format.cards[number % len(card_format.cards)]),
            "revision": document.revision,
        }
        for number, document in enumerate(documents)
    ]
    count = len(card_format.cards)
    sheets = [cards[start : start + count] for start in range(0, len(cards), count)]
    first = documents[0]
    return rendered(
        "cards.html", sheets=sheets, format=card_format, title=printable(first.title), language=first.language
    )


def card_css(card_format: CardFormat) -> str:
    """The paper of a format."""
    width, height = card_format.width, card_format.height
    return f"@page{{size:{width}mm {height}mm}}\nsection{{width:{width}mm;height:{height}mm}}"


def _no_context(_document: Any) -> Mapping[str, Any]:
    return {}


def _schedule(document: ScheduleDocument) -> Mapping[str, Any]:
    labels = labels_for(document.heading.language)
    days = [
        (printable(day.date_label), [entry_row(entry, labels) for entry in day.entries])
        for day in document.days
    ]
    return {"days": days}


def _list(document: ListDocument) -> Mapping[str, Any]:
    has_rows = any(part.rows for part in document.parts)
    parts = [
        replace(part, rows=tuple(tuple(map(_cell, row)) for row in part.rows)) for part in document.parts
    ]
    return {"parts": parts, "has_rows": has_rows, "spare": document.spare if has_rows else 0}


def _cell(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


_ON_ONE_SHEET: Final = 11
"""So many seats of a side stand on an A4 in full size. A longer table is smaller and goes on overleaf."""


def _seating(document: SeatingDocument) -> Mapping[str, Any]:
    """Rows from the top of the paper down, each with who sits left and right of the table.

    Whoever sits left looks to the right, so the right hand points down; at the right it points up.
    """
    left = {_from_the_head(one.rank): one for one in document.left.people}
    right = {-_from_the_head(one.rank): one for one in document.right.people}
    taken = sorted({*left, *right})
    rows = range(taken[0], taken[-1] + 1) if taken else ()
    pairs = [(left.get(row), right.get(row)) for row in rows]
    return {"pairs": pairs, "is_long": len(pairs) > _ON_ONE_SHEET}


def _from_the_head(rank: int) -> int:
    """How many seats to the right of the head somebody sits; to the left where it is negative."""
    return rank // 2 if rank % 2 == 0 else -(rank // 2)


def _pack(document: PackDocument) -> Mapping[str, Any]:
    return {
        "titles": [title for title, _ in document.chapters],
        "chapters": [
            (title, [article(replace(paper, revision=document.revision)) for paper in papers])
            for title, papers in document.chapters
        ],
    }


_TEMPLATES: Final[Mapping[type, str]] = MappingProxyType(
    {
        ScheduleDocument: "schedule",
        ListDocument: "list",
        SeatingDocument: "seating",
        BookletDocument: "booklet",
        PackDocument: "pack",
    }
)
_CONTEXTS: Final[Mapping[type, Any]] = MappingProxyType(
    {ScheduleDocument: _schedule, ListDocument: _list, SeatingDocument: _seating, PackDocument: _pack}
)
