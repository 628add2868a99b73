"""Designs from data of strangers, and what is wrong with them: codes only; screens find the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType
from typing import Any, Final, TypeVar

from forum.domain.localized import LANGUAGES, Localized
from forum.printing.designs import (
    ALIGNMENTS,
    BAND,
    CODE,
    DAY,
    FIELDS,
    FOLDS,
    KINDS,
    ON_SIDE,
    OWN_FORMAT,
    PICTURE,
    SIDES,
    SLOTS,
    TEXT,
    TONES,
    Block,
    Design,
    Row,
    plain,
)
from forum.printing.errors import PrintingError
from forum.printing.fonts import FONT_FILES
from forum.printing.sheets import MM, SHEETS

_Part = TypeVar("_Part", Design, Block, Row)
KIND_OF_FILE: Final = "badge-design"
LARGEST_MM: Final = 420.0
SMALLEST_MM: Final = 20.0
MOST_BLOCKS: Final = 30
MOST_ROWS: Final = 8
LONGEST_TEXT: Final = 300
LONGEST_NAME: Final = 64
LARGEST_PT: Final = 150.0
SMALLEST_PT: Final = 3.0
_TOLERANCE: Final = 0.011
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_PICTURE: Final = re.compile(r"[0-9a-f]{32}")
FORMATS: Final = MappingProxyType(
    {sheet.layout.code: sheet.layout for sheet in SHEETS.values() if not sheet.follows_design}
)
"""Sizes from the list, by their codes."""
_CHOICES: Final[Mapping[str, tuple[object, ...]]] = MappingProxyType(
    {
        "format": (*FORMATS, OWN_FORMAT),
        "fold": FOLDS,
        "slot": SLOTS,
        "kind": KINDS,
        "side": SIDES,
        "align": ALIGNMENTS,
        "tone": tuple(TONES),
        "field": FIELDS,
        "weight": tuple(FONT_FILES),
    }
)
_RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "max_pt": (SMALLEST_PT, LARGEST_PT),
        "legible_pt": (SMALLEST_PT, LARGEST_PT),
        "min_pt": (SMALLEST_PT, LARGEST_PT),
        "max_lines": (1, 6),
        "leading": (0.8, 3),
        "gap": (0, 50),
        "of_previous": (0, 10),
        "x": (0, LARGEST_MM),
        "y": (0, LARGEST_MM),
    }
)


_UNDRAWABLE: Final = frozenset(
    {"no_colour", "no_rows", "not_offered", "out_of_range", "too_small", "wrong_order", "wrong_size"}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a design cannot be kept. ``block`` counts from 0; ``name`` is the part of it that is wrong."""

    code: str
    block: int | None = None
    name: str = ""


def as_file(title: str, design: Design) -> dict[str, Any]:
    """A design as data of JSON that ``from_file`` reads."""
    return {"kind": KIND_OF_FILE, "version": 1, "title": title, "design": plain(design)}


def from_file(data: Any) -> tuple[str, Design]:
    """Title and design from such data; ``PrintingError`` ``design_unreadable`` names what cannot be read."""
    if not isinstance(data, dict) or data.get("kind") != KIND_OF_FILE or data.get("version") != 1:
        raise PrintingError("design_unreadable", part="kind")
    title = data.get("title")
    return (title.strip() if isinstance(title, str) else ""), from_data(data.get("design"))


def from_data(data: Any) -> Design:
    """A design from what ``designs.plain`` made; ``PrintingError`` as ``from_file``."""
    return _part(Design, data, {"blocks": lambda value: _several(value, _block, MOST_BLOCKS)})


def _block(data: Any) -> Block:
    return _part(Block, data, {"rows": lambda value: _several(value, _row, MOST_ROWS)})


def _row(data: Any) -> Row:
    return _part(Row, data, {"free": _localized})


def _part(kind: type[_Part], data: Any, nested: Mapping[str, Callable[[Any], Any]]) -> _Part:
    if not isinstance(data, dict):
        raise PrintingError("design_unreadable", part=kind.__name__.lower())
    known = {each.name: each for each in fields(kind)}
    if unknown := sorted(map(str, set(data) - set(known))):
        raise PrintingError("design_unreadable", part=unknown[0][:40])
    values = {}
    for name, each in known.items():
        if name in data:
            read = nested.get(name)
            values[name] = read(data[name]) if read else _simple(name, data[name], str(each.type))
        elif each.default is MISSING:
            raise PrintingError("design_unreadable", part=name)
    return kind(**values)


