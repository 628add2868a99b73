"""The faces of the papers: which letters they have and how wide each one is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fontTools.ttLib import TTFont

STATIC: Final = Path(__file__).resolve().parents[2] / "static"
FAMILY: Final = "Golos"
_WEIGHTS: Final = ((400, "Regular"), (500, "Medium"), (700, "Bold"))
_FOLDER: Final = STATIC / "fonts" / "pdf"
FONT_FILES: Final[Mapping[int, Path]] = MappingProxyType(
    {weight: _FOLDER / f"GolosText-{name}.ttf" for weight, name in _WEIGHTS}
)
FALLBACK_FILES: Final[Mapping[int, Path]] = MappingProxyType(
    {weight: _FOLDER / f"Onest-{name}.ttf" for weight, name in _WEIGHTS}
)
"""Vietnamese letters, which the house's font lacks, come from a font that looks like it."""
_FORMS: Final = ("locl", "tnum")
_WIDTH_OF_A_STRANGER: Final = 1.1
_NARROW_SPACE, _SPACE = "\u202f", "\u00a0"
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the family. ``advances`` maps a character to its width in em.

    ``widths`` has those of the font that stands in as well.
    """

    weight: int
    advances: Mapping[str, float]
    widths: Mapping[str, float]

    def covers(self, text: str) -> bool:
        return all(character in self.advances for character in text)

    def width(self, text: str) -> float:
        """Width of ``text`` in em, without kerning, which only draws letters together in this family."""
        widths = self.widths
        return sum([widths.get(character, _WIDTH_OF_A_STRANGER) for character in text])


@cache
def face(weight: int) -> Face:
    """The face of ``weight`` (400, 500 or 700), read once."""
    advances = _advances(FONT_FILES[weight])
    return Face(weight, advances, MappingProxyType({**_advances(FALLBACK_FILES[weight]), **advances}))


def _advances(file: Path) -> Mapping[str, float]:
    with TTFont(file, lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        cmap = font.getBestCmap()
        return MappingProxyType({chr(code): metrics[glyph][0] / units for code, glyph in cmap.items()})


@cache
def glyphs(weight: int) -> Mapping[int, tuple[str, int]]:
    """By the number of a glyph the character it always stands for, and its width in thousandths of an em."""
    with TTFont(FONT_FILES[weight], lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        characters = {name: chr(code) for code, name in font.getBestCmap().items()}
        for name, local in _local_forms(font):
            if name in characters:
                characters.setdefault(local, characters[name])
        return MappingProxyType(
            {
                font.getGlyphID(name): (character, round(metrics[name][0] * 1000 / units))
                for name, character in characters.items()
            }
        )


def _local_forms(font: TTFont) -> Iterator[tuple[str, str]]:
    """Glyphs that are replaced, and with which: Kazakh has its own i, columns have figures of one width."""
    table = font["GSUB"].table
    local = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in _FORMS
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(local):
        for form in table.LookupList.Lookup[index].SubTable:
            yield from getattr(form, "mapping", {}).items()


def missing_glyphs(text: str, weight: int = 400) -> tuple[str, ...]:
    """The characters of ``text``, as it would be printed, that neither font has; sorted, each once."""
    return tuple(sorted(set(printable(text)) - face(weight).widths.keys()))


@lru_cache(maxsize=2048)
def printable(text: str) -> str:
    """``text`` composed (NFC), on one line, without invisible characters, single-spaced."""
    composed = unicodedata.normalize("NFC", text)
    if _NARROW_SPACE not in face(400).advances:
        composed = composed.replace(_NARROW_SPACE, _SPACE)
    spaced = "".join(" " if character in "\t\r\n\v\f\u2028\u2029" else character for character in composed)
    visible = "".join(each for each in spaced if unicodedata.category(each) not in _INVISIBLE)
    return " ".join(part for part in visible.split(" ") if part)
