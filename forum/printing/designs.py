"""Designs of badges as data: a size, and blocks on it in their order from the back to the front.

Millimetres from the top left corner; only text sizes are points. Every badge is drawn after a design: where
nobody has made one, after ``standard``. A badge is drawn side by side: ``front`` and ``reverse`` are designs
of one side each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final

from forum.domain.localized import Localized
from forum.printing.fitting import TextStyle
from forum.printing.sheets import MM, BadgeLayout, Box, Column

TEXT, BAND, RULE, PICTURE, PHOTO, CODE, DAY = KINDS = (
    "text", "band", "rule", "picture", "photo", "code", "day",
)  # fmt: skip
"""Of a block: fields, the category on its colour, a coloured rule, a picture, the photo, the code, the
personal agenda in short with whom to call."""
FRONT, BACK = SIDES = ("front", "back")
ON_SIDE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {FRONT: (TEXT, BAND, RULE, PICTURE, PHOTO, CODE), BACK: (TEXT, BAND, RULE, PICTURE, DAY)}
)
"""What can stand on each side."""
OWN_FIELDS: Final = (
    "family",
    "given",
    "full_name",
    "latin_name",
    "company",
    "position",
    "delegation",
    "number",
)
SHARED_FIELDS: Final = ("title", "other_titles", "when", "dates", "place", "category", "free")
FIELDS: Final = (*OWN_FIELDS, *SHARED_FIELDS)
ALIGNMENTS: Final = ("left", "center", "right")
TONES: Final[Mapping[str, str]] = MappingProxyType(
    {"ink": "#16181d", "soft": "#3b404a", "quiet": "#5c6370", "accent": "", "white": "#ffffff"}
)
"""Colours of texts and rules; the accent is the design's own."""
FOLDS: Final = ("single", "double", "top", "side")
"""One side; two that are printed one after the other; two on one paper, folded at the top or at the left."""
SLOTS: Final = ("none", "middle", "sides")
"""Where the holes for the lanyard are marked."""
OWN_FORMAT: Final = "own"
ACCENT: Final = "#2f5bea"
_BAND_EDGE: Final = 6.0
_BACK_EDGE: Final = 8.0
_NARROW_EDGE: Final = 0.08
"""Empty paper around a back that nobody has designed: millimetres, or this share of the width if less."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A field of a text block, or the words of a band. ``free`` is what the field of that name says.

    Sizes are points, ``gap`` above the row is millimetres; ``of_previous`` and what is not said here is as in
    ``TextStyle``, 0 being no bound.
    """

    field: str
    weight: int = 400
    max_pt: float = 10
    legible_pt: float = 8
    min_pt: float = 7
    max_lines: int = 1
    leading: float = 1.2
    gap: float = 0.0
    of_previous: float = 0.0
    tone: str = "ink"
    free: Localized = Localized()  # noqa: RUF009 - immutable

    @cached_property
    def style(self) -> TextStyle:
        more = (self.of_previous,) if self.of_previous else ()
        sizes = (self.max_pt, self.legible_pt, self.min_pt)
        return TextStyle(self.weight, *sizes, self.max_lines, self.leading, self.gap * MM, *more)