def _simple(name: str, value: Any, kind: str) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "float" and is_number and abs(value) < 10_000:
        return float(value)
    if kind == "int" and isinstance(value, int) and is_number and abs(value) < 10_000:
        return value
    if kind == "bool" and isinstance(value, bool):
        return value
    if kind == "str" and isinstance(value, str) and len(value) <= LONGEST_NAME:
        return value
    raise PrintingError("design_unreadable", part=name)


def _several(value: Any, read: Callable[[Any], Any], most: int) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise PrintingError("design_unreadable", part="blocks")
    return tuple(map(read, value))


def _localized(value: Any) -> Localized:
    if not isinstance(value, dict) or not set(value) <= set(LANGUAGES):
        raise PrintingError("design_unreadable", part="free")
    if not all(isinstance(each, str) and len(each) <= LONGEST_TEXT for each in value.values()):
        raise PrintingError("design_unreadable", part="free")
    return Localized(value)


def problems(design: Design) -> tuple[Problem, ...]:
    """Everything for which a design cannot be kept."""
    found = [*_of_whole(design)]
    for number, block in enumerate(design.blocks):
        found += [Problem(code, number, name) for code, name in _of_block(design, block)]
    return tuple(found)


def _of_whole(design: Design) -> Iterator[Problem]:
    yield from (Problem("not_offered", None, name) for name in _wrong_choices(design))
    if not all(SMALLEST_MM <= each <= LARGEST_MM for each in (design.width, design.height)):
        yield Problem("wrong_size", None, "width")
    listed = FORMATS.get(design.format)
    if listed is not None and (listed.width, listed.height) != (design.width, design.height):
        yield Problem("other_size", None, "format")
    if not _COLOUR.fullmatch(design.accent):
        yield Problem("no_colour", None, "accent")
    if len(design.of_kind(CODE)) > 1:
        yield Problem("two_codes", None, "blocks")


def _of_block(design: Design, block: Block) -> Iterator[tuple[str, str]]:
    yield from (("not_offered", name) for name in _wrong_choices(block))
    right, bottom = block.x + block.width, block.y + block.height
    if min(block.x, block.y) < 0 or right > design.width + _TOLERANCE or bottom > design.height + _TOLERANCE:
        yield "outside", "x"
    if block.kind in KINDS and block.kind not in ON_SIDE.get(block.side, KINDS):
        yield "wrong_side", "side"
    if min(block.width, block.height) < 0.2:
        yield "too_small", "width"
    if block.kind == CODE and abs(block.width - block.height) > _TOLERANCE:
        yield "not_square", "width"
    if block.kind == PICTURE and block.picture and not _PICTURE.fullmatch(block.picture):
        yield "not_offered", "picture"
    yield from _of_rows(block)


def _of_rows(block: Block) -> Iterator[tuple[str, str]]:
    names = [row.field for row in block.rows]
    if block.kind == TEXT and not names:
        yield "no_rows", "rows"
    if block.kind == BAND and names != ["category"]:
        yield "no_rows", "rows"
    if block.kind not in (TEXT, BAND) and names:
        yield "not_offered", "rows"
    if len(set(names)) < len(names):
        yield "field_twice", "rows"
    for row in block.rows:
        yield from (("not_offered", name) for name in _wrong_choices(row))
        for name, (low, high) in _RANGES.items():
            if not low <= getattr(row, name, low) <= high:
                yield "out_of_range", name
        if not row.min_pt <= row.legible_pt <= row.max_pt:
            yield "wrong_order", "max_pt"
    if block.kind in (TEXT, DAY) and least_height(block) > block.height + _TOLERANCE:
        yield "too_low", "height"


def is_drawable(design: Design) -> bool:
    """Whether it can at least be looked at while somebody works on it."""
    return not any(each.code in _UNDRAWABLE for each in problems(design))


def least_height(block: Block) -> float:
    """Millimetres that the rows of a block need at their smallest, on as many lines as they may have."""
    text = sum(row.min_pt * row.leading * row.max_lines for row in block.lines) / MM
    return text + sum(row.gap for row in block.lines[1:])


def _wrong_choices(part: Design | Block | Row) -> Iterator[str]:
    for each in fields(part):
        offered = _CHOICES.get(each.name)
        if offered is not None and getattr(part, each.name) not in offered:
            yield each.name
