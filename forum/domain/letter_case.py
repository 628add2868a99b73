"""Proper case for words of names that were typed in capitals or in small letters.

``str.title`` harms names (О'Нил'С, Оглы, Маккинзи), so mixed case is taken as meant.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PATRONYMIC_PARTICLES: Final = frozenset(
    [
        "оглы",
        "оғлы",
        "оглу",
        "кызы",
        "қызы",
        "гызы",
        "улы",
        "ұлы",
        "уулу",
        "ogly",
        "oghly",
        "oglu",
        "kyzy",
        "qyzy",
        "gyzy",
        "uly",
        "uulu",
    ]
)
FAMILY_PARTICLES: Final = frozenset(
    [
        "фон",
        "де",
        "дер",
        "ден",
        "дю",
        "дель",
        "делла",
        "ибн",
        "бин",
        "von",
        "de",
        "der",
        "den",
        "du",
        "del",
        "della",
        "ibn",
        "bin",
    ]
)
# Also words of their own (Ван and Да are Chinese names), so small only where they were typed small.
SMALL_PARTICLES: Final = FAMILY_PARTICLES | frozenset(
    ["ван", "ла", "ле", "да", "ди", "ду", "дос", "van", "la", "le", "da", "di", "do", "dos"]
)
_INNER_PARTICLES: Final = PATRONYMIC_PARTICLES | frozenset(
    ["эль", "аль", "уль", "эд", "ад", "ибн", "де", "ла", "el", "al", "ul", "ed"]
)

_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES: Final = re.compile(r"\s+")
_DASHES: Final = re.compile(r"\s*[\u2010-\u2015\u2212]\s*|\s+-\s*|\s*-\s+")
_INNER_BREAK: Final = re.compile(r"([-'’ʼ])")


def tidy(text: str) -> str:
    """``text`` composed (NFC), without invisible marks, with single spaces and none at the ends."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", visible).strip()


def joined_by_hyphens(text: str) -> str:
    """``text`` with every dash as a hyphen without spaces: «Салтыков – Щедрин» is one name."""
    return _DASHES.sub("-", text)


def proper_word(word: str) -> str:
    """One word of a name: first letters large, particles small; mixed case is left as it is."""
    if word.lower() in PATRONYMIC_PARTICLES | FAMILY_PARTICLES and _is_in_one_case(word):
        return _lower(word)
    if not (_is_in_one_case(word) or _is_typed_with_caps_lock(word)):
        return word
    return _capitalised_parts(word)


def _is_in_one_case(word: str) -> bool:
    return word.isupper() or word.islower()


def _is_typed_with_caps_lock(word: str) -> bool:
    return len(word) > 2 and word[0].islower() and word[1:].isupper()


def _capitalised_parts(word: str) -> str:
    parts = _INNER_BREAK.split(word)
    for index in range(0, len(parts), 2):
        parts[index] = _proper_part(parts, index)
    return "".join(parts)


def _proper_part(parts: list[str], index: int) -> str:
    small = _lower(parts[index])
    if index == 0:
        return _capitalised(small)
    if parts[index - 1] == "-":
        return small if small in _INNER_PARTICLES else _capitalised(small)
    # After an apostrophe only a one-letter prefix starts anew: О'Нил, but Ма'руф.
    return _capitalised(small) if len(parts[index - 2]) == 1 else small


def _lower(text: str) -> str:
    return text.lower().replace("i̇", "i")


def _capitalised(text: str) -> str:
    """A first letter whose capital is two letters (ß) stays small, so that nothing is respelled."""
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text
