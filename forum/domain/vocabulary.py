"""Lists of things with a code, a title in each language and the wordings that people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forum.domain.localized import Localized

_NOT_A_WORD = re.compile(r"[\W_]+")
# From the mark that surely parts a list to the one that is often part of a wording.
_SEPARATORS = tuple(
    re.compile(pattern) for pattern in (r"[;|\n•]", r"[,+]", r"/", r"\s+(?:и|және|and)\s+|\s-\s")
)


def wording_key(text: str) -> str:
    """How a wording is compared: without case, dots, dashes and quotes; ё is е."""
    composed = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _NOT_A_WORD.sub(" ", composed).strip()


@dataclass(frozen=True, slots=True)
class Term:
    """A code, its titles, and further wordings; the titles and the code are wordings anyway."""

    code: str
    title: Localized
    wordings: tuple[str, ...] = ()


class Vocabulary:
    """An immutable list of terms that finds a code by any of its wordings."""

    __slots__ = ("_by_code", "_by_wording")

    def __init__(self, terms: Iterable[Term], wordings: Mapping[str, str] | None = None) -> None:
        """``wordings`` (text to code) come from an organiser and win over those of the terms."""
        self._by_code = {term.code: term for term in terms}
        found: dict[str, str] = {}
        for term in self._by_code.values():
            for wording in (term.code, *term.title.values(), *term.wordings):
                found.setdefault(wording_key(wording), term.code)
        for wording, code in (wordings or {}).items():
            found[wording_key(wording)] = self._by_code[code].code
        self._by_wording = MappingProxyType(found)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def title(self, code: str) -> Localized:
        """The titles of ``code``; ``KeyError`` for a code that is not in the list."""
        return self._by_code[code].title

    def find(self, text: str) -> str | None:
        """The code that ``text`` as a whole means."""
        return self._by_wording.get(wording_key(text))

    def find_all(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """``(codes, unknown)`` of a list in one cell, in the order written, each once.

        A mark parts the text only where the whole does not mean something: «с/х, упаковка» is
        agriculture and packaging.
        """
        codes: dict[str, None] = {}
        unknown: dict[str, None] = {}
        for piece in self._pieces(text, 0):
            code = self.find(piece)
            if code:
                codes[code] = None
            elif wording_key(piece):
                unknown[piece.strip()] = None
        return tuple(codes), tuple(unknown)

    def _pieces(self, text: str, level: int) -> Iterator[str]:
        if level == len(_SEPARATORS) or self.find(text):
            yield text
            return
        for part in _SEPARATORS[level].split(text):
            yield from self._pieces(part, level + 1)

    def with_wordings(self, wordings: Mapping[str, str]) -> Vocabulary:
        """The same list that also knows ``wordings`` (text to code)."""
        return Vocabulary(self, {**self._by_wording, **wordings})
