"""What the buttons of the editor do to a design, without keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from forum.printing.design_data import MOST_BLOCKS, MOST_ROWS
from forum.printing.designs import FIELDS, KINDS, Block, Design, Row

_NEW: Final[Mapping[str, dict[str, Any]]] = MappingProxyType(
    {
        "text": {"width": 50.0, "height": 12.0, "rows": (Row(field="free"),)},
        "band": {
            "width": 60.0,
            "height": 12.0,
            "rows": (
                Row(
                    field="category", weight=700, max_pt=14, legible_pt=10, min_pt=7, leading=1, tone="white"
                ),
            ),
        },
        "rule": {"width": 30.0, "height": 1.0},
        "picture": {"width": 25.0, "height": 15.0},
        "photo": {"width": 24.0, "height": 32.0},
        "code": {"width": 22.0, "height": 22.0},
    }
)
"""What a new block of each kind is like, in the middle of the badge."""


def edited(design: Design, do: str) -> Design:
    """The design after the button ``do``: ``add:KIND``, ``remove:3``, ``back:3``, ``front:3``, ``row:3``,
    ``unrow:3:1``. What makes no sense changes nothing.
    """
    verb, _, rest = do.partition(":")
    if verb == "add" and rest in KINDS:
        return with_block(design, rest)
    numbers = [int(each) for each in rest.split(":") if each.isdecimal() and len(each) < 4]
    if not numbers or numbers[0] >= len(design.blocks):
        return design
    return replace(design, blocks=_changed(design.blocks, verb, *numbers[:2]))


def with_block(design: Design, kind: str, **more: Any) -> Design:
    """The design with another block in its middle."""
    if len(design.blocks) >= MOST_BLOCKS:
        return design
    data = {**_NEW[kind], **more}
    data["width"], data["height"] = min(data["width"], design.width), min(data["height"], design.height)
    place = {
        "x": round((design.width - data["width"]) / 2, 1),
        "y": round((design.height - data["height"]) / 2, 1),
    }
    return replace(design, blocks=(*design.blocks, Block(kind=kind, **place, **data)))


def _changed(blocks: tuple[Block, ...], verb: str, index: int, row: int = -1) -> tuple[Block, ...]:
    made = list(blocks)
    match verb:
        case "remove":
            del made[index]
        case "back" if index:
            made[index - 1], made[index] = made[index], made[index - 1]
        case "front" if index + 1 < len(made):
            made[index + 1], made[index] = made[index], made[index + 1]
        case "row" if len(made[index].rows) < MOST_ROWS:
            made[index] = replace(made[index], rows=(*made[index].rows, _new_row(made[index])))
        case "unrow" if 0 <= row < len(made[index].rows):
            rows = made[index].rows
            made[index] = replace(made[index], rows=rows[:row] + rows[row + 1 :])
    return tuple(made)


def _new_row(block: Block) -> Row:
    """Of a field that the block does not have yet, looking like its last line."""
    used = {row.field for row in block.rows}
    name = next((each for each in reversed(FIELDS) if each not in used), "free")
    return replace(block.rows[-1], field=name) if block.rows else Row(field=name)
