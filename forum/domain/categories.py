"""Categories of participants in the wordings of offices."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.domain.vocabulary import Term, Vocabulary


def _category(category: Category, russian: str, kazakh: str, english: str, wordings: str = "") -> Term:
    """``wordings`` part at the bars."""
    titles = Localized(ru=russian, kk=kazakh, en=english)
    return Term(category.value, titles, tuple(filter(None, wordings.split("|"))))


CATEGORIES: Final = Vocabulary(
    (
        _category(
            Category.OFFICIAL,
            "официальное лицо",
            "ресми тұлға",
            "official",
            "официальная делегация|официальный представитель|VIP|ВИП|госслужащий|администрация"
            "|ресми делегация",
        ),
        _category(
            Category.DELEGATE,
            "делегат",
            "делегат",
            "delegate",
            "участник|участник форума|предприниматель|бизнес|participant|қатысушы|кәсіпкер",
        ),
        _category(
            Category.SPEAKER,
            "спикер",
            "спикер",
            "speaker",
            "докладчик|модератор|эксперт|баяндамашы|moderator",
        ),
        _category(
            Category.PRESS, "СМИ", "БАҚ", "press", "пресса|журналист|корреспондент|media|журналисты|баспасөз"
        ),
        _category(Category.INTERPRETER, "переводчик", "аудармашы", "interpreter", "translator|тілмаш"),
        _category(
            Category.STAFF,
            "организатор",
            "ұйымдастырушы",
            "staff",
            "оргкомитет|персонал|сотрудник|волонтёр|организаторы|organiser|organizer|volunteer|еріктi|ерікті",
        ),
        _category(
            Category.COMPANION,
            "сопровождающее лицо",
            "ілеспе адам",
            "accompanying person",
            "сопровождающий|сопровождающая|супруга|супруг|ілесіп жүруші|companion|spouse",
        ),
    )
)
