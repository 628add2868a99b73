"""The fast way to a badge: WeasyPrint lays one out for each design, and later badges are written after it.

Where a field begins, its colour and its font come from that one; a badge's own are only its lines,
already broken and sized, whose glyphs HarfBuzz chooses. What this cannot set is left to WeasyPrint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forum.printing import pages
from forum.printing.composition import ComposedBadge, ComposedBlock, Face
from forum.printing.designs import Block, Design
from forum.printing.documents import BadgeDocument
from forum.printing.fitting import FittedText, column_height
from forum.printing.pages import SAMPLE_PT
from forum.printing.painting import POINTS_PER_PIXEL, Painted, painted, sections
from forum.printing.press import Press
from forum.printing.shaping import shaped
from forum.printing.sheets import MM
from forum.printing.speaking import written

_LETTER: Final = "x"
_STEP: Final = re.compile(rb"(\S+ \S+ \S+) rg|/(\S+) \S+ Tf|1 0 0 -1 (\S+) (\S+) Tm|\] (TJ)")


@dataclass(frozen=True, slots=True)
class _Field:
    """``begin`` sets colour and font; ``drop`` is from the top of a line to its letters' foot, in em.

    ``indent`` is the share of the width left over that stands before a line.
    """

    begin: bytes
    weight: int
    x: float
    room: float
    indent: float
    drop: float
    leading: float
    gap: float


_INDENTS: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class Stamp:
    """Writes badges of one design."""

    def __init__(self, press: Press, design: Design) -> None:
        self._height = design.height * MM
        self._fields = _fields(press, design)

    def painted(self, badge: ComposedBadge, first_mark: int) -> Painted | None:
        """The texts of ``badge``, each a paragraph of one mark; None where WeasyPrint has to set them."""
        operators, used, mark = [b"BT"], dict[int, set[int]](), first_mark
        for block in badge.blocks:
            y = self._height - block.top
            for number, (name, text) in enumerate(block.texts):
                field = self._fields[block.number, name]
                y -= field.gap if number else 0
                operators.append(b"/P<</MCID %d>>BDC %b %g Tf" % (mark, field.begin, text.size_pt))
                if text.said:
                    operators.append(b"/Span<</ActualText%b>>BDC" % written(text.said))
                for line in text.lines:
                    glyphs = shaped(line, field.weight, badge.document.language)
                    if glyphs is None:
                        return None
                    x = field.x + (field.room - glyphs.width * text.size_pt) * field.indent
                    place = (x, y - field.drop * text.size_pt, glyphs.shown)
                    operators.append(b"1 0 0 1 %.3f %.3f Tm [%b] TJ" % place)
                    used.setdefault(field.weight, set()).update(glyphs.glyphs)
                    y -= text.size_pt * field.leading
                operators.append(b"EMC EMC" if text.said else b"EMC")
                mark += 1
        operators.append(b"ET")
        shown = {weight: frozenset(codes) for weight, codes in used.items()}
        return Painted(b"\n".join(operators), (1,) * (mark - first_mark), shown)


def _fields(press: Press, design: Design) -> Mapping[tuple[int, str], _Field]:
    """What can be learnt from a badge with all its fields, each of one letter."""
    if not design.own_texts:
        return {}
    blocks = tuple(_filled(number, block) for number, block in design.own_texts)
    badge = ComposedBadge(_DOCUMENT, blocks, Face("ru", "delegate", ()))
    styles = (*pages.BADGE_STYLES, pages.design_css(design))
    html = pages.badges_html([badge], design, title="", language="ru")
    page = press.render(html, styles).pages[0]
    ink = press.house_ink
    [drawing] = [painted(page, box, ink, None) for box in sections(page)]
    weights = {font.hash.encode(): font.weight for font in ink.fonts.values()}
    found = iter(_found(drawing.operators))
    fields = {}
    for (number, block), composed in zip(design.own_texts, blocks, strict=True):
        top = composed.top
        for index, row in enumerate(block.lines):
            top += row.style.gap_pt if index else 0
            colour, font, x, foot = next(found)
            begin, drop = b"%b rg /%b" % (colour, font), (foot - top) / SAMPLE_PT
            indent = _INDENTS[block.align]
            left = x - (block.room_pt - _width(weights[font])) * indent
            measures = (left, block.room_pt, indent, drop, row.leading, row.style.gap_pt)
            fields[number, row.field] = _Field(begin, weights[font], *measures)
            top += SAMPLE_PT * row.leading
    return fields


def _found(operators: bytes) -> list[tuple[bytes, bytes, float, float]]:
    """Of each text its colour, its font, and how far from the left and from the top it stands, in points."""
    texts, colour, font, x, y = [], b"", b"", b"", b""
    for step in _STEP.finditer(operators):
        colour, font = step[1] or colour, step[2] or font
        x, y = (step[3], step[4]) if step[3] else (x, y)
        if step[5]:
            texts.append((colour, font, float(x) * POINTS_PER_PIXEL, float(y) * POINTS_PER_PIXEL))
    return texts


def _width(weight: int) -> float:
    letter = shaped(_LETTER, weight, "ru")
    return letter.width * SAMPLE_PT if letter else 0.0


def _filled(number: int, block: Block) -> ComposedBlock:
    rows = [(_LETTER, row.style) for row in block.lines]
    texts = tuple((row.field, FittedText(SAMPLE_PT, (_LETTER,))) for row in block.lines)
    height = column_height(rows, [text for _, text in texts])
    slack = block.height * MM - height if block.stands_at_bottom else 0
    return ComposedBlock(number, block.y * MM + slack, texts)


_DOCUMENT: Final = BadgeDocument(
    language="ru",
    event_title=(),
    dates="",
    place="",
    family="",
    given="",
    category="delegate",
    category_label="",
    number="",
    code="",
)
