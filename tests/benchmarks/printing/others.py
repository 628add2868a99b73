"""The same badge as others draw it: the same lines at the same sizes, the same code, the same band.

Each is given its fastest way: reportlab draws what badges share as a form and takes the code as ready
operators; fpdf2 has no forms; typst reads all badges as data of one document. None of them tags.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import fpdf
import typst
from fontTools.ttLib import TTFont
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase import ttfonts as reportlab_fonts
from reportlab.pdfgen.canvas import Canvas

from forum.printing import qr
from forum.printing.composition import ComposedBadge, ComposedBlock, Face, compose
from forum.printing.designs import standard
from forum.printing.documents import BadgeDocument
from forum.printing.fitting import FittedText
from forum.printing.fonts import FONT_FILES
from forum.printing.sheets import A6, MM

WIDTH, HEIGHT = A6.width * MM, A6.height * MM
DESIGN: Final = standard(A6).design
INK: Final = "#16181d"
COLOURS: Final = {
    "other_titles": "#5c6370",
    "latin_name": "#5c6370",
    "number": "#5c6370",
    "when": "#2f5bea",
    "position": "#3b404a",
}
BANDS: Final = {
    "official": "#8a6100",
    "delegate": "#2446c0",
    "speaker": "#b3261e",
    "press": "#74389b",
    "interpreter": "#0b6b74",
    "staff": "#1f6f43",
    "companion": "#55606e",
}
ASCENT, CONTENT = 0.98, 1.2


class Line(NamedTuple):
    """A line with its letters' foot in points from the top left corner."""

    text: str
    weight: int
    size: float
    colour: str
    x: float
    foot: float


def lines(column: ComposedBlock, x: float) -> Iterator[Line]:
    top = column.top
    for number, (name, text) in enumerate(column.texts):
        style = A6.styles[name]
        top += style.gap_pt if number else 0
        for each in text.lines:
            foot = top + ((style.leading - CONTENT) / 2 + ASCENT) * text.size_pt
            yield Line(each, style.weight, text.size_pt, COLOURS.get(name, INK), x, foot)
            top += text.size_pt * style.leading


def own_lines(badge: ComposedBadge) -> list[Line]:
    boxes = (A6.body.box, A6.foot.box)
    return [
        line for column, box in zip(badge.blocks, boxes, strict=True) for line in lines(column, box.x * MM)
    ]


def band_of(face: Face) -> FittedText:
    [(_, text)] = face.blocks[1].texts
    return text


def band_line(face: Face, width: float) -> Line:
    size = band_of(face).size_pt
    foot = A6.band.y * MM + A6.band.height * MM / 2 + 0.38 * size
    return Line(band_of(face).lines[0], 700, size, "#ffffff", (WIDTH - width) / 2, foot)


def code(document: BadgeDocument) -> bytes:
    box = A6.qr
    return qr.painted(document.code, box.x * MM, HEIGHT - (box.y + box.height) * MM, box.width * MM)


@cache
def _reportlab_fonts() -> None:
    for weight, path in FONT_FILES.items():
        pdfmetrics.registerFont(reportlab_fonts.TTFont(f"G{weight}", str(path)))


@cache
def _colour(name: str) -> HexColor:
    return HexColor(name)


def reportlab(documents: Sequence[BadgeDocument]) -> bytes:
    _reportlab_fonts()
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    forms: dict[Face, str] = {}
    for document in documents:
        badge = compose(document, DESIGN)
        if badge.face not in forms:
            forms[badge.face] = f"face{len(forms)}"
            canvas.beginForm(forms[badge.face], 0, 0, WIDTH, HEIGHT)
            _reportlab_face(canvas, badge.face)
            canvas.endForm()
        canvas.doForm(forms[badge.face])
        text = canvas.beginText()
        for line in own_lines(badge):
            _reportlab_line(text, line)
        canvas.drawText(text)
        canvas._code.append(code(document).decode())
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def _reportlab_face(canvas: Canvas, face: Face) -> None:
    for box, colour in ((A6.accent, "#2f5bea"), (A6.band, BANDS[face.category])):
        canvas.setFillColor(_colour(colour))
        bottom = HEIGHT - (box.y + box.height) * MM
        canvas.rect(box.x * MM, bottom, box.width * MM, box.height * MM, 0, 1)
    text = canvas.beginText()
    width = pdfmetrics.stringWidth(band_of(face).lines[0], "G700", band_of(face).size_pt)
    for line in (*lines(face.blocks[0], A6.header.box.x * MM), band_line(face, width)):
        _reportlab_line(text, line)
    canvas.drawText(text)


