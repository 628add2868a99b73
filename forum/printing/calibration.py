"""A page that shows how a printer prints: rulers, outlines of labels, crosses, greys, a code to scan."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from forum.domain.localized import Localized
from forum.printing import qr
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import Sheet

_TITLE: Final = Localized(ru="Пробная страница", kk="Сынақ беті", en="Calibration page")
_RULER: Final = Localized(
    ru="Приложите линейку: деления должны совпасть. Если нет, печатайте без масштабирования.",
    kk="Сызғыш қойыңыз: бөліктері дәл келуі керек. Келмесе, масштабтамай басып шығарыңыз.",
    en="Lay a ruler beside it: the marks must agree. If not, print without scaling.",
)
_EDGES: Final = Localized(
    ru="Рамки должны лежать на краях этикеток. Если нет, измерьте сдвиг и укажите его у места печати.",
    kk="Жақтаулар жапсырма шетіне дәл түсуі керек. Түспесе, ауытқуын өлшеп, басып шығару орнында көрсетіңіз.",
    en="The frames must lie on the edges of the labels. If not, measure and tell the station by how much.",
)
_CODE: Final = "https://forum.example/calibration"
_GREYS: Final = 10
_LONG: Final = 5.0
_SHORT: Final = 2.0
_SMALLEST_FRAME: Final = 4.0


def calibration_pdf(sheet: Sheet, language: str) -> bytes:
    """One page of ``sheet`` as PDF/UA-1, moved as the sheet is moved."""
    width, height = sheet.paper_width, sheet.paper_height
    title = f"{_TITLE.in_language(language)} · {sheet.code}"
    html = (
        f'<!doctype html><html lang="{language}"><head><title>{escape(title)}</title></head><body>'
        f'<svg class="drawing" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f"{''.join(_drawn(sheet))}</svg>{_words(sheet, title, language)}</body></html>"
    )
    return press_of_this_thread().written(html, ("fonts.css", _style(sheet)))


def _style(sheet: Sheet) -> str:
    """The words stand in the first label, so that they are on paper wherever the labels begin."""
    (x, y), label = _first(sheet), sheet.layout
    is_lying = label.width > label.height
    size = min(9.0, max(5.5, label.width / (16 if is_lying else 11)))
    wide = label.width - 18 - (_side(label.width, label.height) + 4 if is_lying else 0)
    return (
        f"@page{{size:{sheet.paper_width}mm {sheet.paper_height}mm;margin:0}}"
        "body{margin:0;font-family:Golos;color:#000}.drawing{position:absolute;left:0;top:0}"
        f".words{{position:absolute;left:{x + 9}mm;top:{y + 9}mm;width:{wide:g}mm;font-size:{size}pt}}"
        "h1{font-size:1.2em;margin:0 0 .3em}p{margin:0 0 .3em}"
    )


def _words(sheet: Sheet, title: str, language: str) -> str:
    size = f"{sheet.layout.width:g} × {sheet.layout.height:g} mm"
    said = (size, _RULER.in_language(language), _EDGES.in_language(language))
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    return f'<div class="words"><h1>{escape(title)}</h1>{lines}</div>'


def _drawn(sheet: Sheet) -> Iterator[str]:
    for number, (x, y) in enumerate(sheet.places(), 1):
        yield _frame(x, y, sheet.layout.width, sheet.layout.height)
        yield from _crosses(x, y, sheet.layout.width, sheet.layout.height)
        if number < sheet.first:
            yield _line(x, y, x + sheet.layout.width, y + sheet.layout.height)
    x, y = _first(sheet)
    yield from _rulers(x, y, sheet.layout.width, sheet.layout.height)
    yield from _greys(x, y, sheet.layout.width, sheet.layout.height)
    yield from _code(x, y, sheet.layout.width, sheet.layout.height)


def _first(sheet: Sheet) -> tuple[float, float]:
    """The first label that is left on the sheet."""
    return sheet.places()[sheet.first - 1]


def _side(width: float, height: float) -> float:
    """Of the code: as large as on a badge of that size."""
    return min(20.0, width / 3, height / 3)


def _line(x1: float, y1: float, x2: float, y2: float, width: float = 0.15) -> str:
    ends = f'x1="{x1:.3f}" y1="{y1:.3f}" x2="{x2:.3f}" y2="{y2:.3f}"'
    return f'<line {ends} stroke="#000" stroke-width="{width}"/>'


def _frame(x: float, y: float, width: float, height: float) -> str:
    """The edge of the label, and a frame inside it that every printer reaches."""
    rectangles = ((x, y, width, height), _inside(x, y, width, height))
    return "".join(
        f'<rect x="{a:.3f}" y="{b:.3f}" width="{c:.3f}" height="{d:.3f}" fill="none" stroke="#000"'
        ' stroke-width="0.15"/>'
        for a, b, c, d in rectangles
    )


def _inside(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    edge = _SMALLEST_FRAME
    return (x + edge, y + edge, width - 2 * edge, height - 2 * edge)


def _crosses(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """At the corners of the inner frame: both sides of a sheet held to the light show how they differ."""
    left, top, wide, tall = _inside(x, y, width, height)
    for a in (left, left + wide):
        for b in (top, top + tall):
            yield _line(a - _SHORT, b, a + _SHORT, b)
            yield _line(a, b - _SHORT, a, b + _SHORT)


def _rulers(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Millimetres along the upper and the left edge, every fifth longer and every tenth longest."""
    for place in range(int(width) + 1):
        yield _line(x + place, y, x + place, y + _tick(place), 0.1)
    for place in range(int(height) + 1):
        yield _line(x, y + place, x + _tick(place), y + place, 0.1)


def _tick(place: int) -> float:
    return _LONG if place % 10 == 0 else _LONG * 0.7 if place % 5 == 0 else _SHORT


def _greys(x: float, y: float, width: float, height: float) -> Iterator[str]:
    step = min(6.0, (width - 44) / _GREYS)
    top = y + height - _SMALLEST_FRAME - step - 2
    for number in range(_GREYS):
        tone = round(255 * (1 - number / (_GREYS - 1)))
        left = x + 7 + number * step
        yield (
            f'<rect x="{left:.3f}" y="{top:.3f}" width="{step:.3f}" height="{step:.3f}"'
            f' fill="rgb({tone},{tone},{tone})" stroke="#000" stroke-width="0.1"/>'
        )


def _code(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """In the lower right corner."""
    rows, side = qr.matrix(_CODE), _side(width, height)
    module = side / len(rows)
    left, top = x + width - side - 9, y + height - side - 9
    for number, row in enumerate(rows):
        for run in _runs(row):
            yield (
                f'<rect x="{left + run.start * module:.3f}" y="{top + number * module:.3f}"'
                f' width="{len(run) * module:.3f}" height="{module:.3f}"/>'
            )


def _runs(row: bytes) -> Iterator[range]:
    """Where dark modules follow each other."""
    start = None
    for place, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield range(start, place)
            start = None
