"""Quotation marks: any kind in, one kind with known nesting out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_ALWAYS_OPEN: Final = "«„‹"
_ALWAYS_CLOSE: Final = "»›"
_BY_PLACE: Final = '"“”‟″＂〝〞'
_SINGLE: Final = "'‘’‚`"

_STYLES: Final = {"ru": ("«»", "„“"), "kk": ("«»", "„“"), "en": ("“”", "‘’")}


def canonical(text: str) -> str:
    """``text`` with every pair of quotes as «…», properly nested.

    A pair that was never closed closes at the end; a closing mark that nothing opened is dropped.
    """
    depth = 0
    result: list[str] = []
    for index, letter in enumerate(text):
        before = result[-1] if result else " "
        move = _move(letter, before, text[index + 1 :], depth)
        if move is None:
            result.append(letter)
        elif depth + move >= 0:
            depth += move
            result.append("«" if move > 0 else "»")
    return "".join(result) + "»" * depth


def _move(letter: str, before: str, after: str, depth: int) -> int | None:
    """+1 where a pair opens, -1 where it closes, ``None`` where the letter is no quotation mark.

    ``before`` is the last letter written so far.
    """
    if letter in _ALWAYS_OPEN:
        return 1
    if letter in _ALWAYS_CLOSE:
        return -1
    if letter in _BY_PLACE or (letter in _SINGLE and _is_single_quote(before, after, depth)):
        return 1 if _opens(before, after, depth) else -1
    return None


def _opens(before: str, after: str, depth: int) -> bool:
    """Right after a letter a mark opens only when nothing is open, as in ``ООО"Прогресс"``."""
    if not after.strip():
        return False
    return before.isspace() or before in "([-«" or (depth == 0 and before != "»" and after[0].isalnum())


def _is_single_quote(before: str, after: str, depth: int) -> bool:
    """An apostrophe inside a word (О'Нил) is none; so is one that ends a word while nothing is open."""
    begins = before.isspace() and any(mark in after for mark in _SINGLE)
    ends = depth > 0 and (not after or not after[0].isalnum()) and (before.isalnum() or before == "»")
    return begins or ends


def unwrapped(text: str) -> str:
    """Canonical ``text`` without the pairs that embrace the whole of it."""
    while text.startswith("«") and _closing_of_first(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closing_of_first(text: str) -> int:
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter == "«") - (letter == "»")
        if depth == 0:
            return index
    return -1


def in_style(text: str, language: str) -> str:
    """Canonical ``text`` with the marks of ``language``: the outer pair and the pairs within it."""
    return "".join(_styled(text, _STYLES[language]))


def _styled(text: str, style: tuple[str, str]) -> Iterator[str]:
    depth = 0
    for letter in text:
        if letter == "«":
            yield style[min(depth, 1)][0]
            depth += 1
        elif letter == "»":
            depth -= 1
            yield style[min(depth, 1)][1]
        else:
            yield letter
