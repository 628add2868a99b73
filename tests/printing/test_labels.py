"""Papers speak the three languages of the forum."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter

import pytest

from forum.domain.localized import LANGUAGES
from forum.domain.states import Category
from forum.printing.agendas import agendas_pdf
from forum.printing.errors import PrintingError
from forum.printing.labels import CATEGORIES, KINDS, Labels, band_label, labels_for
from forum.printing.pdf import badges_pdf
from forum.printing.sheets import SHEETS
from tests.printing.papers import agenda, badge, entry, page_texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(language: str) -> None:
    labels = labels_for(language)
    assert tuple(labels.kinds) == KINDS
    assert tuple(labels.categories) == CATEGORIES == tuple(Category)
    for each in fields(Labels):
        value = getattr(labels, each.name)
        assert all(value.values() if not isinstance(value, str) else [value])
        assert _holes(value) == _holes(getattr(labels_for("ru"), each.name))


def _holes(value: object) -> list[str | None]:
    return [hole for _, hole, _, _ in Formatter().parse(value) if hole] if isinstance(value, str) else []


def test_a_language_that_no_paper_speaks_is_refused() -> None:
    with pytest.raises(PrintingError, match="unknown_language"):
        labels_for("de")


def test_the_band_says_the_category_twice_only_where_the_words_differ() -> None:
    assert [band_label("official", each) for each in LANGUAGES] == [
        "Официальное лицо · Official",
        "Ресми тұлға · Official",
        "Official",
    ]


def test_a_kazakh_agenda_has_no_word_of_another_language() -> None:
    day = type(agenda().days[0])(
        date_label="Сәрсенбі, 12 мамыр",
        entries=(
            entry(
                company="«Дала жүні» ЖШС", with_whom="Әсел", table="7", interpreter="Сәуле", place="Б залы"
            ),
            entry(kind="visit", start="14:00", end="16:00", title="Есік", note="Құжат алыңыз"),
        ),
    )
    document = agenda(
        language="kk",
        event_title="«Жаға — Дала» форумы",
        dates="2027 жылғы 12–13 мамыр",
        place="Өзенді",
        person="Әсел Нұрланқызы",
        position="Технолог",
        company="«Зығыр» ЖШС",
        days=(day,),
        time_zone="Мәскеу уақыты",
        contacts="Штаб: +7 000",
        printed_label="11 мамырда басылды",
        revision=3,
    )
    assert page_texts(agendas_pdf([document])) == [
        "«Жаға — Дала» форумы 2027 жылғы 12–13 мамыр · Өзенді Жеке бағдарлама Әсел Нұрланқызы "
        "«Зығыр» ЖШС Технолог Сәрсенбі, 12 мамыр "
        "10:00–10:20 «Дала жүні» ЖШС Әсел Аудармашы: Сәуле 7-үстел Б залы "
        "14:00–16:00 Есік Нысанға бару Құжат алыңыз Мәскеу уақыты "
        "3-нұсқа · 11 мамырда басылды · Штаб: +7 000 1 / 1"
    ]


def test_a_badge_names_its_number_and_revision_in_the_language_of_its_holder() -> None:
    texts = page_texts(badges_pdf([badge(language=each, revision=2) for each in LANGUAGES], SHEETS["a6"]))
    assert [text.split("Приречный край ")[1] for text in texts] == [
        "№ 0042 · Версия 2",
        "№ 0042 · 2-нұсқа",
        "No. 0042 · Version 2",
    ]
