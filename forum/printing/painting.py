"""Laid-out boxes as operators of a PDF, and which glyphs of the house's font they show."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.draw import draw_stacking_context
from weasyprint.stacking import StackingContext

from forum.printing.fonts import FAMILY, face, glyphs
from forum.printing.speaking import SpeakingStream

POINTS_PER_PIXEL: Final = 0.75
OPAQUE: Final[Mapping[str, str]] = MappingProxyType({"a1.0": "ca", "a1": "ca", "A1.0": "CA", "A1": "CA"})
"""The only states that words and plain drawings need, as WeasyPrint calls them, and what each sets to 1."""

_FONT: Final = re.compile(rb"/(\S+) \S+ Tf|<([0-9a-f]*)>")
_OTHER: Final = re.compile(rb"/(?![aA]1(?:\.0)? gs)\S+ (?:gs|Do|sh|scn|SCN)\b")

Glyphs = Mapping[int, frozenset[int]]
"""By weight, the glyphs that are shown."""
Embedded = tuple[tuple[bool, bytes], ...]
"""The objects of a font, numbered from 1; of each whether it is a stream."""


def _empty_resources() -> pydyf.Dictionary:
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
    return pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})


@dataclass(slots=True)
class Ink:
    """Fonts, states and pictures that operators refer to by name; painting adds what it needs.

    ``embedded`` are fonts as they stand in files, by their names; inks made of one another share them.
    """

    fonts: dict[Any, Any] = field(default_factory=dict)
    resources: pydyf.Dictionary = field(default_factory=_empty_resources)
    pictures: dict[str, Any] = field(default_factory=dict)
    embedded: dict[str, Embedded] = field(default_factory=dict)

    def without_glyphs(self) -> Ink:
        """The house's font for another file, with nothing drawn in it yet."""
        fonts = {key: copy.copy(font) for key, font in self.fonts.items() if font.family == FAMILY}
        for font in fonts.values():
            font.to_unicode, font.widths, font.missing = {}, {}, {}
        return Ink(fonts, embedded=self.embedded)


@dataclass(frozen=True, slots=True)
class Painted:
    """``paragraphs`` says of each paragraph how many marks it has; they are numbered through.

    ``glyphs`` is None where something else than the letters of the house's font is shown.
    """

    operators: bytes
    paragraphs: tuple[int, ...]
    glyphs: Glyphs | None


def sections(page: weasyprint.Page) -> Iterator[Any]:
    """The boxes of all ``section`` elements of a page."""
    waiting = [page._page_box]
    while waiting:
        box = waiting.pop()
        if box.element_tag == "section":
            yield box
        else:
            waiting += reversed(getattr(box, "children", ()))


def is_in_house_font(box: Any) -> bool:
    """Whether the font has every character that stands in ``box``."""
    waiting = [box]
    while waiting:
        each = waiting.pop()
        if hasattr(each, "text") and not face(each.style["font_weight"]).covers(each.text):
            return False
        waiting += getattr(each, "children", ())
    return True


def painted(page: weasyprint.Page, box: Any, ink: Ink, first_mark: int | None) -> Painted:
    """``box`` with its upper left corner in that of the page it will get, ``box`` being as large as that.

    With ``first_mark`` every line is marked, for a screen reader to find, beginning with that number.
    """
    height = box.margin_height() * POINTS_PER_PIXEL
    area = (0, 0, box.margin_width() * POINTS_PER_PIXEL, height)
    marks: dict[Any, Any] | None = None if first_mark is None else dict.fromkeys(range(first_mark))
    stream = SpeakingStream(ink.fonts, area, ink.resources, ink.pictures, marks, {}, None, compress=False)
    left, top = box.position_x * POINTS_PER_PIXEL, height + box.position_y * POINTS_PER_PIXEL
    with stream.stacked():
        # Moving the box itself would leave the backgrounds of what it holds behind.
        stream.transform(a=POINTS_PER_PIXEL, d=-POINTS_PER_PIXEL, e=-left, f=top)
        draw_stacking_context(stream, StackingContext.from_box(box, page._page_box))
    operators = b"\n".join(_operator(each) for each in stream.stream).replace(b">0<", b"")
    return Painted(operators, _paragraphs(marks or {}), _glyphs(operators, ink))


def painted_page(page: weasyprint.Page, ink: Ink, marks: dict[Any, Any]) -> tuple[bytes, Glyphs | None]:
    """A whole page, and its glyphs as in ``Painted``; ``marks`` gets what the tags of its boxes need."""
    width, height = page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL
    area = (0, 0, width, height)
    stream = SpeakingStream(ink.fonts, area, ink.resources, ink.pictures, marks, {}, None, compress=False)
    stream.transform(d=-1, f=height)
    page.paint(stream, POINTS_PER_PIXEL)
    operators = b"\n".join(_operator(each) for each in stream.stream).replace(b">0<", b"")
    return operators, _glyphs(operators, ink)


def _paragraphs(marks: Mapping[Any, Any]) -> tuple[int, ...]:
    counts: dict[Any, int] = {}
    for box in marks:
        if not isinstance(box, int):
            counts[box.element] = counts.get(box.element, 0) + 1
    return tuple(counts.values())


def _glyphs(operators: bytes, ink: Ink) -> Glyphs | None:
    if _OTHER.search(operators):
        return None
    weights = {font.hash.encode(): font.weight for font in ink.fonts.values() if font.family == FAMILY}
    shown: dict[int, set[int]] = {}
    weight = 0
    for name, letters in _FONT.findall(operators):
        if name:
            if name not in weights:
                return None
            weight = weights[name]
        else:
            codes = (int(letters[at : at + 4], 16) for at in range(0, len(letters), 4))
            shown.setdefault(weight, set()).update(codes)
    if any(not codes <= glyphs(weight).keys() for weight, codes in shown.items()):
        return None
    return {weight: frozenset(codes) for weight, codes in shown.items()}


def _operator(item: Any) -> bytes:
    return item if isinstance(item, bytes) else pydyf._to_bytes(item)
