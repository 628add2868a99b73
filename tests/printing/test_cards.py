"""Plates, tent cards and signs, read back."""

from __future__ import annotations

from typing import Any

import pytest

from forum.printing.cards import BACKS, CARD_FORMATS, composed
from forum.printing.documents import CardDocument, CardSide
from forum.printing.errors import PrintingError
from forum.printing.fitting import column_height
from forum.printing.paper_checks import check_cards
from forum.printing.papers import cards_pdf
from forum.printing.sheets import MM, SHEETS
from forum.queries.back_documents import MOST
from tests.printing.papers import page_texts

FACE = (
    ("family", "Туманова"),
    ("given", "Вера Львовна"),
    ("position", "Главный технолог"),
    ("company", "«Лён»"),
)
OTHER = (
    ("family", "Туманова"),
    ("given", "Вера Львовна"),
    ("position", "Бас технолог"),
    ("company", "«Лён» ЖШС"),
)


def card(**changes: Any) -> CardDocument:
    fields: dict[str, Any] = {
        "language": "ru",
        "title": "Настольные карточки · Форум",
        "sides": (CardSide(language="ru", texts=FACE), CardSide(language="kk", texts=OTHER)),
    }
    return CardDocument(**{**fields, **changes})


def test_both_faces_of_a_tent_card_say_what_the_card_says() -> None:
    [text] = page_texts(cards_pdf([card(revision=2)], "tent-a4"))
    words = " ".join(said for face in (FACE, OTHER) for _, said in face)
    assert sorted(text.split()) == sorted(f"{words} 2 2".split())


@pytest.mark.parametrize("code", CARD_FORMATS)
def test_as_many_papers_as_the_cards_need(code: str) -> None:
    count = len(CARD_FORMATS[code].cards)
    assert len(page_texts(cards_pdf([card()] * (count + 1), code))) == 2


@pytest.mark.parametrize("code", CARD_FORMATS)
def test_the_longest_names_stay_within_their_faces(code: str) -> None:
    long = (
        ("family", "Рождественская-Константинопольская-Преображенская"),
        ("given", "Мария-Магдалина Александровна"),
        ("position", "первый заместитель генерального директора — директор департамента " * 2),
        ("company", "Общество с ограниченной ответственностью «Научно-производственное объединение» " * 2),
    )
    nasty = card(sides=(CardSide(language="ru", texts=long),))
    assert len(page_texts(cards_pdf([nasty], code))) == 1
    assert {finding.code for finding in check_cards([nasty], code)} <= {
        "small_text",
        "cut_text",
        "broken_word",
    }


def test_the_back_of_a_sheet_is_its_mirror_and_full_backs_stay_on_it() -> None:
    lines = [("back_line", "10:00 Стол 7 · ООО «Научно-производственное объединение» и другие")] * MOST
    days = [("back_day", "Среда, 2 декабря")] * 3
    texts = (("back_name", "Туманова Вера"), *days, *lines, ("back_foot", "+7 000"))
    full = card(sides=(CardSide(language="ru", texts=texts),))
    for code in BACKS:
        front = [x for x, _ in SHEETS[code].places()]
        backs = CARD_FORMATS[code].cards
        width = SHEETS[code].paper_width - SHEETS[code].layout.width
        assert [place.box.x for (place,) in backs] == [width - x for x in front]
        (face,) = composed(full, backs[0])
        styles, fitted = [("x", style) for _, style, _ in face.texts], [text for *_, text in face.texts]
        assert column_height(styles, fitted) < face.place.box.height * MM


def test_what_comes_out_badly_is_found_once_for_both_faces() -> None:
    strange = (("family", "李"), ("company", "«Лён» " * 90))
    side = CardSide(language="ru", texts=strange)
    found = check_cards([card(), card(sides=(side, side))], "tent-a4")
    assert [(each.code, each.index, each.number, each.field) for each in found] == [
        ("missing_glyph", 1, "李", "family"),
        ("cut_text", 1, "李", "company"),
    ]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(PrintingError, match="unknown_sheet"):
        cards_pdf([card()], "a0")
