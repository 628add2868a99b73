"""A badge as a picture for a screen: the page that would be printed, marked so that it opens no door.

PDFium is not safe for threads: one page is drawn at a time.
"""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from functools import lru_cache
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from forum.printing import pdf
from forum.printing.designs import CODE, Block, UsedDesign
from forum.printing.documents import BadgeDocument
from forum.printing.fonts import FONT_FILES
from forum.printing.imposing import Impression, impression
from forum.printing.labels import labels_for
from forum.printing.sheets import MM, SHEETS, Sheet

AS_DESIGNED: Final = "design"
SAMPLE_CODE: Final = "PREVIEW"
"""What the QR code of a preview says: no badge has such a code."""
WIDEST: Final = 1200
_KEPT: Final = 64
_INK: Final = (176, 30, 50)
_PAPER: Final = (255, 255, 255)
_COLOURS: Final = 64  # a badge has few: a third of the bytes in half the time
_SHARE_OF_CODE: Final = 0.36  # height of the mark, of the QR code's side: nothing reads the code through it
_pdfium: Final = threading.Lock()


@lru_cache(maxsize=_KEPT)
def preview_png(document: BadgeDocument, sheet: Sheet, width: int) -> bytes:
    """The first badge of ``sheet`` as a PNG of ``width`` pixels (at most 1200), with the mark of a sample.

    ``document.code`` has to be ``SAMPLE_CODE``. Raises ``PrintingError`` as ``pdf.badges_pdf``.
    """
    if document.code != SAMPLE_CODE:
        raise ValueError("a picture of a badge must not carry a code that is valid")
    how = impression(sheet, document)
    scale = min(width, WIDEST) / (how.sheet.paper_width * MM)
    picture = _page(pdf.badges_pdf([document], sheet), scale)
    _mark(picture, how, labels_for(document.language).sample, scale * MM)
    return _small(picture)


@lru_cache(maxsize=_KEPT)
def back_png(document: BadgeDocument, width: int) -> bytes | None:
    """The back of a badge as a PNG of ``width`` pixels, upright however it is folded; None where it has none.

    There is no code on a back, so it needs no mark. Raises ``PrintingError`` as ``pdf.badges_pdf``.
    """
    used = document.design
    if used is None or document.back is None or not used.design.has_back:
        return None
    apart = UsedDesign(replace(used.design, fold="double"), used.files)
    content = pdf.badges_pdf([replace(document, design=apart)], SHEETS[AS_DESIGNED])
    return _small(_page(content, min(width, WIDEST) / (used.design.width * MM), number=1))


def page_size(content: bytes) -> tuple[float, float]:
    """Width and height of the first page of a PDF, in millimetres to a tenth."""
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            width, height = document[0].get_size()
        finally:
            document.close()
    return round(width / MM, 1), round(height / MM, 1)


def pages_png(content: bytes, *, dots_per_inch: int = 300) -> tuple[bytes, ...]:
    """Every page of a PDF as a PNG for a printer."""
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            pages = [page.render(scale=dots_per_inch / 72).to_pil().convert("RGB") for page in document]
        finally:
            document.close()
    return tuple(_png(page) for page in pages)


def page_png(content: bytes, number: int, *, dots_per_inch: int = 200) -> bytes | None:
    """One page of a PDF, counted from 1, turned as the first one lies; None where there is none to show.

    A file damaged in the store has no page: whoever asks for it is told so, as with a page too many.
    """
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not 1 <= number <= len(document):
                return None
            picture = document[number - 1].render(scale=dots_per_inch / 72).to_pil().convert("RGB")
            is_wide = document[0].get_width() > document[0].get_height()
        finally:
            document.close()
    is_askew = (picture.width > picture.height) != is_wide
    return _png(picture.transpose(Image.Transpose.ROTATE_90) if is_askew else picture)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _small(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _page(content: bytes, scale: float, number: int = 0) -> Image.Image:
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            return document[number].render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()


def _mark(picture: Image.Image, how: Impression, word: str, millimetre: float) -> None:
    """A red stripe with the word across the QR code, where eyes and cameras look first."""
    left, top, right, bottom = (each * millimetre for each in _stripe(how))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((left, top, right, bottom), _PAPER, _INK, max(1, round(millimetre / 3)))
    font = _font(word, right - left, bottom - top)
    draw.text(((left + right) / 2, (top + bottom) / 2), word, _INK, font, anchor="mm")


def _stripe(how: Impression) -> tuple[float, float, float, float]:
    """Where the mark stands on the page, in millimetres: on a badge without a code in its middle."""
    design, (left, top) = how.used.design, how.sheet.places()[0]
    code = design.code or Block(
        kind=CODE, x=design.width / 4, y=design.height / 2, width=design.width / 2, height=10
    )
    x = left + code.x + (design.width if how.fold == "side" else 0)
    half = code.height * _SHARE_OF_CODE / 2
    middle = top + code.y + code.height / 2 + (design.height if how.fold == "top" else 0)
    return x - 1, middle - half, x + code.width + 1, middle + half


@lru_cache(maxsize=32)
def _font(word: str, width: float, height: float) -> ImageFont.FreeTypeFont:
    """The largest size at which ``word`` stands inside the stripe."""
    size = height * 0.75
    font = ImageFont.truetype(FONT_FILES[700], size)
    return font.font_variant(size=size * min(1.0, width * 0.85 / font.getlength(word)))
