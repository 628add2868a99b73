"""Text that always fits: where to break it and how large to set it.

CSS cannot shrink text, so the lines and the size are found here from the advance widths of the
font and the page only draws them. Sizes are points on a ladder of half points, widths and heights
are points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from forum.printing.fonts import Face, face

STEP_PT: Final = 0.5
ELLIPSIS: Final = "…"
_BREAK: Final = re.compile(r"(?<=[ \-‐–—/])(?![–—] )")
"""After a space, hyphen, dash or slash, but never so that a line begins with a dash."""
_EXTRA_LINE_MUST_GAIN: Final = 1.15
_SAFETY: Final = 0.995


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a field may be set.

    Between ``max_pt`` and ``legible_pt`` it reads well; down to ``min_pt`` it is still printed.
    ``leading`` is the line height as a multiple of the size, ``gap_pt`` the space above the field,
    and ``of_previous`` the largest size as a multiple of the text above, so that a long family name
    is never smaller than the given name below it.
    """

    weight: int
    max_pt: float
    legible_pt: float
    min_pt: float
    max_lines: int = 1
    leading: float = 1.2
    gap_pt: float = 0.0
    of_previous: float = math.inf


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines at a size. ``is_broken``: a word was divided; ``is_cut``: the end is missing.

    ``said`` is the whole text where a line ends elsewhere than at a space, else nothing.
    """

    size_pt: float
    lines: tuple[str, ...]
    is_broken: bool = False
    is_cut: bool = False
    said: str = field(default="", compare=False)


def fit_text(text: str, style: TextStyle, width_pt: float, ceiling_pt: float | None = None) -> FittedText:
    """The largest setting of ``text`` within ``width_pt`` and not above ``ceiling_pt``.

    Every further line has to make the text 15 % larger to be worth it. Below ``style.min_pt``
    words are divided, and what is too long even so ends in an ellipsis.
    """
    ceiling = min(style.max_pt, ceiling_pt or style.max_pt)
    best: FittedText | None = None
    for widest, lines in line_breaks(text, style.weight, style.max_lines):
        size = _on_ladder(min(ceiling, width_pt * _SAFETY / widest if widest else ceiling))
        if best is None or size > best.size_pt * _EXTRA_LINE_MUST_GAIN or best.size_pt < style.min_pt <= size:
            best = FittedText(size, lines)
    if best is None or best.size_pt < style.min_pt:
        best = _forced(text, style, width_pt)
    if len(best.lines) == 1 or best.is_cut or " ".join(best.lines) == text:
        return best
    return replace(best, said=text)


def fit_column(texts: Sequence[tuple[str, TextStyle]], width_pt: float, height_pt: float) -> list[FittedText]:
    """Settings of texts that stand one below the other within one height.

    As long as they are too tall together, the text that is furthest above its legible size gives
    way by a step: names shrink first, and nothing becomes tiny while something else is large.
    Empty texts take no room.
    """
    fitted = _in_order(texts, width_pt)
    while column_height(texts, fitted) > height_pt:
        shrinkable = [
            (fitted[i].size_pt / style.legible_pt, -i)
            for i, (text, style) in enumerate(texts)
            if text and fitted[i].size_pt - STEP_PT >= style.min_pt
        ]
        if not shrinkable:
            break
        chosen = -max(shrinkable)[1]
        text, style = texts[chosen]
        fitted[chosen] = fit_text(text, style, width_pt, fitted[chosen].size_pt - STEP_PT)
    return fitted


def _in_order(texts: Sequence[tuple[str, TextStyle]], width_pt: float) -> list[FittedText]:
    fitted: list[FittedText] = []
    above = math.inf
    for text, style in texts:
        ceiling = max(style.min_pt, _on_ladder(min(style.max_pt, above * style.of_previous)))
        fitted.append(fit_text(text, style, width_pt, ceiling))
        above = fitted[-1].size_pt if text else above
    return fitted


def column_height(texts: Sequence[tuple[str, TextStyle]], fitted: Sequence[FittedText]) -> float:
    """Height in points; the gap above the first text that is there counts as nothing."""
    present = [(style, each) for (text, style), each in zip(texts, fitted, strict=True) if text]
    gaps = sum(style.gap_pt for style, _ in present[1:])
    return gaps + sum(each.size_pt * style.leading * len(each.lines) for style, each in present)


@lru_cache(maxsize=2048)
def line_breaks(text: str, weight: int, max_lines: int) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """For one line, two lines … the break with the narrowest widest line, as (em, lines)."""
    words = [word for word in _BREAK.split(text) if word]
    measure = face(weight)
    if not words:
        return ()
    return tuple(_balanced(words, measure, count) for count in range(1, min(max_lines, len(words)) + 1))


def _balanced(words: list[str], measure: Face, count: int) -> tuple[float, tuple[str, ...]]:
    widths = [measure.width(word) for word in words]
    trailing = [widths[i] - measure.width(word.rstrip(" ")) for i, word in enumerate(words)]
    before = [0.0]
    for width in widths:
        before.append(before[-1] + width)

    def line_width(first: int, end: int) -> float:
        return before[end] - before[first] - trailing[end - 1]

    best: list[tuple[float, tuple[int, ...]]] = [
        (line_width(0, end), (end,)) if end else (0.0, ()) for end in range(len(words) + 1)
    ]
    for lines in range(2, count + 1):
        best = [
            min(
                (
                    (max(best[first][0], line_width(first, end)), (*best[first][1], end))
                    for first in range(lines - 1, end)
                ),
                key=lambda option: round(option[0], 6),
                default=(math.inf, ()),
            )
            for end in range(len(words) + 1)
        ]
    widest, ends = best[len(words)]
    starts = (0, *ends[:-1])
    return widest, tuple("".join(words[a:b]).strip(" ") for a, b in zip(starts, ends, strict=True))


def _forced(text: str, style: TextStyle, width_pt: float) -> FittedText:
    """``text`` at the smallest size: lines filled from the left, long words divided."""
    measure = face(style.weight)
    room = width_pt * _SAFETY / style.min_pt
    lines: list[str] = []
    line, is_broken = "", False
    for word in _BREAK.split(text):
        if measure.width((line + word).rstrip(" ")) <= room:
            line += word
            continue
        if measure.width(word.rstrip(" ")) <= room:
            lines, line = [*lines, line.strip(" ")], word
            continue
        is_broken = True
        for character in word:
            if measure.width(line + character) > room:
                lines, line = [*lines, line.strip(" ")], ""
            line += character
    lines = [each for each in (*lines, line.strip(" ")) if each]
    if len(lines) <= style.max_lines:
        return FittedText(style.min_pt, tuple(lines), is_broken)
    kept = lines[: style.max_lines]
    kept[-1] = _with_ellipsis(kept[-1], measure, room)
    return FittedText(style.min_pt, tuple(kept), is_broken, is_cut=True)


def _with_ellipsis(line: str, measure: Face, room: float) -> str:
    while line and measure.width(line + ELLIPSIS) > room:
        line = line[:-1]
    return line.rstrip(" ,;-–—«„“(") + ELLIPSIS


def _on_ladder(size: float) -> float:
    return math.floor(size / STEP_PT) * STEP_PT
