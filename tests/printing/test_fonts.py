"""The font has the letters of the forum, in every weight."""

from __future__ import annotations

import pytest

from forum.printing.agendas import agendas_pdf
from forum.printing.fonts import FONT_FILES, STATIC, face, missing_glyphs, printable
from tests.printing.papers import agenda, font_names, page_texts

KAZAKH = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя"
MARKS = "₸₽№«»„“”’–—…·•→\u202f\u00a0"


@pytest.mark.parametrize("weight", FONT_FILES)
def test_every_weight_has_kazakh_russian_and_western_letters(weight: int) -> None:
    assert face(weight).covers(KAZAKH + MARKS + "ÀéîõüçñßøåŁžşğŐ")


def test_all_weights_have_the_same_letters() -> None:
    assert face(400).advances.keys() == face(500).advances.keys() == face(700).advances.keys()


def test_a_letter_that_is_not_there_is_named_once() -> None:
    assert missing_glyphs("Nguyễn 李李") == ("李",)


def test_vietnamese_letters_come_from_the_font_that_stands_in() -> None:
    name = "Nguyễn Thị Hằng"
    file = agendas_pdf([agenda(person=name, days=())])
    assert name in page_texts(file)[0]
    assert {each.split("-")[0] for each in font_names(file)} == {"Golos", "Onest"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("и\u0306од", "йод"),
        ("  Вера\t\nЛьвовна ", "Вера Львовна"),
        ("Ту\u00adма\u200bнова\u202e", "Туманова"),
        ("12\u202f000\u00a0₸", "12\u202f000\u00a0₸"),
    ],
)
def test_text_is_composed_and_rid_of_what_nobody_sees(given: str, expected: str) -> None:
    assert printable(given) == expected


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts" / "pdf" / "LICENSE").read_text()