DAY_ROWS: Final = (
    Row(field="back_name", weight=700, max_pt=19, legible_pt=12, min_pt=9, max_lines=2, leading=1.15),
    Row(field="back_day", weight=700, legible_pt=8.5, min_pt=7.5, gap=3.2, tone="accent"),
    Row(
        field="back_line",
        max_pt=8.5,
        legible_pt=7.5,
        min_pt=6.5,
        max_lines=2,
        leading=1.25,
        gap=0.9,
        tone="soft",
    ),
    Row(field="back_foot", weight=500, min_pt=7.5, max_lines=2, leading=1.25, gap=4.4, tone="accent"),
)
"""How the texts of a back are set, by their roles."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Something on the badge. ``picture`` names the file of a picture; ``covers``: it fills its box.

    ``align`` and ``stands_at_bottom`` are for texts, ``tone`` is for rules.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...] = ()
    align: str = "left"
    stands_at_bottom: bool = False
    tone: str = "accent"
    picture: str = ""
    covers: bool = False
    side: str = FRONT

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    @cached_property
    def is_own(self) -> bool:
        """Whether it shows what differs from person to person."""
        return self.kind in (PHOTO, CODE, DAY) or any(row.field in OWN_FIELDS for row in self.rows)

    @cached_property
    def lines(self) -> tuple[Row, ...]:
        """Its rows; those of a day are always the same."""
        return DAY_ROWS if self.kind == DAY else self.rows

    @cached_property
    def styles(self) -> Mapping[str, TextStyle]:
        return {row.field: row.style for row in self.lines}

    @property
    def room_pt(self) -> float:
        """The width that its words may have."""
        return (self.width - (2 * _BAND_EDGE if self.kind == BAND else 0)) * MM


@dataclass(frozen=True, kw_only=True)
class Design:
    """A badge. ``format`` is the code of the format that it was made for, or ``own``."""

    format: str
    width: float
    height: float
    blocks: tuple[Block, ...]
    accent: str = ACCENT
    fold: str = "single"
    slot: str = "none"

    def of_kind(self, kind: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == kind)

    @cached_property
    def code(self) -> Block | None:
        return next(iter(self.of_kind(CODE)), None)

    @cached_property
    def has_photo(self) -> bool:
        return bool(self.of_kind(PHOTO))

    @cached_property
    def has_face(self) -> bool:
        """Whether there is something that it shows of everybody."""
        return self.slot != "none" or any(not block.is_own for block in self.blocks)

    @property
    def has_back(self) -> bool:
        return self.fold != "single"

    @cached_property
    def front(self) -> Design:
        """What stands on the front."""
        blocks = tuple(block for block in self.blocks if block.side == FRONT)
        return self if len(blocks) == len(self.blocks) else replace(self, blocks=blocks)

    @cached_property
    def reverse(self) -> Design:
        """What stands on the back, where there is one: the person's day, unless something else is said."""
        blocks = tuple(block for block in self.blocks if block.side == BACK) or (self._whole_day(),)
        return replace(self, blocks=blocks, fold="single", slot="none")

    def _whole_day(self) -> Block:
        edge = round(min(_BACK_EDGE, _NARROW_EDGE * self.width), 1)
        wide, tall = self.width - 2 * edge, self.height - 2 * edge
        return Block(kind=DAY, x=edge, y=edge, width=wide, height=tall, side=BACK)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The files that it shows, each once."""
        return tuple(dict.fromkeys(block.picture for block in self.of_kind(PICTURE) if block.picture))

    @cached_property
    def flowing(self) -> int | None:
        """The person's block that stands in the flow of its page, because that is laid out fastest."""
        for number, block in enumerate(self.blocks):
            if (
                block.kind in (TEXT, DAY)
                and block.is_own
                and not block.stands_at_bottom
                and block.align == "left"
            ):
                return number
        return None

    @cached_property
    def own_texts(self) -> tuple[tuple[int, Block], ...]:
        """The person's blocks of text with their numbers, in the order in which they are painted."""
        own = [each for each in enumerate(self.blocks) if each[1].kind in (TEXT, DAY) and each[1].is_own]
        return tuple(sorted(own, key=lambda each: each[0] != self.flowing))

    @cached_property
    def key(self) -> str:
        """Changes when, and only when, the look does."""
        canonical = json.dumps(plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(canonical.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of a design or of a person: its name, where its file lies, and its pixels, 0 for drawings."""

    key: str
    path: str = field(compare=False)
    media_type: str = field(default="image/jpeg", compare=False)
    width: int = field(default=0, compare=False)
    height: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class UsedDesign:
    """A design with the files of its pictures, as a badge carries it."""

    design: Design
    files: tuple[PictureFile, ...] = ()

    @property
    def key(self) -> str:
        return self.design.key

    def file(self, key: str) -> PictureFile | None:
        return next((each for each in self.files if each.key == key), None)


def plain(value: Any) -> Any:
    """A design or a part of one as data of JSON; what is as it usually is is left out."""
    if isinstance(value, Localized):
        return dict(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Design | Block | Row):
        return dict(_said(value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _said(part: Design | Block | Row) -> Iterator[tuple[str, Any]]:
    for each in fields(part):
        value = getattr(part, each.name)
        if value != each.default:
            yield each.name, plain(value)


@lru_cache(maxsize=64)
def standard(layout: BadgeLayout) -> UsedDesign:
    """The design of the house for a format."""
    band = layout.band_style
    blocks = (
        _block(RULE, layout.accent),
        _text(layout.header),
        _text(layout.body),
        _text(layout.foot),
        _block(CODE, layout.qr),
        _block(BAND, layout.band, rows=(_row("category", band, "white"),)),
    )
    return UsedDesign(Design(format=layout.code, width=layout.width, height=layout.height, blocks=blocks))


def _block(kind: str, box: Box, **more: Any) -> Block:
    return Block(kind=kind, x=box.x, y=box.y, width=box.width, height=box.height, **more)


def _text(column: Column) -> Block:
    rows = tuple(_row(name, style, _TONES.get(name, "ink")) for name, style in column.rows)
    return _block(TEXT, column.box, rows=rows, stands_at_bottom=column.stands_at_bottom)


def _row(name: str, style: TextStyle, tone: str) -> Row:
    return Row(
        field=name,
        weight=style.weight,
        max_pt=style.max_pt,
        legible_pt=style.legible_pt,
        min_pt=style.min_pt,
        max_lines=style.max_lines,
        leading=style.leading,
        gap=round(style.gap_pt / MM, 4),
        of_previous=0.0 if style.of_previous > _NO_BOUND else style.of_previous,
        tone=tone,
    )


_NO_BOUND: Final = 1000
_TONES: Final = MappingProxyType(
    {
        "other_titles": "quiet",
        "latin_name": "quiet",
        "number": "quiet",
        "when": "accent",
        "position": "soft",
    }
)
