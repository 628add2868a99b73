"""What would come out badly of a design whoever wears the badge. Codes only; screens find the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from forum.printing.design_data import Problem
from forum.printing.design_pictures import SVG, slots
from forum.printing.designs import (
    BACK,
    BAND,
    CODE,
    DAY,
    FRONT,
    PHOTO,
    PICTURE,
    RULE,
    TEXT,
    Block,
    Design,
    PictureFile,
    UsedDesign,
)
from forum.printing.fonts import missing_glyphs
from forum.printing.sheets import Box

SMALLEST_CODE: Final = 16.0
"""Millimetres that a reader at a door wants a code to have at least."""
QUIET: Final = 2.0
"""Empty paper around a code, in millimetres: four modules of a code of that size are more."""
LEGIBLE_PT: Final = 5.0
COARSE_DPI: Final = 150
_NAMES: Final = frozenset({"family", "full_name"})
CODES: Final = (
    "back_unprinted",
    "code_crowded",
    "code_small",
    "no_code",
    "no_name",
    "picture_coarse",
    "picture_missing",
    "slot_covered",
    "text_tiny",
    "texts_overlap",
    "words_missing",
    "words_no_glyph",
)


def check_design(used: UsedDesign, languages: Sequence[str]) -> tuple[Problem, ...]:
    """Weaknesses of a design that can be printed; ``languages`` are those of the forum."""
    design = used.design
    found = [*_of_whole(design)]
    for number, block in enumerate(design.blocks):
        found += [Problem(code, number, name) for code, name in _of_block(used, block, languages)]
    found += [Problem("texts_overlap", number) for number in _overlapping(design)]
    return tuple(found)


def _of_whole(design: Design) -> Iterator[Problem]:
    if design.code is None:
        yield Problem("no_code")
    if not any(row.field in _NAMES for block in design.blocks for row in block.rows):
        yield Problem("no_name")


def _of_block(used: UsedDesign, block: Block, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    design = used.design
    if block.kind == CODE:
        yield from _of_code(design, block)
    if block.kind == PICTURE:
        yield from _of_picture(used.file(block.picture), block)
    if block.side == BACK and not design.has_back:
        yield "back_unprinted", "side"
    if (
        block.side == FRONT
        and block.kind in (TEXT, CODE, PHOTO)
        and any(_meet(hole, block.box) for hole in slots(design))
    ):
        yield "slot_covered", "y"
    for row in block.rows:
        if row.min_pt < LEGIBLE_PT and block.kind == TEXT:
            yield "text_tiny", "min_pt"
        if row.field == "free" and not row.free.is_complete(tuple(languages)):
            yield "words_missing", "free"
        if row.field == "free" and any(missing_glyphs(text) for text in row.free.values()):
            yield "words_no_glyph", "free"


def _of_code(design: Design, block: Block) -> Iterator[tuple[str, str]]:
    if block.width < SMALLEST_CODE:
        yield "code_small", "width"
    zone = Box(block.x - QUIET, block.y - QUIET, block.width + 2 * QUIET, block.height + 2 * QUIET)
    others = (
        each.box
        for each in design.front.blocks
        if each is not block and each.kind in (TEXT, BAND, RULE, PHOTO)
    )
    if any(_meet(zone, box) for box in others):
        yield "code_crowded", "x"


def _of_picture(file: PictureFile | None, block: Block) -> Iterator[tuple[str, str]]:
    if file is None:
        yield "picture_missing", "picture"
    elif file.media_type != SVG:
        shares = (file.width / block.width, file.height / block.height)
        dpi = (min(shares) if block.covers else max(shares)) * 25.4
        if dpi < COARSE_DPI:
            yield "picture_coarse", "picture"


def _overlapping(design: Design) -> Iterator[int]:
    """Blocks of text that lie on an earlier block of text."""
    texts = [(number, block) for number, block in enumerate(design.blocks) if block.kind in (TEXT, BAND, DAY)]
    for place, (number, block) in enumerate(texts):
        if any(block.side == other.side and _meet(block.box, other.box) for _, other in texts[:place]):
            yield number


def _meet(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)
