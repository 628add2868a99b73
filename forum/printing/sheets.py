"""Formats as data: how large a badge is, where its fields stand, and how many go on a sheet.

Millimetres from the top left corner; only text sizes are points. A new format is a new row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from forum.printing.errors import PrintingError
from forum.printing.fitting import TextStyle

MM: Final = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a badge, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """Fields one below the other in a box; ``rows`` pairs the field's name with how it is set."""

    name: str
    box: Box
    rows: tuple[tuple[str, TextStyle], ...]
    stands_at_bottom: bool = False


@dataclass(frozen=True, slots=True)
class BadgeLayout:
    """The face of one badge.

    ``accent`` is the short coloured rule above the title. The dark modules of the code fill ``qr``
    to its edges, so that they line up with the text; the empty paper around it is the quiet zone.
    """

    code: str
    width: float
    height: float
    accent: Box
    header: Column
    body: Column
    foot: Column
    qr: Box
    band: Box
    band_style: TextStyle

    @property
    def columns(self) -> tuple[Column, ...]:
        return (self.header, self.body, self.foot)

    @property
    def styles(self) -> Mapping[str, TextStyle]:
        return {field: style for column in self.columns for field, style in column.rows}


@dataclass(frozen=True, slots=True)
class Sheet:
    """``across`` times ``down`` badges of one layout in the middle of a paper.

    One that ``follows_design`` is as large as the design of each badge, or holds as many of it as it can; its
    layout is for badges without a design.

    Labels need not stand in the middle: ``own_margins`` are left and top, ``gaps`` lie between them across
    and down. ``right`` and ``down_by`` move everything, for a printer that pulls its paper askew. ``first``
    is the label, counted from 1, with which the first page begins: those before it have been peeled off.
    """

    code: str
    layout: BadgeLayout
    paper_width: float
    paper_height: float
    across: int = 1
    down: int = 1
    follows_design: bool = False
    own_margins: tuple[float, float] | None = None
    gaps: tuple[float, float] = (0.0, 0.0)
    right: float = 0.0
    down_by: float = 0.0
    first: int = 1

    @property
    def badges_on_a_page(self) -> int:
        return self.across * self.down

    @property
    def margins(self) -> tuple[float, float]:
        """Empty paper to the left and above the badges, as much as on the other side unless it is said."""
        wide = self.across * self.layout.width + (self.across - 1) * self.gaps[0]
        tall = self.down * self.layout.height + (self.down - 1) * self.gaps[1]
        return self.own_margins or ((self.paper_width - wide) / 2, (self.paper_height - tall) / 2)

    @property
    def is_moved(self) -> bool:
        """Whether it is not printed just where it belongs."""
        return bool(self.right or self.down_by)

    @property
    def has_cut_marks(self) -> bool:
        """Marks stand outside the badges, so they need room on all four sides."""
        is_to_be_cut = self.badges_on_a_page > 1 and self.own_margins is None
        return is_to_be_cut and min(self.margins) >= MARK_GAP + MARK_LENGTH

    def places(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of the badges, row by row."""
        left, top = self.margins
        wide, tall = self.layout.width + self.gaps[0], self.layout.height + self.gaps[1]
        return tuple(
            (left + column * wide + self.right, top + row * tall + self.down_by)
            for row in range(self.down)
            for column in range(self.across)
        )

    def cut_marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """Short lines (x1, y1, x2, y2) that show where to cut.

        With room around the badges they stand outside them. Four A6 fill an A4 to the edge: there
        the only marks are small crosses where the corners of four badges meet.
        Labels that are cut already have none.
        """
        if self.own_margins is not None:
            return ()
        moved = (self.right, self.down_by)
        xs = [moved[0] + self.margins[0] + column * self.layout.width for column in range(self.across + 1)]
        ys = [moved[1] + self.margins[1] + row * self.layout.height for row in range(self.down + 1)]
        return _outer_marks(xs, ys) if self.has_cut_marks else _inner_crosses(xs[1:-1], ys[1:-1])


MARK_GAP: Final = 1.0
MARK_LENGTH: Final = 3.0


def _outer_marks(xs: list[float], ys: list[float]) -> tuple[tuple[float, float, float, float], ...]:
    far = MARK_GAP + MARK_LENGTH
    upright = [(x, y, x, y + MARK_LENGTH) for x in xs for y in (ys[0] - far, ys[-1] + MARK_GAP)]
    level = [(x, y, x + MARK_LENGTH, y) for y in ys for x in (xs[0] - far, xs[-1] + MARK_GAP)]
    return (*upright, *level)


def _inner_crosses(xs: list[float], ys: list[float]) -> tuple[tuple[float, float, float, float], ...]:
    arm = MARK_LENGTH
    return tuple(
        line for x in xs for y in ys for line in ((x - arm, y, x + arm, y), (x, y - arm, x, y + arm))
    )


_PORTRAIT_HEADER: Final = (
    ("title", TextStyle(700, 11, 9, 7, 2, 1.2)),
    ("other_titles", TextStyle(400, 9, 8, 6, 2, 1.25, 0.6 * MM)),
    ("when", TextStyle(500, 9, 8, 6.5, 1, 1.25, 1.2 * MM)),
)

_PORTRAIT_BODY: Final = (
    ("family", TextStyle(700, 36, 20, 12, 2, 1.04)),
    ("given", TextStyle(500, 22, 14, 10, 2, 1.12, 0.6 * MM, 0.8)),
    ("latin_name", TextStyle(400, 13, 9.5, 8, 2, 1.2, 1.6 * MM, 0.75)),
    ("company", TextStyle(700, 13, 9, 7.5, 3, 1.2, 4.0 * MM)),
    ("position", TextStyle(400, 12, 8.5, 7.5, 3, 1.2, 0.8 * MM)),
)

_PORTRAIT_FOOT: Final = (
    ("delegation", TextStyle(500, 11, 9, 7, 3, 1.2)),
    ("number", TextStyle(400, 9.5, 8, 7, 1, 1.2, 1.0 * MM)),
)

_CARD_HEADER: Final = (
    ("title", TextStyle(700, 7, 6, 5, 1, 1.15)),
    ("other_titles", TextStyle(400, 6, 5.5, 4.5, 1, 1.15, 0.1 * MM)),
    ("when", TextStyle(500, 6, 5.5, 5, 1, 1.15, 0.1 * MM)),
)

_CARD_BODY: Final = (
    ("family", TextStyle(700, 20, 12, 8, 2, 1.04)),
    ("given", TextStyle(500, 13, 9, 7, 2, 1.1, 0.3 * MM, 0.8)),
    ("latin_name", TextStyle(400, 8, 6.5, 5.5, 2, 1.15, 0.5 * MM, 0.75)),
    ("company", TextStyle(700, 8, 6.5, 5, 2, 1.15, 1.0 * MM)),
    ("position", TextStyle(400, 7, 6, 5, 2, 1.15, 0.2 * MM)),
)

_CARD_FOOT: Final = (
    ("delegation", TextStyle(500, 6, 5.5, 4.5, 2, 1.15)),
    ("number", TextStyle(400, 6, 5.5, 4.5, 1, 1.15, 0.2 * MM)),
)


def _portrait(code: str, width: float, height: float) -> BadgeLayout:
    """A badge to hang around the neck: name in the upper half, QR code at the lower right."""
    edge = 8.0
    inner = width - 2 * edge
    band = 15.0
    qr = 25.0 if height > 140 else 23.0
    qr_top = height - band - 6 - qr
    body_top = 35.5
    return BadgeLayout(
        code=code,
        width=width,
        height=height,
        accent=Box(edge, 7.5, 10, 1.0),
        header=Column("header", Box(edge, 10.5, inner, 23.5), _PORTRAIT_HEADER),
        body=Column("body", Box(edge, body_top, inner, qr_top - 4.5 - body_top), _PORTRAIT_BODY),
        foot=Column(
            "foot",
            Box(edge, qr_top, inner - qr - 6, qr),
            _PORTRAIT_FOOT,
            stands_at_bottom=True,
        ),
        qr=Box(width - edge - qr, qr_top, qr, qr),
        band=Box(0, height - band, width, band),
        band_style=TextStyle(700, 15, 11, 7, 1, 1.0),
    )


def _card(code: str, width: float, height: float) -> BadgeLayout:
    """A card for a pin or a pocket, lying: name at the left, QR code at the right."""
    edge = 5.0
    band = 8.5
    qr = 17.0
    body_top = 13.5
    qr_top = 15.0
    foot_top = qr_top + qr + 2.5
    qr_left = width - edge - qr
    return BadgeLayout(
        code=code,
        width=width,
        height=height,
        accent=Box(edge, 3.6, 6, 0.7),
        header=Column("header", Box(edge, 5.2, width - 2 * edge, 7.4), _CARD_HEADER),
        body=Column(
            "body", Box(edge, body_top, qr_left - 3 - edge, height - band - 1 - body_top), _CARD_BODY
        ),
        foot=Column(
            "foot",
            Box(qr_left, foot_top, qr + 1.5, height - band - 1 - foot_top),
            _CARD_FOOT,
        ),
        qr=Box(qr_left, qr_top, qr, qr),
        band=Box(0, height - band, width, band),
        band_style=TextStyle(700, 10, 7, 5, 1, 1.0),
    )


_WIDE_HEADER: Final = (
    ("title", TextStyle(700, 9, 7.5, 6, 1, 1.15)),
    ("other_titles", TextStyle(400, 7.5, 6.5, 5.5, 1, 1.15, 0.2 * MM)),
    ("when", TextStyle(500, 7.5, 6.5, 5.5, 1, 1.15, 0.2 * MM)),
)

_WIDE_BODY: Final = (
    ("family", TextStyle(700, 28, 16, 10, 2, 1.04)),
    ("given", TextStyle(500, 18, 12, 9, 2, 1.1, 0.4 * MM, 0.8)),
    ("latin_name", TextStyle(400, 11, 8.5, 7, 2, 1.15, 0.8 * MM, 0.75)),
    ("company", TextStyle(700, 11, 8, 6.5, 2, 1.15, 1.6 * MM)),
    ("position", TextStyle(400, 10, 7.5, 6.5, 2, 1.15, 0.4 * MM)),
)

_WIDE_FOOT: Final = (
    ("delegation", TextStyle(500, 8, 7, 6, 2, 1.15)),
    ("number", TextStyle(400, 8, 7, 6, 1, 1.15, 0.4 * MM)),
)

_SLIP_BODY: Final = (
    ("family", TextStyle(700, 24, 14, 9, 2, 1.04)),
    ("given", TextStyle(500, 15, 10, 8, 2, 1.1, 0.4 * MM, 0.8)),
    ("latin_name", TextStyle(400, 9.5, 7.5, 6, 2, 1.15, 1.0 * MM, 0.75)),
    ("company", TextStyle(700, 9.5, 7.5, 6, 3, 1.15, 1.8 * MM)),
    ("position", TextStyle(400, 8.5, 7, 6, 3, 1.15, 0.4 * MM)),
)


def _wide(code: str, width: float, height: float) -> BadgeLayout:
    """A label of four inches, lying: name at the left, QR code at the right."""
    edge, band, qr = 6.0, 10.0, 23.0
    body_top, qr_top = 18.5, 21.5
    foot_top = qr_top + qr + 3.5
    qr_left = width - edge - qr
    return BadgeLayout(
        code=code,
        width=width,
        height=height,
        accent=Box(edge, 4.2, 8, 0.8),
        header=Column("header", Box(edge, 6.2, width - 2 * edge, 11.5), _WIDE_HEADER),
        body=Column(
            "body", Box(edge, body_top, qr_left - 4 - edge, height - band - 1.5 - body_top), _WIDE_BODY
        ),
        foot=Column("foot", Box(qr_left, foot_top, qr + 1, height - band - 1 - foot_top), _WIDE_FOOT),
        qr=Box(qr_left, qr_top, qr, qr),
        band=Box(0, height - band, width, band),
        band_style=TextStyle(700, 12, 8, 6, 1, 1.0),
    )


def _slip(code: str, width: float, height: float) -> BadgeLayout:
    """A label off a narrow roll, upright: name above, QR code at the lower right."""
    edge, band, qr = 4.0, 9.0, 20.0
    inner = width - 2 * edge
    qr_top, body_top = height - band - 4.5 - qr, 18.0
    return BadgeLayout(
        code=code,
        width=width,
        height=height,
        accent=Box(edge, 3.4, 7, 0.8),
        header=Column("header", Box(edge, 5.2, inner, 11.5), _CARD_HEADER),
        body=Column("body", Box(edge, body_top, inner, qr_top - 3.6 - body_top), _SLIP_BODY),
        foot=Column("foot", Box(edge, qr_top, inner - qr - 4.5, qr), _WIDE_FOOT, stands_at_bottom=True),
        qr=Box(width - edge - qr, qr_top, qr, qr),
        band=Box(0, height - band, width, band),
        band_style=TextStyle(700, 11, 8, 6, 1, 1.0),
    )


ROLLS: Final[Mapping[int, tuple[int, int]]] = MappingProxyType({62: (90, 300), 102: (70, 300)})
"""Widths of rolls in millimetres, with the shortest and the longest label of each."""
_SHORTEST_UPRIGHT: Final = 130
_UPRIGHT_IN_FULL: Final = 90


def label_sheet(width: int, length: int) -> Sheet:
    """A label of that length off a roll of that width; ``PrintingError`` where it would be none."""
    shortest, longest = ROLLS.get(width, (1, 0))
    if not shortest <= length <= longest:
        raise PrintingError("unknown_sheet", sheet=f"{width}x{length}")
    code = f"{width}x{length}"
    upright = _slip if width < _UPRIGHT_IN_FULL else _portrait
    make = _wide if length < _SHORTEST_UPRIGHT and width >= _UPRIGHT_IN_FULL else upright
    return Sheet(code, make(code, width, length), width, length)


A6: Final = _portrait("a6", 105, 148)
WALLET_96X134: Final = _portrait("96x134", 96, 134)
WALLET_102X152: Final = _portrait("102x152", 102, 152)
LABEL_4X6_IN: Final = _portrait("4x6in", 101.6, 152.4)
LABEL_4X3_IN: Final = _wide("4x3in", 101.6, 76.2)
CARD_90X55: Final = _card("90x55", 90, 55)
CARD_86X54: Final = _card("86x54", 86, 54)

SHEETS: Final[Mapping[str, Sheet]] = MappingProxyType(
    {
        sheet.code: sheet
        for sheet in (
            Sheet("a6", A6, 105, 148),
            Sheet("a4-4xa6", A6, 210, 297, across=2, down=2),
            Sheet("96x134", WALLET_96X134, 96, 134),
            Sheet("a4-4x96x134", WALLET_96X134, 210, 297, across=2, down=2),
            Sheet("102x152", WALLET_102X152, 102, 152),
            Sheet("a4-2x102x152", WALLET_102X152, 297, 210, across=2),
            Sheet("90x55", CARD_90X55, 90, 55),
            Sheet("a4-8x90x55", CARD_90X55, 210, 297, across=2, down=4),
            Sheet("a4-10x90x55", CARD_90X55, 210, 297, across=2, down=5),
            Sheet("86x54", CARD_86X54, 86, 54),
            label_sheet(62, 100),
            label_sheet(102, 76),
            Sheet("4x6in", LABEL_4X6_IN, 101.6, 152.4),
            Sheet("4x3in", LABEL_4X3_IN, 101.6, 76.2),
            Sheet("design", A6, 105, 148, follows_design=True),
            Sheet("a4-design", A6, 210, 297, across=2, down=2, follows_design=True),
        )
    }
)
DEFAULT_SHEET: Final = SHEETS["a6"]
