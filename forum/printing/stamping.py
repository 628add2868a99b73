"""The fast way to a badge: WeasyPrint lays one out for each layout, and later badges are written after it.

Where a field begins, its colour and its font come from that one; a badge's own are only its lines,
already broken and sized, whose glyphs HarfBuzz chooses. What this cannot set is left to WeasyPrint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forum.printing import pages
from forum.printing.composition import ComposedBadge, ComposedColumn, Face
from forum.printing.documents import BadgeDocument
from forum.printing.fitting import FittedText, column_height
from forum.printing.painting import POINTS_PER_PIXEL, Painted, painted, sections
from forum.printing.press import Press
from forum.printing.shaping import shaped
from forum.printing.sheets import MM, BadgeLayout, Column

_SIZE: Final = 10.0
_STEP: Final = re.compile(rb"(\S+ \S+ \S+) rg|/(\S+) \S+ Tf|1 0 0 -1 (\S+) (\S+) Tm|\] (TJ)")


@dataclass(frozen=True, slots=True)
class _Field:
    """``begin`` sets colour and font; ``drop`` is from the top of a line to its letters' foot, in em."""

    begin: bytes
    weight: int
    x: float
    drop: float
    leading: float
    gap: float


class Stamp:
    """Writes badges of one layout."""

    def __init__(self, press: Press, layout: BadgeLayout) -> None:
        self._height = layout.height * MM
        self._fields = _fields(press, layout)

    def painted(self, badge: ComposedBadge, first_mark: int) -> Painted | None:
        """The texts of ``badge``, each a paragraph of one mark; None where WeasyPrint has to set them."""
        operators, used, mark = [b"BT"], dict[int, set[int]](), first_mark
        for column in badge.columns:
            y = self._height - column.top
            for number, (name, text) in enumerate(column.texts):
                field = self._fields[name]
                y -= field.gap if number else 0
                operators.append(b"/P<</MCID %d>>BDC %b %g Tf" % (mark, field.begin, text.size_pt))
                for line in text.lines:
                    glyphs = shaped(line, field.weight, badge.document.language)
                    if glyphs is None:
                        return None
                    place = (field.x, y - field.drop * text.size_pt, glyphs.shown)
                    operators.append(b"1 0 0 1 %.3f %.3f Tm [%b] TJ" % place)
                    used.setdefault(field.weight, set()).update(glyphs.glyphs)
                    y -= text.size_pt * field.leading
                operators.append(b"EMC")
                mark += 1
        operators.append(b"ET")
        shown = {weight: frozenset(codes) for weight, codes in used.items()}
        return Painted(b"\n".join(operators), (1,) * (mark - first_mark), shown)


def _fields(press: Press, layout: BadgeLayout) -> Mapping[str, _Field]:
    """What can be learnt from a badge with all its fields, each of one letter."""
    columns = [_filled(column) for column in (layout.body, layout.foot)]
    fitted = FittedText(_SIZE, ("x",))
    header = ComposedColumn("header", 0, 0, ())
    badge = ComposedBadge(_DOCUMENT, tuple(columns), Face("ru", "delegate", header, fitted))
    styles = (*pages.BADGE_STYLES, pages.layout_css(layout))
    page = press.render(pages.badges_html([badge], title="", language="ru"), styles).pages[0]
    ink = press.house_ink
    [drawing] = [painted(page, box, ink, None) for box in sections(page)]
    weights = {font.hash.encode(): font.weight for font in ink.fonts.values()}
    found = iter(_found(drawing.operators))
    fields = {}
    for column, composed in zip((layout.body, layout.foot), columns, strict=True):
        top = composed.top
        for number, (name, style) in enumerate(column.rows):
            top += style.gap_pt if number else 0
            colour, font, x, foot = next(found)
            begin, drop = b"%b rg /%b" % (colour, font), (foot - top) / _SIZE
            fields[name] = _Field(begin, weights[font], x, drop, style.leading, style.gap_pt)
            top += _SIZE * style.leading
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


def _filled(column: Column) -> ComposedColumn:
    rows = [("x", style) for _, style in column.rows]
    texts = tuple((name, FittedText(_SIZE, ("x",))) for name, _ in column.rows)
    height = column_height(rows, [text for _, text in texts])
    slack = column.box.height * MM - height if column.stands_at_bottom else 0
    top = column.box.y * MM + slack
    return ComposedColumn(column.name, top, top + height, texts)


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
