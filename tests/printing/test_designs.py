"""Badges of designs: drawn both ways alike, with pictures, photos and backs; designs that are wrong."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfua
import pytest
from PIL import Image, ImageOps
from pypdf import PdfReader

from forum.printing.composition import compose
from forum.printing.design_checks import check_design
from forum.printing.design_data import FORMATS, Problem, as_file, from_data, from_file, problems
from forum.printing.designs import CODE, Design, Row, UsedDesign, plain, standard
from forum.printing.documents import CardDocument, CardSide, content_hash, said_hash
from forum.printing.errors import PrintingError
from forum.printing.pdf import badges_pdf
from forum.printing.preflight import preflight
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import SHEETS
from forum.printing.shelf import Shelf
from forum.printing.stamping import Stamp
from tests.printing.designs import centred, pictured
from tests.printing.nasty import nasty_badges
from tests.printing.papers import badge, codes, page_texts, pictures
from tests.printing.test_stamping import LARGEST_DIFFERENCE, difference
from tests.tools import need

ONE, MANY = SHEETS["design"], SHEETS["a4-design"]
BACK = CardDocument(
    language="ru",
    title="Оборот",
    sides=(CardSide(language="ru", texts=(("back_name", "Туманова Вера"), ("back_line", "10:00 Стол 7"))),),
)


@pytest.mark.parametrize("layout", FORMATS.values(), ids=FORMATS)
def test_the_standard_designs_survive_as_files(layout: Any) -> None:
    design = standard(layout).design
    title, read = from_file(json.loads(json.dumps(as_file("Обычный", design))))
    assert (title, read, read.key, problems(read)) == ("Обычный", design, design.key, ())
    assert {each.code for each in check_design(UsedDesign(design), ("ru", "kk"))} <= {"text_tiny"}


def test_lines_in_the_middle_and_at_the_right_look_as_weasyprint_draws_them(tmp_path: Path) -> None:
    used = UsedDesign(centred())
    documents = [replace(each, design=used) for each in nasty_badges()[::4]]
    stamp = Stamp(press_of_this_thread(), used.design)
    stamped = [each for each in documents if stamp.painted(compose(each, used.design), 1)]
    pure = pictures(badges_pdf(documents, ONE, is_pure=True), tmp_path)
    fast = pictures(badges_pdf(documents, ONE), tmp_path)
    worst = max(difference(one, other) for one, other in zip(pure, fast, strict=True))
    assert (worst < LARGEST_DIFFERENCE, len(stamped) > 8) == (True, True)


def test_pictures_and_the_photo_are_on_the_badge_and_in_the_tags(tmp_path: Path) -> None:
    used, photo = pictured(tmp_path)
    document = badge(design=used, photo=photo)
    path = tmp_path / "badge.pdf"
    path.write_bytes(badges_pdf([document, badge()], ONE))
    assert subprocess.run([need("qpdf"), "--check", path], capture_output=True).returncode == 0
    assert list(pdfua.validate(path).findings) == []
    shown = pictures(path.read_bytes(), tmp_path, dpi=100)
    points = [(85, 80), (85, 13), (30, 90)]  # the photo, the drawing, the background in mm
    seen = [
        [page.getpixel((round(x / 25.4 * 100), round(y / 25.4 * 100))) for x, y in points] for page in shown
    ]
    assert [[value < 250 for value in page] for page in seen] == [[True] * 3, [False] * 3]
    assert [codes(page) for page in shown] == [[document.code]] * 2


def test_a_reprint_from_the_shelf_has_its_photo_again(tmp_path: Path) -> None:
    used, photo = pictured(tmp_path)
    documents = [badge(design=used, photo=photo), badge(design=used)]
    first = badges_pdf(documents, ONE, shelf=Shelf(tmp_path / "shelf.db"))
    assert badges_pdf(documents, ONE, shelf=Shelf(tmp_path / "shelf.db")) == first


def test_designs_and_photos_are_hashed_but_not_what_was_confirmed(tmp_path: Path) -> None:
    used, photo = pictured(tmp_path)
    looks = [badge(), badge(design=used), badge(design=used, photo=photo), badge(design=used, back=BACK)]
    assert (len({content_hash(each) for each in looks}), len({said_hash(each) for each in looks})) == (4, 1)


@pytest.mark.parametrize(
    ("fold", "sheet", "sizes"),
    [
        ("single", ONE, [(105, 148)]),
        ("double", ONE, [(105, 148), (105, 148)]),
        ("top", ONE, [(105, 296)]),
        ("side", ONE, [(210, 148)]),
        ("double", SHEETS["a4-4xa6"], [(210, 297), (210, 297)]),
        ("side", MANY, [(210, 297)]),
    ],
)
def test_backs_are_printed_beside_or_after_their_fronts(fold: str, sheet: Any, sizes: list[Any]) -> None:
    document = badge(design=UsedDesign(centred(fold=fold)), back=BACK)
    content = badges_pdf([document], sheet)
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(content)).pages]
    found = [(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes]
    said = " ".join(page_texts(content))
    assert (found, "Стол 7" in said) == (sizes, fold != "single")


def test_the_upper_half_of_a_fold_stands_on_its_head(tmp_path: Path) -> None:
    document = badge(design=UsedDesign(centred(fold="top")), back=BACK)
    [folded] = pictures(badges_pdf([document], ONE), tmp_path)
    flat = pictures(badges_pdf([replace(document, design=UsedDesign(centred(fold="double")))], ONE), tmp_path)
    upper = folded.crop((0, 0, folded.width, folded.height // 2))
    # The mark of the fold lies at the edge of the paper only.
    places = [_inked(each) for each in (upper.rotate(180), flat[1], upper)]
    apart = [max(abs(one - other) for one, other in zip(places[1], each, strict=True)) for each in places]
    assert (apart[0] <= 2, apart[2] > 50) == (True, True)


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    inner = picture.crop((20, 20, picture.width - 20, 560))
    return ImageOps.invert(inner).point(lambda value: 255 if value > 60 else 0).getbbox() or (0, 0, 0, 0)


def test_another_format_has_the_standard_design() -> None:
    document = badge(design=UsedDesign(centred()))
    texts = [page_texts(badges_pdf([document], SHEETS[code]))[0] for code in ("a6", "90x55")]
    found = [each.code for each in preflight([document], SHEETS["90x55"]) if each.field == "design"]
    assert (["ворота 2" in text for text in texts], found) == ([True, False], ["other_design"])
    assert preflight([document], SHEETS["a6"]) == ()


def test_a_missing_photo_is_found(tmp_path: Path) -> None:
    used, photo = pictured(tmp_path)
    found = preflight([badge(design=used), badge(design=used, photo=photo)], ONE)
    assert [each.index for each in found if each.code == "missing_photo"] == [0]


def _with(index: int, **changes: Any) -> Design:
    design = centred()
    blocks = list(design.blocks)
    blocks[index] = replace(blocks[index], **changes)
    return replace(design, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("design", "problem"),
    [
        (centred(width=106.0), Problem("other_size", None, "format")),
        (centred(accent="red"), Problem("no_colour", None, "accent")),
        (centred(fold="twice"), Problem("not_offered", None, "fold")),
        (_with(3, x=95.0), Problem("outside", 3, "x")),
        (_with(3, width=25.0), Problem("not_square", 3, "width")),
        (_with(0, kind=CODE, height=89.0, rows=(), y=0.0), Problem("two_codes", None, "blocks")),
        (_with(0, rows=()), Problem("no_rows", 0, "rows")),
        (_with(0, rows=(Row(field="title"), Row(field="title"))), Problem("field_twice", 0, "rows")),
        (_with(0, rows=(Row(field="title", min_pt=9),)), Problem("wrong_order", 0, "max_pt")),
        (_with(1, height=10.0), Problem("too_low", 1, "height")),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_place(design: Design, problem: Problem) -> None:
    assert (problems(centred()), problem in problems(design)) == ((), True)


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"blocks": 3}, {**plain(centred()), "more": 1}, {**plain(centred()), "width": "105"}],
)
def test_what_is_no_design_is_not_read(data: Any) -> None:
    with pytest.raises(PrintingError, match="design_unreadable"):
        from_data(data)


def test_weaknesses_of_a_design_are_found() -> None:
    blocks = (
        replace(centred().blocks[0], x=7.0, y=100.0, height=14.0, rows=(Row(field="free", min_pt=4),)),
        replace(centred().blocks[3], width=14.0, height=14.0),
    )
    found = check_design(UsedDesign(centred(blocks=blocks)), ("ru", "kk"))
    assert {(each.code, each.block) for each in found} == {
        ("no_name", None),
        ("text_tiny", 0),
        ("words_missing", 0),
        ("code_small", 1),
        ("code_crowded", 1),
    }
