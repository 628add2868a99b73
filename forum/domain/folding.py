"""Search keys that ignore script, accents, case, spelling of transliterations and word order."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from forum.domain.transliteration import in_one_script, to_latin

_BEFORE_ACCENTS_GO: Final = str.maketrans(
    {
        "ž": "zh", "š": "sh", "ş": "sh", "č": "ch", "ç": "ch", "ə": "a", "ı": "i", "ß": "ss",
        "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ŋ": "n", "'": "", "’": "", "ʼ": "", "ʹ": "", "`": "",
    }
)  # fmt: skip

# One spelling for what Latin writes in several ways: ICAO, GOST, BGN, English and Kazakh habits. The
# order matters; each line sees the work of the lines above it.
_REDUCTIONS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"s(?:h?ch|c(?=h))", "sh"),
        (r"d(?:zh|j)|zh", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"tz", "ts"),
        (r"c(?!h)|q", "k"),
        (r"w", "v"),
        (r"y|(?<=[aeiou])j(?![aeiou])", "i"),
        (r"ie(?=e|i[aou])", ""),
        (r"io", "e"),
        (r"i+(?=[aeu])", ""),
        (r"(\D)\1+", r"\1"),  # digits say what they say: 100 is not 10
    )
)

_WORDS: Final = re.compile(r"[^\W_]+")

# What a word may still become when the reader has not finished typing its last letters.
_UNFINISHED: Final = {
    "i": ("a", "e", "u"),
    "z": ("j",),
    "k": ("h", "ch"),
    "d": ("j",),
}


def fold(text: str) -> str:
    """The search key of ``text``: folded words in alphabetical order, parted by single spaces.

    Сұлтанғазиев, Султангазиев and Sultangaziyev have one key; so have «Иван Петров» and «Петров Иван».
    """
    return " ".join(sorted(folded_words(text)))


def folded_words(text: str) -> list[str]:
    """The words of ``text`` as keys hold them, in the order written."""
    plain = in_one_script(unicodedata.normalize("NFC", text))
    latin = to_latin(plain).casefold().translate(_BEFORE_ACCENTS_GO)
    letters = "".join(
        letter for letter in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(letter)
    )
    return [folded for word in _WORDS.findall(letters) if (folded := _reduced(word))]


def _reduced(word: str) -> str:
    for pattern, replacement in _REDUCTIONS:
        word = pattern.sub(replacement, word)
    return word


def search_prefixes(query: str) -> tuple[tuple[str, ...], ...]:
    """For every word of ``query`` the beginnings of which one must begin a word of the key.

    Several, because half a word folds otherwise than the whole one: «Мари» must find «Мария».
    """
    return tuple(_completions(word) for word in folded_words(query))


def _completions(word: str) -> tuple[str, ...]:
    if len(word) < 2:
        return (word,)
    return (word, *(word[:-1] + ending for ending in _UNFINISHED.get(word[-1], ())))


def matches(query_key: str, key: str) -> bool:
    """Whether every word of ``query_key`` begins some word of ``key``; both come from ``fold``.

    An empty query matches everything.
    """
    words = key.split()
    return all(any(word.startswith(_completions(wanted)) for word in words) for wanted in query_key.split())
