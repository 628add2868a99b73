"""Lines of text as glyphs, chosen and kerned by HarfBuzz as Pango has it do for WeasyPrint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import uharfbuzz

from forum.printing.fonts import FONT_FILES, glyphs

_LATIN: Final = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_RUNS: Final = re.compile(
    f"[{_LATIN}]?[^{_LATIN}\u0400-\u052f]*(?:[{_LATIN}][^\u0400-\u052f]*|[^{_LATIN}]+)?"
)
"""Pango shapes Latin and Cyrillic apart; what is neither goes with the letters before it."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """``shown`` is what stands in the brackets of the operator TJ; ``glyphs`` are their numbers.

    ``width`` is in em.
    """

    shown: bytes
    glyphs: frozenset[int]
    width: float


@lru_cache(maxsize=4096)
def shaped(text: str, weight: int, language: str) -> Shaped | None:
    """``text`` in one line, None where WeasyPrint has to set it.

    That is whatever the font lacks (it would be taken from another font), what is read from the right,
    and characters that share a glyph, stand on one another or are moved.
    """
    shown: list[str] = []
    used: set[int] = set()
    width = 0
    for run in _runs(text):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.language = language
        uharfbuzz.shape(_font(weight), buffer)
        numbers = [each.codepoint for each in buffer.glyph_infos]
        if not _says(numbers, run, weight) or not _write(numbers, buffer.glyph_positions, weight, shown):
            return None
        used.update(numbers)
        width += sum([position.x_advance for position in buffer.glyph_positions])
    return Shaped("".join(shown).encode(), frozenset(used), width * _advances(weight)[1] / 1000)


def _runs(text: str) -> Iterator[str]:
    return (run for run in _RUNS.findall(text) if run)


def _says(numbers: list[int], text: str, weight: int) -> bool:
    """Whether each character has the glyph that is its own, so that it can be read back from the paper."""
    known = _characters(weight)
    return "".join([known.get(number, "") for number in numbers]) == text


def _write(numbers: list[int], positions: Any, weight: int, shown: list[str]) -> bool:
    """Add glyphs to ``shown``, with what moves the next one in thousandths of an em."""
    advances, scale = _advances(weight)
    shown.append("<")
    for number, position in zip(numbers, positions, strict=True):
        if position.x_offset or position.y_offset:
            return False
        shown.append(f"{number:04x}")
        if kerning := round((advances[number] - position.x_advance) * scale):
            shown.append(f">{kerning}<")
    shown.append(">")
    return True


@cache
def _font(weight: int) -> Any:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT_FILES[weight]))))


@cache
def _characters(weight: int) -> dict[int, str]:
    return {number: character for number, (character, _) in glyphs(weight).items()}


@cache
def _advances(weight: int) -> tuple[dict[int, int], float]:
    """Widths of glyphs in units of the font, and thousandths of an em in such a unit."""
    font = _font(weight)
    return {number: font.get_glyph_h_advance(number) for number in glyphs(weight)}, 1000 / font.face.upem
