"""What a forum shows its guests: the kinds of sites, with the words for them."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.vocabulary import Term, Vocabulary

SITE_KINDS: Final = Vocabulary(
    (
        Term(
            "light_industrial",
            Localized(
                ru="Парк формата light industrial",
                kk="Light industrial форматындағы парк",
                en="Light industrial park",
            ),
        ),
        Term(
            "industrial_park",
            Localized(ru="Индустриальный парк", kk="Индустриялық парк", en="Industrial park"),
        ),
        Term(
            "special_economic_zone",
            Localized(
                ru="Особая экономическая зона", kk="Арнайы экономикалық аймақ", en="Special economic zone"
            ),
            ("ОЭЗ", "СЭЗ", "АЭА", "SEZ"),
        ),
        Term("technopark", Localized(ru="Технопарк", kk="Технопарк", en="Technology park")),
        Term("plant", Localized(ru="Завод", kk="Зауыт", en="Plant")),
        Term(
            "logistics", Localized(ru="Логистический центр", kk="Логистика орталығы", en="Logistics centre")
        ),
        Term("farm", Localized(ru="Агрокомплекс", kk="Агрокешен", en="Agricultural complex")),
        Term("research", Localized(ru="Научный центр", kk="Ғылыми орталық", en="Research centre")),
        Term("infrastructure", Localized(ru="Инфраструктура", kk="Инфрақұрылым", en="Infrastructure")),
        Term("other", Localized(ru="Другой объект", kk="Басқа нысан", en="Other site")),
    )
)
