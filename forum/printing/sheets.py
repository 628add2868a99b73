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
    """

    code: str
    layout: BadgeLayout
    paper_width: float
    paper_height: float
    across: int = 1
    down: int = 1
    follows_design: bool = False

    @property
    def badges_on_a_page(self) -> int:
        return self.across * self.down

    @property
    def margins(self) -> tuple[float, float]:
        """Empty paper to the left (and right) and above (and below) the badges."""
        return (
            (self.paper_width - self.across * self.layout.width) / 2,
            (self.paper_height - self.down * self.layout.height) / 2,
        )

    @property
    def has_cut_marks(self) -> bool:
        """Marks stand outside the badges, so they need room on all four sides."""
        return self.badges_on_a_page > 1 and min(self.margins) >= MARK_GAP + MARK_LENGTH

    def places(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of the badges, row by row."""
        left, top = self.margins
        return tuple(
            (left + column * self.layout.width, top + row * self.layout.height)
            for row in range(self.down)
            for column in range(self.across)
        )

    def cut_marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """Short lines (x1, y1, x2, y2) that show where to cut.

        With room around the badges they stand outside them. Four A6 fill an A4 to the edge: there
        the only marks are small crosses where the corners of four badges meet.
        """
        xs = [self.margins[0] + column * self.layout.width for column in range(self.across + 1)]
        ys = [self.margins[1] + row * self.layout.height for row in range(self.down + 1)]
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


A6: Final = _portrait("a6", 105, 148)
WALLET_96X134: Final = _portrait("96x134", 96, 134)
WALLET_102X152: Final = _portrait("102x152", 102, 152)
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
            Sheet("design", A6, 105, 148, follows_design=True),
            Sheet("a4-design", A6, 210, 297, across=2, down=2, follows_design=True),
        )
    }
)
DEFAULT_SHEET: Final = SHEETS["a6"]


def sheet_by_code(code: str) -> Sheet:
    """The sheet called ``code``; ``PrintingError`` when there is none."""
    if code not in SHEETS:
        raise PrintingError("unknown_sheet", sheet=code)
    return SHEETS[code]
