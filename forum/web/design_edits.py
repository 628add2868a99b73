"""What the buttons of the editor do to a design, without keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from forum.printing.design_data import MOST_BLOCKS, MOST_ROWS
from forum.printing.designs import BACK, DAY, FIELDS, FRONT, KINDS, Block, Design, Row

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
        "day": {"width": 89.0, "height": 70.0},
    }
)
"""What a new block of each kind is like, in the middle of the badge."""
_SHARE_OF_DAY: Final = 0.64


def edited(design: Design, do: str) -> Design:
    """The design after the button ``do``: ``add:KIND``, ``add-back:KIND``, ``remove:3``, ``back:3``,
    ``front:3``, ``row:3``, ``unrow:3:1``. What makes no sense changes nothing.
    """
    verb, _, rest = do.partition(":")
    if verb in ("add", "add-back") and rest in KINDS:
        return with_block(design, rest, side=BACK if verb == "add-back" or rest == DAY else FRONT)
    numbers = [int(each) for each in rest.split(":") if each.isdecimal() and len(each) < 4]
    if not numbers or numbers[0] >= len(design.blocks):
        return design
    return replace(design, blocks=_changed(design.blocks, verb, *numbers[:2]))


def with_block(design: Design, kind: str, *, side: str = FRONT, **more: Any) -> Design:
    """The design with another block in the middle of one of its sides; a first one on the back makes room."""
    if side == BACK:
        return _with_back(design, kind, **more)
    return _in_the_middle(design, kind, **more)


def _with_back(design: Design, kind: str, **more: Any) -> Design:
    """Whatever comes onto an empty back stands below the personal agenda, which takes the upper part."""
    made = replace(design, fold="double") if not design.has_back else design
    if any(block.side == BACK for block in made.blocks) or kind == DAY:
        return _in_the_middle(made, kind, side=BACK, **more)
    [day] = made.reverse.blocks
    half = round(made.height * _SHARE_OF_DAY - day.y, 1)
    made = replace(made, blocks=(*made.blocks, replace(day, height=half)))
    below = {"y": round(day.y + half + 2, 1), "height": round(made.height - 2 * day.y - half - 2, 1)}
    return _in_the_middle(made, kind, **{**more, "side": BACK, "width": day.width, **below})


def _in_the_middle(design: Design, kind: str, **more: Any) -> Design:
    if len(design.blocks) >= MOST_BLOCKS:
        return design
    data = {**_NEW[kind], **more}
    data["width"], data["height"] = min(data["width"], design.width), min(data["height"], design.height)
    place = {
        "x": round((design.width - data["width"]) / 2, 1),
        "y": round((design.height - data["height"]) / 2, 1),
    }
    return replace(design, blocks=(*design.blocks, Block(kind=kind, **{**place, **data})))


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
