"""What would come out badly, found before anything is printed. Codes only; screens find the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Any, Final

from forum.printing.composition import compose, printed_texts, settings
from forum.printing.designs import Design
from forum.printing.documents import AgendaDocument, BadgeDocument
from forum.printing.fitting import FittedText, TextStyle
from forum.printing.fonts import missing_glyphs
from forum.printing.imposing import design_on
from forum.printing.sheets import Sheet

REQUIRED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "code": "missing_code",
        "company": "missing_company",
        "family": "missing_family",
        "number": "missing_number",
    }
)
CODES: Final = (
    "broken_word",
    "cut_text",
    "empty_agenda",
    "empty_paper",
    "missing_code",
    "missing_company",
    "missing_family",
    "missing_glyph",
    "missing_latin_name",
    "missing_number",
    "missing_photo",
    "small_text",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness of one paper.

    ``index`` counts the documents from 0, ``number`` is the badge's own or the agenda's person.
    ``field`` is a field of the document or of the layout. ``data`` has ``characters`` for a
    missing glyph, ``size_pt`` and ``legible_pt`` for small text and ``printed`` for cut text.
    """

    code: str
    index: int
    number: str
    field: str
    data: Mapping[str, Any]


def preflight(documents: Sequence[BadgeDocument], sheet: Sheet) -> tuple[Finding, ...]:
    """Findings about badges as they would stand on ``sheet``, document by document."""
    return tuple(
        Finding(code, index, document.number, name, data)
        for index, document in enumerate(documents)
        for code, name, data in _badge_findings(document, design_on(sheet, document).design)
    )


def preflight_agendas(documents: Sequence[AgendaDocument]) -> tuple[Finding, ...]:
    """Findings about agendas; their text flows, so nothing is cut or shrunk."""
    return tuple(
        Finding(code, index, document.person, name, data)
        for index, document in enumerate(documents)
        for code, name, data in _agenda_findings(document)
    )


_Found = tuple[str, str, Mapping[str, Any]]


def _badge_findings(document: BadgeDocument, design: Design) -> Iterator[_Found]:
    for name, code in REQUIRED.items():
        if not getattr(document, name).strip():
            yield code, name, {}
    if not document.latin_name.strip() and not _is_latin(document.family + document.given):
        yield "missing_latin_name", "latin_name", {}
    if design.has_photo and document.photo is None:
        yield "missing_photo", "photo", {}
    shown = {row.field for block in design.blocks for row in block.rows}
    for name, text in printed_texts(document).items():
        if name in shown:
            yield from _glyph_findings(name, text)
    for name, style, fitted in settings(compose(document, design), design):
        yield from setting_findings(name, style, fitted)


def setting_findings(name: str, style: TextStyle, text: FittedText) -> Iterator[_Found]:
    """Code, field and data of what is wrong with a text as it has been set: at most one thing."""
    if text.is_cut:
        yield "cut_text", name, {"printed": " ".join(text.lines)}
    elif text.is_broken:
        yield "broken_word", name, {"printed": " ".join(text.lines)}
    elif text.size_pt < style.legible_pt:
        yield "small_text", name, {"size_pt": text.size_pt, "legible_pt": style.legible_pt}


def _glyph_findings(name: str, text: str) -> Iterator[_Found]:
    if characters := missing_glyphs(text):
        yield "missing_glyph", name, {"characters": characters}


def _agenda_findings(document: AgendaDocument) -> Iterator[_Found]:
    if not any(day.entries for day in document.days):
        yield "empty_agenda", "days", {}
    for name, text in texts_of(document):
        yield from _glyph_findings(name, text)


def texts_of(part: Any) -> Iterator[tuple[str, str]]:
    """All texts of a document with the names of their fields."""
    for each in fields(part):
        yield from _texts_in(each.name, getattr(part, each.name))


def _texts_in(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif is_dataclass(value):
        yield from texts_of(value)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts_in(name, inner)


def _is_latin(text: str) -> bool:
    return all(character < "\u0250" or not character.isalpha() for character in text)
