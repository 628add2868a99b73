"""What words of running text are about: without endings, particles and words that say nothing.

Russian and Kazakh put the meaning in front and the grammar behind, so that a word cut before its
grammar serves to find it. A list of common endings is no linguistics: two forms of a word that it
does not bring together are not found by each other, and nothing worse happens.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from forum.domain.folding import folded_words

_WORD: Final = re.compile(r"[^\W_]+")
_KAZAKH_LETTERS: Final = re.compile(r"[әғқңөұүһі]")
_SHORTEST_STEM: Final = 4

# The longest first: the first that leaves a stem is cut off.
_RUSSIAN: Final = (
    "иями", "ями", "ами", "ием", "иям", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ами",
    "ая", "яя", "ое", "ее", "ые", "ие", "ой", "ей", "ый", "ий", "ую", "юю", "ых", "их", "ым", "им",
    "ам", "ям", "ах", "ях", "ом", "ем", "ов", "ев", "ия", "ии", "ию", "а", "я", "о", "е", "у", "ю",
    "ы", "и", "ь", "й",
)  # fmt: skip
_KAZAKH: Final = (
    "ларының", "лерінің", "дарының", "дерінің", "тарының", "терінің", "ларына", "леріне", "ларын", "лерін",
    "дарын", "дерін", "тарын", "терін", "лары", "лері", "дары", "дері", "тары", "тері", "ының", "інің",
    "сының", "сінің", "ның", "нің", "дың", "дің", "тың", "тің", "лар", "лер", "дар", "дер", "тар", "тер",
    "сын", "сін", "сы", "сі", "ына", "іне", "ын", "ін", "ға", "ге", "қа", "ке", "да", "де", "та", "те",
    "мен", "пен", "бен", "ды", "ді", "ты", "ті", "ны", "ні", "ы", "і",
)  # fmt: skip
_ENGLISH: Final = ("ings", "ing", "ies", "es", "s", "y")

_SAY_NOTHING: Final = frozenset(
    folded
    for line in (
        "и в на с по для от до из под над при или а но не без за о об к у же ли бы как что это все мы наш",
        "ваш свой любой также более менее лет год месяцев месяца сутки работа услуги услуга компания",
        "предприятие организация производство производитель поставка поставки поставщик поставщики",
        "партнёр партнёры партнёра заказчик заказчики клиент клиенты покупатель покупатели продажа продажи",
        "изделия изделие товар товары продукция собственный собственного совместный совместного ключ",
        "область области регион регионы ищем ищу предлагаем новый новые под",
        "және мен пен бен үшін арқылы бойынша туралы бар жоқ біз сіз өз барлық жаңа қызмет қызметтер",
        "қызметтері серіктес серіктестер жеткізуші жеткізушілер жеткізушілері тапсырыс берушілер сатып алушы",
        "сатып алушылар өндіріс өндіру өнім өнімдер өнімдері бұйымдар бұйымдары тауар тауарлар бірге",
        "компания компаниялар компаниялары облысы облысындағы облыс қаласы",
        "the and for with from into our your all any new of in on to a an by at company companies supply",
        "supplier suppliers partner partners services service production products product region",
    )
    for word in line.split()
    for folded in folded_words(word)
)


def text_stems(text: str) -> tuple[str, ...]:
    """The folded stem of every word of ``text``, in the order written."""
    return tuple(folded for word in _WORD.findall(text) for folded in _folded_stem(word))


def content_words(text: str) -> dict[str, str]:
    """Stem to the word as first written, for the words that say what ``text`` is about."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        for stem in () if _says_nothing(word) else _folded_stem(word):
            if len(stem) >= _SHORTEST_STEM - 1:
                found.setdefault(stem, word)
    return found


# A forum's texts have the same few thousand words again and again.
@lru_cache(maxsize=50_000)
def _folded_stem(word: str) -> tuple[str, ...]:
    return tuple(folded_words(word_stem(word)))


@lru_cache(maxsize=50_000)
def _says_nothing(word: str) -> bool:
    is_short = len(word) < _SHORTEST_STEM or word.isdecimal()
    return is_short or not _SAY_NOTHING.isdisjoint(folded_words(word))


def word_stem(word: str) -> str:
    """``word`` without its ending, in small letters; words that would be left too short stay whole."""
    small = word.lower().replace("ё", "е")
    for ending in _endings(small):
        if small.endswith(ending) and len(small) - len(ending) >= _SHORTEST_STEM:
            return small[: -len(ending)]
    return small


def _endings(word: str) -> tuple[str, ...]:
    if word.isascii():
        return _ENGLISH
    return _KAZAKH if _KAZAKH_LETTERS.search(word) else _RUSSIAN
