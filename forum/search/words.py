"""The words of an index, and which of them one typed word may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from forum.domain.folding import search_prefixes

# Sounds that are written for each other at the beginning of a word: Chingis and Shyngys, Hasan and Kasan.
_ALIKE_SOUNDS: Final = ("aeiou", "scjz", "kgh", "bp", "dt", "vf")
_LONG_ENOUGH_TO_BE_UNFINISHED: Final = 6


def forgiven(word: str) -> int:
    """How many letters of ``word`` may be wrong: none of a short word, and a digit is never mistyped."""
    if any(letter.isdigit() for letter in word):
        return 0
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def forgiven_at_most(word: str) -> int:
    """The same for who would rather see too many names than none: of three letters two must be right."""
    if any(letter.isdigit() for letter in word):
        return 0
    return 0 if len(word) < 3 else 1 if len(word) < 5 else 2


class Words:
    """An immutable sorted list of words."""

    __slots__ = ("_alike", "_known", "_sorted")

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._sorted = sorted(self._known)
        alike: dict[str, list[str]] = {}
        for word in self._sorted:
            alike.setdefault(_first_sound(word), []).append(word)
        self._alike = alike

    def renewed(self, words: Set[str]) -> Words:
        """The list of ``words``: what it has in common with this one is not sorted again."""
        added, removed = words - self._known, self._known - words
        if not added and not removed:
            return self
        new = Words(())
        new._known = self._known - removed | added
        new._sorted = _merged(self._sorted, added, removed)
        new._alike = dict(self._alike)
        for sound in {_first_sound(word) for word in added | removed}:
            own = [{word for word in each if _first_sound(word) == sound} for each in (added, removed)]
            new._alike[sound] = _merged(self._alike.get(sound, []), *own)
        return new

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def beginning(self, start: str) -> Iterator[str]:
        """Longer words that ``start``, an unfinished one, may become."""
        for prefix in search_prefixes(start)[0] if start else ():
            at = bisect_left(self._sorted, prefix)
            while at < len(self._sorted) and self._sorted[at].startswith(prefix):
                if self._sorted[at] != start:
                    yield self._sorted[at]
                at += 1

    def misspelled(self, word: str, *, is_last: bool, is_lenient: bool = False) -> Iterator[tuple[str, int]]:
        """(word, errors) of the words that ``word`` may be with a typing error.

        The first letter is seldom mistyped, but taken for one that sounds alike. The last word may also be
        the mistyped beginning of a longer one. J before a vowel may be another alphabet's Й: Jurij.
        ``is_lenient``: also with a second error, with one in a short word, and with another first letter.
        """
        if word[0] == "j" and word[1:] in self._known:
            yield word[1:], 1
        limit = forgiven_at_most(word) if is_lenient else forgiven(word)
        if not limit:
            return
        near = self._sorted if is_lenient else self._alike.get(_first_sound(word), [])
        yield from _within(word, near, near, limit)
        if is_last and len(word) >= _LONG_ENOUGH_TO_BE_UNFINISHED:
            longer = [each for each in near if len(each) > len(word) + limit]
            yield from _within(word, longer, [each[: len(word)] for each in longer], 1)


def _merged(words: list[str], added: Set[str], removed: Set[str]) -> list[str]:
    return sorted([word for word in words if word not in removed] + sorted(added))


def _within(word: str, known: list[str], compared: list[str], limit: int) -> Iterator[tuple[str, int]]:
    found = process.extract_iter(word, compared, scorer=OSA.distance, score_cutoff=limit)
    for _spelled, errors, at in found:
        if errors and _digits(known[at]) == "":
            yield known[at], int(errors)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _first_sound(word: str) -> str:
    return next((sounds for sounds in _ALIKE_SOUNDS if word[0] in sounds), word[0])
