"""Formats fit their papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from forum.printing.adjusting import Adjustment, adjusted, sheet_by_code
from forum.printing.calibration import calibration_pdf
from forum.printing.errors import PrintingError
from forum.printing.pdf import badges_pdf
from forum.printing.pictures import page_size
from forum.printing.qr import QUIET_MODULES, matrix
from forum.printing.sheets import SHEETS, BadgeLayout, Box, Sheet
from tests.printing.papers import badge, codes, page_texts, pictures

LAYOUTS = {sheet.layout.code: sheet.layout for sheet in SHEETS.values()}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)
def test_badges_lie_on_the_paper_side_by_side(sheet: Sheet) -> None:
    places = sheet.places()
    assert len(set(places)) == sheet.badges_on_a_page
    assert min(min(place) for place in places) >= 0
    assert max(x for x, _ in places) + sheet.layout.width <= sheet.paper_width
    assert max(y for _, y in places) + sheet.layout.height <= sheet.paper_height


def test_cut_marks_stand_outside_the_badges_where_there_is_room() -> None:
    assert [code for code, sheet in SHEETS.items() if sheet.has_cut_marks] == [
        "a4-4x96x134",
        "a4-2x102x152",
        "a4-8x90x55",
        "a4-10x90x55",
    ]
    sheet = SHEETS["a4-4x96x134"]
    (left, top), right, bottom = sheet.margins, 210 - sheet.margins[0], 297 - sheet.margins[1]
    for x1, y1, x2, y2 in sheet.cut_marks():
        assert max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < top or min(y1, y2) > bottom
        assert min(x1, y1, x2, y2) > 0


def test_four_a6_fill_the_paper_and_have_one_cross_in_the_middle() -> None:
    assert SHEETS["a4-4xa6"].cut_marks() == ((102.0, 148.5, 108.0, 148.5), (105.0, 145.5, 105.0, 151.5))
    assert SHEETS["a6"].cut_marks() == ()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_field_lies_on_another_or_beyond_the_edge(layout: BadgeLayout) -> None:
    boxes = [layout.accent, *(column.box for column in layout.columns), layout.qr, layout.band]
    for number, one in enumerate(boxes):
        assert 0 <= one.x <= one.x + one.width <= layout.width
        assert 0 <= one.y <= one.y + one.height <= layout.height
        assert [each for each in boxes[number + 1 :] if overlap(one, each)] == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_code_has_its_quiet_zone(layout: BadgeLayout) -> None:
    module = layout.qr.width / len(matrix("https://forum.example/b/7F3KQ9XW2M"))
    quiet = QUIET_MODULES * module
    zone = Box(
        layout.qr.x - quiet, layout.qr.y - quiet, layout.qr.width + 2 * quiet, layout.qr.height + 2 * quiet
    )
    assert zone.x + zone.width <= layout.width
    assert [each.name for each in layout.columns if overlap(zone, each.box)] == []
    assert not overlap(zone, layout.band)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(PrintingError, match="unknown_sheet"):
        sheet_by_code("a3")


def test_a_code_says_the_format_its_margins_its_offset_and_the_label_to_begin_with() -> None:
    wanted = Adjustment(margins=(14, 12, 4, 3), right=1.5, down=-0.5, first=4)
    code = adjusted("a4-8x90x55", wanted)
    sheet = sheet_by_code(code)
    assert code == "a4-8x90x55~14,12,4,3@1.5,-0.5+4"
    assert sheet.places()[:3] == ((15.5, 11.5), (109.5, 11.5), (15.5, 69.5))
    assert (sheet.first, sheet.cut_marks()) == (4, ())


@pytest.mark.parametrize("code", ["a4-8x90x55+9", "62x20", "70x100", "a6@1", "a6~1,2,3", "", "a6+0"])
def test_what_is_no_sheet_is_refused(code: str) -> None:
    with pytest.raises(PrintingError, match="unknown_sheet"):
        sheet_by_code(code)


def test_the_first_badges_of_a_used_sheet_lie_on_the_labels_that_are_left() -> None:
    content = badges_pdf([badge(number=str(each)) for each in range(8)], sheet_by_code("a4-8x90x55+4"))
    assert [text.count("№") for text in page_texts(content)] == [5, 3]


@pytest.mark.parametrize("code", ["62x140", "4x3in", "a4-10x90x55@2,-1+3"])
def test_the_code_of_a_calibration_page_is_read_back(code: str, tmp_path: Path) -> None:
    sheet = sheet_by_code(code)
    content = calibration_pdf(sheet, "kk")
    assert [codes(picture) for picture in pictures(content, tmp_path)] == [
        ["https://forum.example/calibration"]
    ]
    assert page_size(content) == (sheet.paper_width, sheet.paper_height)
