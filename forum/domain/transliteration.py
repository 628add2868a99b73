"""Cyrillic letters of Russian and Kazakh in Latin, as machine-readable documents write them.

Russian follows ICAO Doc 9303 part 3, section 6. That table gives Ғ and Һ to other alphabets than the
Kazakh one, so the nine Kazakh letters follow the practice of Kazakh passports instead. The result is
only ever a proposal: what a person's document says wins.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
}  # fmt: skip

_CYRILLIC_WORD: Final = re.compile(r"[Ѐ-ӿ]+")

_LOOKALIKES: Final = dict(
    zip("ABCEHKMOPTXYaceopxyiI", "АВСЕНКМОРТХУасеорхуіІ", strict=True),
)
_TO_CYRILLIC: Final = str.maketrans(_LOOKALIKES)
_TO_LATIN: Final = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOKALIKES.items()})
_WORD: Final = re.compile(r"[^\W\d_]+")


def to_latin(text: str) -> str:
    """``text`` with every Cyrillic letter in Latin; whatever is not Cyrillic stays as it is.

    A capital becomes a capital and small letters (``Щ`` in ``Щукин``: ``Shch``), unless its whole
    word is in capitals (``ЩУКИН``: ``SHCHUKIN``).
    """
    composed = unicodedata.normalize("NFC", text)
    return _CYRILLIC_WORD.sub(lambda match: _word_to_latin(match.group()), composed)


def _word_to_latin(word: str) -> str:
    in_capitals = len(word) > 1 and word.isupper()
    return "".join(_letter_to_latin(letter, in_capitals=in_capitals) for letter in word)


def _letter_to_latin(letter: str, *, in_capitals: bool) -> str:
    latin = _LETTERS.get(letter.lower(), letter)
    if letter.islower() or latin == letter:
        return latin
    return latin.upper() if in_capitals else latin.capitalize()


def in_one_script(text: str) -> str:
    """``text`` where words that mix look-alike letters of both scripts (Latin ``C`` in ``Cидоров``)
    are written in the one script that explains the rest of the word; other words are untouched.
    """
    return _WORD.sub(lambda match: _word_in_one_script(match.group()), text)


def _word_in_one_script(word: str) -> str:
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in word)
    if cyrillic in (0, len(word)):
        return word
    for candidate in (word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)):
        if sum("Ѐ" <= letter <= "ӿ" for letter in candidate) in (0, len(word)):
            return candidate
    return word
