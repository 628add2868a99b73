"""What preflight says about papers before they are printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from forum.printing.designs import CODE, PHOTO, PICTURE, Block, Design, PictureFile, UsedDesign, standard
from forum.printing.documents import CardDocument, CardSide
from forum.printing.preflight import CODES, Finding, preflight, preflight_agendas
from forum.printing.sheets import SHEETS
from tests.printing.papers import agenda, badge, entry

A6 = SHEETS["a6"]


def test_a_good_badge_has_no_findings_on_any_portrait_sheet() -> None:
    for code in ("a6", "96x134", "102x152"):
        assert preflight([badge()], SHEETS[code]) == ()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"company": " "}, "missing_company", "company"),
        ({"code": ""}, "missing_code", "code"),
        ({"number": ""}, "missing_number", "number"),
        ({"latin_name": ""}, "missing_latin_name", "latin_name"),
        ({"family": "", "given": "Вера"}, "missing_family", "family"),
    ],
)
def test_what_is_missing_is_found(changes: dict[str, Any], code: str, field: str) -> None:
    assert preflight([badge(), badge(**changes)], A6) == (
        Finding(code, 1, changes.get("number", "0042"), field, {}),
    )


def test_a_latin_name_needs_no_second_latin_name() -> None:
    assert preflight([badge(family="Çelik", given="Ümit", patronymic="", latin_name="")], A6) == ()


def test_letters_that_the_font_lacks_are_named() -> None:
    assert preflight([badge(latin_name="Vera 李 Nguyễn")], A6) == (
        Finding("missing_glyph", 0, "0042", "latin_name", {"characters": ("李",)}),
    )


def test_text_below_its_legible_size_is_found_with_both_sizes() -> None:
    found = preflight([badge(family="Wolkenkuckucksheimerhausenbergerdorff")], A6)[0]
    assert (found.code, found.field, found.data) == (
        "small_text",
        "family",
        {"size_pt": 12.0, "legible_pt": 20},
    )


def test_a_divided_word_is_found() -> None:
    found = preflight([badge(family="Щ" * 35)], A6)[0]
    assert (found.code, found.field) == ("broken_word", "family")


def test_cut_text_is_found_with_what_is_left_of_it() -> None:
    [found] = preflight([badge(position="очень " * 60)], A6)
    assert (found.code, found.field, found.data["printed"][-1]) == ("cut_text", "position", "…")


def test_an_agenda_without_entries_and_strange_letters_in_it_are_found() -> None:
    [day] = agenda().days
    strange = type(day)(date_label=day.date_label, entries=(entry(company="東方", with_whom="Li"),))
    assert preflight_agendas([agenda(), agenda(days=()), agenda(days=(strange,))]) == (
        Finding("empty_agenda", 1, "Туманова Вера Львовна", "days", {}),
        Finding("missing_glyph", 2, "Туманова Вера Львовна", "company", {"characters": ("方", "東")}),
    )


def _design(*blocks: Block, **files: PictureFile) -> UsedDesign:
    return UsedDesign(Design(format="own", width=100, height=140, blocks=blocks), tuple(files.values()))


def _found(used: UsedDesign, **fields: Any) -> list[tuple[str, int, Any]]:
    documents = [badge(design=used, number=number, **fields) for number in ("1", "2")]
    return [(each.code, each.index, dict(each.data)) for each in preflight(documents, SHEETS["design"])]


def test_a_code_that_cannot_be_read_from_where_one_stands_is_said_once_of_a_design() -> None:
    code = Block(kind=CODE, x=5, y=5, width=14, height=14)
    large = replace(code, width=30, height=30)
    assert _found(_design(code)) == [
        ("small_code", 0, {"module_mm": 0.48, "needed_mm": 0.6, "category": "delegate"})
    ]
    assert _found(_design(large)) == []


def test_a_picture_is_coarse_where_its_dots_are_too_few_for_its_place() -> None:
    logo = PictureFile("logo", "", width=300, height=100)
    place = Block(kind=PICTURE, x=0, y=0, width=60, height=20, picture="logo")
    drawing = replace(logo, media_type="image/svg+xml", width=0, height=0)
    coarse = {"dpi": 127, "fewest_dpi": 150, "category": "delegate"}
    assert _found(_design(place, logo=logo)) == [("coarse_picture", 0, coarse)]
    assert _found(_design(replace(place, width=50), logo=logo)) == []
    assert _found(_design(place, logo=drawing)) == []


def test_a_photo_is_asked_of_each_person_where_the_design_shows_one() -> None:
    place = Block(kind=PHOTO, x=0, y=0, width=30, height=40)
    small = PictureFile("face", "", width=240, height=100)
    assert _found(_design(place)) == [("missing_photo", 0, {}), ("missing_photo", 1, {})]
    assert _found(_design(place), photo=small) == [
        ("coarse_picture", number, {"dpi": 64, "fewest_dpi": 150}) for number in (0, 1)
    ]
    assert _found(_design(place), photo=replace(small, width=240, height=320)) == []


def test_the_dots_of_a_photo_are_counted_in_its_file(tmp_path: Path) -> None:
    place = Block(kind=PHOTO, x=0, y=0, width=30, height=40)
    files = [tmp_path / f"{width}.jpg" for width in (150, 240)]
    for file, width in zip(files, (150, 240), strict=True):
        Image.new("RGB", (width, width * 4 // 3)).save(file)
    found = [_found(_design(place), photo=PictureFile(file.name, str(file))) for file in files]
    gone = _found(_design(place), photo=PictureFile("gone", str(tmp_path / "gone")))
    codes = [[code for code, _, _ in each] for each in (*found, gone)]
    assert (codes, found[0][0][2]["dpi"]) == ([["coarse_picture"] * 2, [], ["missing_photo"] * 2], 127)


def test_a_day_that_is_longer_than_its_back_is_named_and_ends_with_where_the_rest_is() -> None:
    used = UsedDesign(replace(standard(SHEETS["86x54"].layout).design, fold="double"))
    lines = [("back_line", f"10:{turn}0 Стол {turn}") for turn in range(9)]
    found = []
    for texts in (lines[:3], lines):
        side = CardSide(language="ru", texts=(("back_name", "Ли Вера"), *texts, ("back_foot", "Связь: 1")))
        document = badge(design=used, back=CardDocument(language="ru", title="", sides=(side,)))
        found.append([each.data for each in preflight([document], SHEETS["design"]) if each.field == "back"])
    assert found == [[], [{"printed": "дальше – в личной программе"}]]


def test_every_code_that_is_said_is_listed() -> None:
    worst = badge(family="", given="Щ" * 300, latin_name="", company="", code="", number="", place="李")
    said = {each.code for each in (*preflight([worst], A6), *preflight_agendas([agenda(days=())]))}
    assert said <= set(CODES)
