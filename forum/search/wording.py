"""What somebody wants who has typed something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from forum.domain.company_names import find_form, parse_company_name, shortened
from forum.domain.folding import folded_words
from forum.domain.names import parse_person_name
from forum.domain.stems import word_stem

_LONGEST: Final = 200
_MOST_WORDS: Final = 12
_CONJUNCTIONS: Final = frozenset(("и", "және", "and", "мен", "пен", "бен"))
_TYPED: Final = re.compile(r"[^\s&+]+")
# What a Russian word in Latin letters ends with: «upakovka» has to find «упаковку».
_IN_LATIN: Final = re.compile(r"(?<=[a-z]{4})[aeiou]+$")
_HALVES: Final = re.compile(r"(?<=[^\W\d_])(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][а-яёәғқңөұүһіa-z])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """``words`` are folded, ``stems`` the same words as running text knows them.

    Those of ``patronymic`` need not be in documents without one. ``is_blank``: nothing was typed, which
    is another thing than words that nothing can be found by.
    """

    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    patronymic: frozenset[str] = frozenset()
    form: str | None = None
    is_blank: bool = False

    def joined(self) -> tuple[Wanted, ...]:
        """The same with two neighbours as one word, in every way: «Техно парк» for «Технопарк»."""
        return tuple(
            Wanted(_joined_at(self.words, at), _joined_at(self.stems, at), form=self.form)
            for at in range(len(self.words) - 1)
        )


def _joined_at(words: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def read(text: str) -> Wanted:
    """``text`` without the legal form and the «and» between names; a form alone is no word at all."""
    text = text.strip()[:_LONGEST]
    if not text:
        return Wanted(is_blank=True)
    if find_form(text):
        return Wanted(form=find_form(text))
    name = parse_company_name(text)
    proper = shortened(name.bare)
    pairs = [pair for word in _without_conjunctions(proper) for pair in _with_stems(word)][:_MOST_WORDS]
    words = tuple(word for word, _stem in pairs)
    patronymic = frozenset(folded_words(parse_person_name(proper).patronymic))
    if patronymic.issuperset(words):
        patronymic = frozenset()
    return Wanted(words, tuple(stem for _word, stem in pairs), patronymic, name.form)


def _with_stems(typed: str) -> list[tuple[str, str]]:
    words, stems = folded_words(typed), folded_words(word_stem(typed))
    if typed.isascii() and words == stems:
        stems = [_IN_LATIN.sub("", word) for word in words]
    return list(zip(words, stems if len(stems) == len(words) else words, strict=True))


def _without_conjunctions(text: str) -> list[str]:
    """«Рога и Копыта» without «и»; a last or first word, and one before an initial, may be an initial."""
    typed = _TYPED.findall(text)
    return [
        word
        for at, word in enumerate(typed)
        if word not in _CONJUNCTIONS or at in (0, len(typed) - 1) or len(typed[at + 1].rstrip(".")) < 2
    ]


def in_halves(text: str) -> str:
    """«ТехноПарк» as «Техно Парк»: what a capital parts within a word."""
    return _HALVES.sub(" ", text)
