"""What would come out badly on papers of the forum and on cards, found before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forum.printing.cards import card_format, composed
from forum.printing.documents import CardDocument
from forum.printing.fonts import missing_glyphs
from forum.printing.paper_documents import BookletDocument, ForumDocument, ListDocument, ScheduleDocument
from forum.printing.preflight import Finding, setting_findings, texts_of


def check_papers(documents: Sequence[ForumDocument]) -> tuple[Finding, ...]:
    """Findings about papers whose text flows: nothing is cut or shrunk, but there may be nothing on them."""
    return tuple(
        Finding(code, index, document.title, name, data)
        for index, document in enumerate(documents)
        for code, name, data in _paper_findings(document)
    )


def check_cards(documents: Sequence[CardDocument], sheet: str) -> tuple[Finding, ...]:
    """Findings about cards as they would stand on the format ``sheet``."""
    places = card_format(sheet).cards[0]
    return tuple(
        Finding(code, index, document.sides[0].texts[0][1], name, data)
        for index, document in enumerate(documents)
        for code, name, data in dict(_card_findings(document, places)).values()
    )


def _paper_findings(document: ForumDocument) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if _is_empty(document):
        yield "empty_paper", "title", {}
    for name, text in texts_of(document):
        if characters := missing_glyphs(text):
            yield "missing_glyph", name, {"characters": characters}


def _is_empty(document: ForumDocument) -> bool:
    match document:
        case ScheduleDocument():
            return not any(day.entries for day in document.days)
        case ListDocument():
            return not any(part.rows for part in document.parts)
        case BookletDocument():
            return not document.parts
        case _:
            return False


def _card_findings(
    document: CardDocument, places: Any
) -> Iterator[tuple[tuple[str, str], tuple[str, str, Mapping[str, Any]]]]:
    """By code and role: both faces of a card often say the same."""
    for face in composed(document, places):
        for role, style, text in face.texts:
            if characters := missing_glyphs(" ".join(text.lines)):
                yield ("missing_glyph", role), ("missing_glyph", role, {"characters": characters})
            for found in setting_findings(role, style, text):
                yield (found[0], role), found
