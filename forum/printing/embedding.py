"""Fonts as they stand in files: the letters of the forum's languages are cut out once, others for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.pdf.fonts import build_fonts_dictionary

from forum.printing.fonts import FAMILY, glyphs
from forum.printing.painting import Embedded, Ink
from forum.printing.writer import Writer

_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "".join(map(chr, range(0x410, 0x450))) + "ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
_SIGNS: Final = "0123456789 \u00a0!\"#%&'()*+,-./:;?@«»„“”’–—·№…"
_ALPHABET: Final = frozenset(_LATIN + _CYRILLIC + _SIGNS)
_ROUND: Final = 16
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_OPTIONS: Final = {**weasyprint.DEFAULT_OPTIONS, "pdf_version": "1.7"}


class _Collector:
    """What WeasyPrint asks of a file when it adds a font."""

    def __init__(self) -> None:
        self.objects: list[Any] = []

    def add_object(self, item: Any) -> None:
        self.objects.append(item)
        item.number = len(self.objects)


def embed(writer: Writer, ink: Ink) -> pydyf.Dictionary:
    """Put the fonts of ``ink`` into the file, each with the glyphs that are shown. Returns their names there.

    Where a file shows nothing but the alphabet, it gets all of that: ten kilobytes a weight, which are ready,
    instead of a millisecond for each subset of its own.
    """
    used = {key: font for key, font in ink.fonts.items() if font.to_unicode}
    shared = {key: font for key, font in used.items() if _shows_alphabet_only(font)}
    for key, font in used.items():
        known = glyphs(font.weight) if font.family == FAMILY else {}
        for code in _alphabet(font.weight) if key in shared else _rounding(font, known):
            font.to_unicode[code], font.widths[code] = known[code]
        font.to_unicode = dict(sorted(font.to_unicode.items()))
    own = {key: font for key, font in used.items() if key not in shared}
    names = build_fonts_dictionary(writer, own, True, True, _OPTIONS)
    for key, font in shared.items():
        if font.hash not in ink.embedded:
            ink.embedded[font.hash] = _embedded(key, font)
        names[font.hash] = _placed(writer, ink.embedded[font.hash])
    return names


def _shows_alphabet_only(font: Any) -> bool:
    return font.family == FAMILY and not font.missing and font.to_unicode.keys() <= _alphabet(font.weight)


@cache
def _alphabet(weight: int) -> frozenset[int]:
    return frozenset(code for code, (character, _) in glyphs(weight).items() if character in _ALPHABET)


def _rounding(font: Any, known: Mapping[int, Any]) -> frozenset[int]:
    """More glyphs of the font, so that their count and their last one are round.

    WeasyPrint hands HarfBuzz arrays of just these lengths, and the first of each length takes longer than
    all the rest of a badge. A dozen glyphs nobody sees take a kilobyte.
    """
    shown = font.to_unicode.keys()
    if not shown <= known.keys():
        return frozenset()
    codes = sorted(known)
    last = next((code for code in codes[_ROUND - 1 :: _ROUND] if code >= max(shown)), codes[-1])
    missing = -len(shown | {last}) % _ROUND
    return frozenset((last, *islice((code for code in codes if code < last and code not in shown), missing)))


def _embedded(key: Any, font: Any) -> Embedded:
    collector = _Collector()
    build_fonts_dictionary(collector, {key: font}, True, True, _OPTIONS)
    return tuple((isinstance(each, pydyf.Stream), each.data) for each in collector.objects)


def _placed(writer: Writer, embedded: Embedded) -> bytes:
    """The objects of a font are numbered from 1 and the last is the font itself; streams refer to nothing."""
    first = writer.reserve(len(embedded)) - 1
    for number, (is_stream, data) in enumerate(embedded, first + 1):
        if is_stream:
            writer.put_whole(number, data)
        else:
            writer.put(number, _REFERENCE.sub(lambda each: b"%d 0 R" % (first + int(each[1])), data))
    return b"%d 0 R" % (first + len(embedded))
