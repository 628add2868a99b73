"""What would come out badly, found before anything is printed. Codes only; screens find the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from PIL import Image

from forum.printing.composition import compose, printed_texts, settings
from forum.printing.design_pictures import SVG
from forum.printing.designs import DAY, PHOTO, PICTURE, Block, Design, PictureFile, UsedDesign
from forum.printing.documents import AgendaDocument, BadgeDocument, CardDocument
from forum.printing.fitting import FittedText, TextStyle
from forum.printing.fonts import missing_glyphs
from forum.printing.imposing import design_on
from forum.printing.qr import matrix
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
    "coarse_picture",
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
    "missing_translation",
    "other_count",
    "other_design",
    "small_code",
    "small_text",
)
FEWEST_DPI: Final = 150
"""Dots of a picture to an inch of paper, below which one sees them at the distance of a badge."""
READ_FROM_MM: Final = 300
"""From how far a telephone reads the code of a badge that somebody wears."""
_MODULES_READ: Final = 500
"""A telephone's video is 1920 dots wide and shows 1.27 times the distance; a module needs three of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness of one paper.

    ``index`` counts the documents from 0, ``number`` is the badge's own or the agenda's person.
    ``field`` is a field of the document or of the layout. ``data`` has ``characters`` for a missing glyph,
    ``size_pt`` and ``legible_pt`` for small text, ``printed`` for cut text, ``dpi`` and ``fewest_dpi`` for a
    coarse picture, ``module_mm`` and ``needed_mm`` for a small code, ``texts`` for a missing translation.
    What is wrong with a design says the ``category`` of its badges.
    """

    code: str
    index: int
    number: str
    field: str
    data: Mapping[str, Any]


def preflight(documents: Sequence[BadgeDocument], sheet: Sheet) -> tuple[Finding, ...]:
    """Findings about badges as they would stand on ``sheet``, document by document.

    What is wrong with a design itself is said once, of the first badge that is drawn after it.
    """
    found: list[Finding] = []
    designs: set[str] = set()
    for index, document in enumerate(documents):
        used = design_on(sheet, document)
        of_design = () if used.key in designs else _design_findings(document, used)
        designs.add(used.key)
        found += [
            Finding(code, index, document.number, name, data)
            for code, name, data in (
                *of_design,
                *_format_findings(document, used),
                *_badge_findings(document, used.design),
            )
        ]
    return tuple(found)


def preflight_agendas(documents: Sequence[AgendaDocument]) -> tuple[Finding, ...]:
    """Findings about agendas; their text flows, so nothing is cut or shrunk."""
    return tuple(
        Finding(code, index, document.person, name, data)
        for index, document in enumerate(documents)
        for code, name, data in _agenda_findings(document)
    )


_Found = tuple[str, str, Mapping[str, Any]]


def _format_findings(document: BadgeDocument, used: UsedDesign) -> Iterator[_Found]:
    """A format of another size shows the standard design instead of the badge's own."""
    own = document.design
    if own is not None and own.key != used.key:
        yield "other_design", "design", {"width": own.design.width, "height": own.design.height}


def _badge_findings(document: BadgeDocument, design: Design) -> Iterator[_Found]:
    for name, code in REQUIRED.items():
        if not getattr(document, name).strip():
            yield code, name, {}
    if not document.latin_name.strip() and not _is_latin(document.family + document.given):
        yield "missing_latin_name", "latin_name", {}
    for block in design.of_kind(PHOTO):
        size = _size(document.photo) if document.photo is not None else None
        if size is None:
            yield "missing_photo", "photo", {}
        else:
            yield from _picture_findings("photo", size, block, is_filled=True)
    shown = {row.field for block in design.blocks for row in block.rows}
    for name, text in printed_texts(document).items():
        if name in shown:
            yield from _glyph_findings(name, text)
    yield from _side_findings(document, design.front)
    if design.has_back and document.back is not None:
        yield from _back_findings(document, document.back, design.reverse)


def _side_findings(document: BadgeDocument, side: Design) -> Iterator[_Found]:
    for name, style, fitted in settings(compose(document, side), side):
        yield from setting_findings(name, style, fitted)


def _back_findings(document: BadgeDocument, back: CardDocument, reverse: Design) -> Iterator[_Found]:
    """What is said of a text of a back is said once, however many of its lines it is true of."""
    found = {name: (code, name, data) for code, name, data in _side_findings(document, reverse)}
    yield from found.values()
    texts = [text for side in back.sides for _, text in side.texts if text]
    yield from _glyph_findings("back", "".join(texts))
    for block in compose(document, reverse).blocks:
        if reverse.blocks[block.number].kind == DAY and len(block.texts) < len(texts):
            last = next((text for role, text in reversed(block.texts) if role == "back_line"), None)
            yield "cut_text", "back", {"printed": " ".join(last.lines) if last else ""}


def _size(photo: PictureFile) -> tuple[int, int] | None:
    return (photo.width, photo.height) if photo.width else _pixels(photo.path)


@lru_cache(maxsize=4096)
def _pixels(path: str) -> tuple[int, int] | None:
    """Width and height of a photo; None where its file is gone. What lies under a path never changes."""
    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            return picture.size
    except OSError:
        return None


def _design_findings(document: BadgeDocument, used: UsedDesign) -> Iterator[_Found]:
    """Codes are of one length, so what is too small for one is for all."""
    block = used.design.code
    if block is not None and document.code:
        module = min(block.width, block.height) / len(matrix(document.code))
        needed = READ_FROM_MM / _MODULES_READ
        if module < needed:
            sizes = {"module_mm": round(module, 2), "needed_mm": needed}
            yield "small_code", "code", {**sizes, "category": document.category}
    sides = (used.design.front, used.design.reverse) if used.design.has_back else (used.design.front,)
    for block in (each for side in sides for each in side.of_kind(PICTURE)):
        file = used.file(block.picture)
        if file is not None and file.media_type != SVG:
            size = (file.width, file.height)
            for code, name, data in _picture_findings("picture", size, block, is_filled=block.covers):
                yield code, name, {**data, "category": document.category}


def _picture_findings(name: str, size: tuple[int, int], block: Block, *, is_filled: bool) -> Iterator[_Found]:
    """A picture that fills its box is as large as its shorter side asks for; drawings have no dots."""
    shares = (size[0] / block.width, size[1] / block.height)
    dpi = round(25.4 * (min(shares) if is_filled else max(shares)))
    if dpi < FEWEST_DPI:
        yield "coarse_picture", name, {"dpi": dpi, "fewest_dpi": FEWEST_DPI}


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
