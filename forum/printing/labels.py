"""The words that a paper itself brings along, in the three languages of the forum.

Papers speak the language of the person who holds them, whoever prints them, so these words do not
come from the catalogues of the screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from forum.printing.errors import PrintingError

CATEGORIES: Final = ("official", "delegate", "speaker", "press", "interpreter", "staff", "companion")
KINDS: Final = ("meeting", "session", "visit", "travel", "break")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words and phrases; those with braces are filled by ``str.format`` with the name inside."""

    badges: str
    agendas: str
    agenda: str
    number: str
    revision: str
    table: str
    interpreter: str
    nothing_planned: str
    sample: str
    kinds: Mapping[str, str]
    categories: Mapping[str, str]


_RU: Final = Labels(
    badges="Бейджи",
    agendas="Личные программы",
    agenda="Личная программа",
    number="№ {number}",
    revision="Версия {revision}",
    table="Стол {table}",
    interpreter="Переводчик: {interpreter}",
    nothing_planned="Пока ничего не назначено",
    sample="ОБРАЗЕЦ",
    kinds=MappingProxyType(
        {
            "meeting": "Встреча",
            "session": "Программа форума",
            "visit": "Посещение объекта",
            "travel": "Дорога",
            "break": "Перерыв",
        }
    ),
    categories=MappingProxyType(
        {
            "official": "Официальное лицо",
            "delegate": "Делегат",
            "speaker": "Спикер",
            "press": "СМИ",
            "interpreter": "Переводчик",
            "staff": "Организатор",
            "companion": "Сопровождающий",
        }
    ),
)

_KK: Final = Labels(
    badges="Бейдждер",
    agendas="Жеке бағдарламалар",
    agenda="Жеке бағдарлама",
    number="№ {number}",
    revision="{revision}-нұсқа",
    table="{table}-үстел",
    interpreter="Аудармашы: {interpreter}",
    nothing_planned="Әзірге ештеңе жоспарланбаған",
    sample="ҮЛГІ",
    kinds=MappingProxyType(
        {
            "meeting": "Кездесу",
            "session": "Форум бағдарламасы",
            "visit": "Нысанға бару",
            "travel": "Жол",
            "break": "Үзіліс",
        }
    ),
    categories=MappingProxyType(
        {
            "official": "Ресми тұлға",
            "delegate": "Делегат",
            "speaker": "Спикер",
            "press": "БАҚ",
            "interpreter": "Аудармашы",
            "staff": "Ұйымдастырушы",
            "companion": "Ілеспе адам",
        }
    ),
)

_EN: Final = Labels(
    badges="Badges",
    agendas="Agendas",
    agenda="Personal agenda",
    number="No. {number}",
    revision="Version {revision}",
    table="Table {table}",
    interpreter="Interpreter: {interpreter}",
    nothing_planned="Nothing is planned yet",
    sample="SAMPLE",
    kinds=MappingProxyType(
        {
            "meeting": "Meeting",
            "session": "Forum programme",
            "visit": "Site visit",
            "travel": "Travel",
            "break": "Break",
        }
    ),
    categories=MappingProxyType(
        {
            "official": "Official",
            "delegate": "Delegate",
            "speaker": "Speaker",
            "press": "Press",
            "interpreter": "Interpreter",
            "staff": "Organiser",
            "companion": "Accompanying",
        }
    ),
)

_LABELS: Final[Mapping[str, Labels]] = MappingProxyType({"ru": _RU, "kk": _KK, "en": _EN})


def labels_for(language: str) -> Labels:
    """The words of a paper in ``ru``, ``kk`` or ``en``; ``PrintingError`` for any other language."""
    if language not in _LABELS:
        raise PrintingError("unknown_language", language=language)
    return _LABELS[language]


def band_label(category: str, language: str) -> str:
    """What the band of a badge says: the holder's language first, then English, once if equal."""
    words = (labels_for(language).categories[category], _EN.categories[category])
    return " · ".join(dict.fromkeys(words))
