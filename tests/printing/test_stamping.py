"""The fast way prints what the slow way prints."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pdfua
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from forum.printing.composition import compose
from forum.printing.designs import standard
from forum.printing.pdf import badges_pdf
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import SHEETS, Sheet
from forum.printing.stamping import Stamp
from tests.printing.nasty import FAMILIES, LEFT_TO_WEASYPRINT, nasty_badges
from tests.printing.papers import badge, font_names, page_texts, pictures
from tests.tools import need

A6, CARD = SHEETS["a6"], SHEETS["90x55"]
DESIGN = standard(A6.layout).design


LARGEST_DIFFERENCE = 75


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest difference of a square millimetre, from 0 to 255; smoothed edges hardly count in it."""
    return float(ImageChops.difference(one.reduce(4), other.reduce(4)).getextrema()[1])


@pytest.mark.parametrize("sheet", [A6, CARD], ids=lambda sheet: sheet.code)
def test_sixty_nasty_badges_look_as_weasyprint_draws_them(sheet: Sheet, tmp_path: Path) -> None:
    documents = nasty_badges()
    pure = pictures(badges_pdf(documents, sheet, is_pure=True), tmp_path)
    fast = pictures(badges_pdf(documents, sheet), tmp_path)
    worst = max(difference(one, other) for one, other in zip(pure, fast, strict=True))
    assert (len(documents), worst < LARGEST_DIFFERENCE) == (60, True)


def test_another_letter_would_be_seen(tmp_path: Path) -> None:
    one, other = pictures(badges_pdf([badge(), badge(family="Тумапова")], A6), tmp_path)
    assert difference(one, other) > LARGEST_DIFFERENCE


def test_what_the_stamp_cannot_set_is_left_to_weasyprint() -> None:
    stamp = Stamp(press_of_this_thread(), DESIGN)
    badges = [compose(document, DESIGN) for document in nasty_badges()]
    left = [each.document.family for each in badges if stamp.painted(each, 1) is None]
    assert (left, len(FAMILIES)) == (list(LEFT_TO_WEASYPRINT), 60)


def test_both_ways_say_the_same_words() -> None:
    documents = nasty_badges()
    assert page_texts(badges_pdf(documents, A6)) == page_texts(badges_pdf(documents, A6, is_pure=True))


def test_what_is_read_back_is_what_was_set() -> None:
    documents = [each for each in nasty_badges() if each.family not in LEFT_TO_WEASYPRINT]
    said = [
        " ".join(text.said or " ".join(text.lines) for block in badge.blocks for _, text in block.texts)
        for badge in (compose(document, DESIGN) for document in documents)
    ]
    read = page_texts(badges_pdf(documents, A6))
    assert [text.endswith(own) for text, own in zip(read, said, strict=True)] == [True] * len(documents)


@pytest.mark.parametrize("code", ["a6", "a4-4xa6"])
def test_the_file_is_sound_and_tagged(code: str, tmp_path: Path) -> None:
    path = tmp_path / "badges.pdf"
    path.write_bytes(badges_pdf(nasty_badges(), SHEETS[code]))
    checked = subprocess.run([need("qpdf"), "--check", path], capture_output=True, text=True)
    assert (checked.returncode, "No syntax or stream encoding errors" in checked.stdout) == (0, True)
    assert list(pdfua.validate(path).findings) == []


@pytest.mark.parametrize("code", ["a6", "a4-4xa6"])
def test_every_mark_belongs_to_a_paragraph_of_its_badge(code: str) -> None:
    reader = PdfReader(io.BytesIO(badges_pdf([badge(), badge(language="kk")], SHEETS[code])))
    document = reader.root_object["/StructTreeRoot"]["/K"][0].get_object()
    parts = [part.get_object() for part in document["/K"]]
    assert [part["/Lang"] for part in parts] == ["ru", "kk"]
    for part in parts:
        elements = [each.get_object() for each in part["/K"]]
        assert [each["/S"] for each in elements] == ["/P"] * 8 + ["/Figure"]
        assert elements[-1]["/Alt"] == badge().code


def test_bookmarks_lead_to_the_badges() -> None:
    reader = PdfReader(io.BytesIO(badges_pdf([badge(), badge(number="43", family="Ли")], A6)))
    found = [(each.title, reader.get_destination_page_number(each)) for each in reader.outline]
    assert found == [("0042 Туманова Вера", 0), ("43 Ли Вера", 1)]


def test_only_the_letters_of_strangers_need_another_font() -> None:
    names = {"Golos", "Golos-Medium", "Golos-Bold"}
    own = [each for each in nasty_badges() if each.family not in LEFT_TO_WEASYPRINT]
    assert font_names(badges_pdf(own, A6)) == names