def _reportlab_line(text: object, line: Line) -> None:
    text.setFont(f"G{line.weight}", line.size)  # type: ignore[attr-defined]
    text.setFillColor(_colour(line.colour))  # type: ignore[attr-defined]
    text.setTextOrigin(line.x, HEIGHT - line.foot)  # type: ignore[attr-defined]
    text.textOut(line.text)  # type: ignore[attr-defined]


def fpdf2(documents: Sequence[BadgeDocument]) -> bytes:
    pdf = fpdf.FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    for weight, path in FONT_FILES.items():
        pdf.add_font(f"G{weight}", fname=path)
    for document in documents:
        badge = compose(document, DESIGN)
        pdf.add_page()
        for box, colour in ((A6.accent, "#2f5bea"), (A6.band, BANDS[badge.face.category])):
            pdf.set_fill_color(colour)
            pdf.rect(box.x * MM, box.y * MM, box.width * MM, box.height * MM, style="F")
        pdf.set_font("G700", size=band_of(badge.face).size_pt)
        width = pdf.get_string_width(band_of(badge.face).lines[0])
        header = lines(badge.face.blocks[0], A6.header.box.x * MM)
        for line in (*header, band_line(badge.face, width), *own_lines(badge)):
            pdf.set_font(f"G{line.weight}", size=line.size)
            pdf.set_text_color(line.colour)
            pdf.text(line.x, line.foot, line.text)
        pdf._out(code(document).decode())
    return bytes(pdf.output())


TYPST: Final = """
#set page(width: 105mm, height: 148mm, margin: 0pt)
#set text(font: "%s", top-edge: "baseline", bottom-edge: "baseline")
#for badge in json(bytes(sys.inputs.badges)) {
  for (x, y, width, height, colour) in badge.boxes {
    place(dx: x * 1pt, dy: y * 1pt, rect(width: width * 1pt, height: height * 1pt, fill: rgb(colour)))
  }
  for (words, weight, size, colour, x, foot) in badge.lines {
    let line = text(weight: weight, size: size * 1pt, fill: rgb(colour), words)
    if x < 0 { place(dy: foot * 1pt, box(width: 105mm, align(center, line))) }
    else { place(dx: x * 1pt, dy: foot * 1pt, line) }
  }
  place(dx: badge.qr.at(0) * 1pt, dy: badge.qr.at(1) * 1pt,
    image(bytes(badge.code), format: "svg", width: badge.qr.at(2) * 1pt))
  pagebreak(weak: true)
}
"""


def typst_(documents: Sequence[BadgeDocument]) -> bytes:
    badges = []
    for document in documents:
        badge = compose(document, DESIGN)
        boxes = ((A6.accent, "#2f5bea"), (A6.band, BANDS[badge.face.category]))
        quiet = A6.qr.width * qr.QUIET_MODULES / len(qr.matrix(document.code))
        header = lines(badge.face.blocks[0], A6.header.box.x * MM)
        band = band_line(badge.face, 0)._replace(x=-1)
        badges.append(
            {
                "boxes": [(b.x * MM, b.y * MM, b.width * MM, b.height * MM, colour) for b, colour in boxes],
                "lines": [*header, band, *own_lines(badge)],
                "qr": ((A6.qr.x - quiet) * MM, (A6.qr.y - quiet) * MM, (A6.qr.width + 2 * quiet) * MM),
                "code": qr.svg(document.code).decode(),
            }
        )
    return typst.compile(
        (TYPST % _family()).encode(),
        font_paths=[str(FONT_FILES[400].parent)],
        ignore_system_fonts=True,
        sys_inputs={"badges": json.dumps(badges)},
    )


@cache
def _family() -> str:
    with TTFont(FONT_FILES[400]) as font:
        return str(font["name"].getBestFamilyName())
