"""Badges as pictures for a screen."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from forum.printing import pdf, pictures
from forum.printing.documents import BadgeDocument
from forum.printing.pictures import SAMPLE_CODE, preview_png
from forum.printing.sheets import DEFAULT_SHEET, MM, SHEETS
from tests.printing.papers import badge

WIDTH = 620


def sample(**changes: object) -> BadgeDocument:
    return badge(code=SAMPLE_CODE, **changes)


def picture(document: BadgeDocument, width: int = WIDTH) -> Image.Image:
    return Image.open(io.BytesIO(preview_png(document, DEFAULT_SHEET, width))).convert("RGB")


def printed(document: BadgeDocument, width: int = WIDTH) -> Image.Image:
    """The page of the PDF, drawn without our help."""
    file = pypdfium2.PdfDocument(pdf.badges_pdf([document], DEFAULT_SHEET))
    scale = width / (DEFAULT_SHEET.paper_width * MM)
    found: Image.Image = file[0].render(scale=scale).to_pil().convert("RGB")
    file.close()
    return found


def stripe(width: int = WIDTH) -> tuple[int, int, int, int]:
    """Where the mark stands, with a margin, in pixels."""
    code, millimetre = DEFAULT_SHEET.layout.qr, width / DEFAULT_SHEET.paper_width
    left, top, right, bottom = code.x - 2, code.y + 6, code.x + code.width + 2, code.y + code.height - 6
    return tuple(round(each * millimetre) for each in (left, top, right, bottom))  # type: ignore[return-value]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_picture_is_the_page_that_is_printed_but_for_the_mark(language: str) -> None:
    document = sample(language=language)
    shown, page = picture(document), printed(document)
    for each in (shown, page):
        each.paste((0, 0, 0), stripe())
    extrema = ImageChops.difference(shown, page).convert("L").getextrema()
    assert (shown.size, extrema[1] < 48) == (page.size, True)


def test_another_name_is_another_picture() -> None:
    """The negative control of the comparison above."""
    one, other = picture(sample()), picture(sample(family="Туманский"))
    extrema = ImageChops.difference(one, other).convert("L").getextrema()
    assert extrema[1] > 200


@pytest.mark.parametrize("width", [310, 620, 1200])
def test_no_camera_reads_a_code_from_it(width: int) -> None:
    read = [found.text for found in zxingcpp.read_barcodes(printed(sample(), width))]
    assert (read, zxingcpp.read_barcodes(picture(sample(), width))) == ([SAMPLE_CODE], [])


def test_a_valid_code_is_never_made_a_picture() -> None:
    with pytest.raises(ValueError, match="must not carry"):
        preview_png(badge(), DEFAULT_SHEET, WIDTH)


def test_the_mark_speaks_the_language_of_the_badge() -> None:
    boxes = {
        language: picture(sample(language=language)).crop(stripe()).tobytes()
        for language in ("ru", "kk", "en")
    }
    assert len(set(boxes.values())) == 3


@pytest.mark.parametrize("sheet", ["a6", "96x134", "102x152", "90x55", "86x54"])
def test_every_format_can_be_shown(sheet: str) -> None:
    found = Image.open(io.BytesIO(preview_png(sample(), SHEETS[sheet], 400)))
    assert found.width in (400, 401)


def test_nobody_asks_for_a_wall() -> None:
    assert picture(sample(), 100_000).width in (pictures.WIDEST, pictures.WIDEST + 1)


def test_many_at_once_see_their_own_badges() -> None:
    documents = [sample(family=f"Туманова-{number}", number=str(number)) for number in range(24)]
    alone = [preview_png(document, DEFAULT_SHEET, WIDTH) for document in documents]
    preview_png.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda document: preview_png(document, DEFAULT_SHEET, WIDTH), documents))
    assert together == alone


def test_of_a_damaged_file_there_is_no_page() -> None:
    whole = pdf.badges_pdf([badge()], DEFAULT_SHEET)

    assert pictures.page_png(whole, 1) is not None
    assert pictures.page_png(b"%PDF-1.7 damaged", 1) is None
