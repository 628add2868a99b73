"""What a printer is told of a PDF besides its pages: which sides it prints, and how large the paper is."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf

ONE_SIDED: Final = "one-sided"
LONG_EDGE: Final = "two-sided-long-edge"
SHORT_EDGE: Final = "two-sided-short-edge"
_ISO: Final = {(105, 148): "iso_a6", (148, 210): "iso_a5", (210, 297): "iso_a4", (297, 420): "iso_a3"}


def media(width_mm: float, height_mm: float) -> str:
    """A size of paper as IPP calls it (PWG 5101.1). Trays know a common one only upright and by its name."""
    short, long = sorted((width_mm, height_mm))
    for (width, height), name in _ISO.items():
        if abs(short - width) < 1 and abs(long - height) < 1:
            return f"{name}_{width}x{height}mm"
    return f"custom_forum_{width_mm:g}x{height_mm:g}mm"


def both_sides(width_mm: float, height_mm: float) -> str:
    """How a sheet of pages of that size is turned over: as the page of a book, round the edge at its left."""
    return SHORT_EDGE if width_mm > height_mm else LONG_EDGE


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def on_own_sheets(content: bytes) -> bytes:
    """The PDF with an empty page wherever a paper would begin on the back of the one before.

    A paper begins where a bookmark of the first level leads.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        added = 0
        for start in _starts(pdf):
            place = start + added
            if place % 2:
                pdf.pages.insert(place, _empty_like(pdf, pdf.pages[place]))
                added += 1
        if not added:
            return content
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def _starts(pdf: pikepdf.Pdf) -> list[int]:
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        targets: list[Any] = [item.destination for item in outline.root]
    return sorted({numbers[target[0].objgen] for target in targets if isinstance(target, pikepdf.Array)})


def _empty_like(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Page:
    empty = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=page.mediabox, Resources=pikepdf.Dictionary())
    return pikepdf.Page(pdf.make_indirect(empty))
