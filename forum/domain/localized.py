"""Text in several languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LANGUAGES: Final = ("ru", "kk", "en")
_asked_in_vain: ContextVar[set[tuple[str, str]] | None] = ContextVar("asked_in_vain", default=None)


class Localized(Mapping[str, str]):
    """An immutable text per language; languages without a text are absent.

    ``str`` is never taken of it by accident: ask ``in_language``.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, **by_language: str) -> None:
        given = {**(texts or {}), **by_language}
        self._texts = {language: given[language] for language in LANGUAGES if given.get(language)}
        unknown = set(given) - set(LANGUAGES)
        if unknown:
            raise ValueError(f"unknown languages: {sorted(unknown)}")

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Localized) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"Localized({self._texts!r})"

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in the first language that has one, else ``""``."""
        text = self._texts.get(language)
        if text:
            return text
        other = next(iter(self._texts.values()), "")
        if other and (asked := _asked_in_vain.get()) is not None:
            asked.add((language, other))
        return other

    def is_complete(self, languages: tuple[str, ...] = LANGUAGES) -> bool:
        """Whether every one of ``languages`` has a text."""
        return all(self._texts.get(language) for language in languages)


@contextmanager
def asked_in_vain() -> Iterator[set[tuple[str, str]]]:
    """Collects languages in which texts are asked for that they do not have, with what is given instead."""
    asked: set[tuple[str, str]] = set()
    before = _asked_in_vain.set(asked)
    try:
        yield asked
    finally:
        _asked_in_vain.reset(before)
