"""Plates, tent cards and signs: large words on faces of a paper that is folded or cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from forum.domain.localized import Localized
from forum.printing.documents import CardDocument, CardSide
from forum.printing.errors import PrintingError
from forum.printing.fitting import FittedText, TextStyle, column_height, fit_column
from forum.printing.fonts import printable
from forum.printing.sheets import MM, SHEETS, Box, Sheet

_EDGE: Final = 0.075
"""Empty paper around the words of a face, as a share of its width; of its height it is twice that at most."""


@dataclass(frozen=True, slots=True)
class Role:
    """How a text of a card is set: sizes and gap as shares of the height of its face."""

    weight: int
    largest: float
    legible: float
    smallest: float
    lines: int
    leading: float = 1.15
    gap: float = 0.0

    def style(self, height: float) -> TextStyle:
        """The style on a face of ``height`` points."""
        sizes = (self.largest * height, self.legible * height, self.smallest * height)
        return TextStyle(self.weight, *sizes, self.lines, self.leading, self.gap * height)


ROLES: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "family": Role(700, 0.27, 0.13, 0.08, 2, 1.04),
        "given": Role(500, 0.145, 0.085, 0.06, 2, 1.12, 0.02),
        "position": Role(400, 0.066, 0.044, 0.036, 3, 1.2, 0.055),
        "company": Role(700, 0.066, 0.044, 0.036, 3, 1.2, 0.025),
        "other_company": Role(500, 0.056, 0.04, 0.032, 2, 1.2, 0.015),
        "back_name": Role(700, 0.045, 0.03, 0.024, 2, 1.15),
        "back_day": Role(700, 0.024, 0.02, 0.018, 1, 1.2, 0.022),
        "back_line": Role(400, 0.02, 0.02, 0.02, 2, 1.25, 0.006),
        "back_foot": Role(500, 0.024, 0.02, 0.018, 2, 1.25, 0.03),
        "word": Role(500, 0.12, 0.07, 0.05, 1, 1.1),
        "number": Role(700, 0.62, 0.3, 0.2, 1, 1.0, 0.0),
        "room": Role(700, 0.24, 0.1, 0.07, 3, 1.06),
        "other_room": Role(500, 0.12, 0.06, 0.045, 2, 1.12, 0.06),
        "event": Role(400, 0.045, 0.03, 0.024, 2, 1.2, 0.08),
    }
)


@dataclass(frozen=True, slots=True)
class FacePlace:
    """Where a face lies on the paper, in millimetres; one that ``is_turned`` stands on its head."""

    box: Box
    side: int = 0
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class CardFormat:
    """A paper with ``cards``, each with its faces; ``folds`` and ``cuts`` are heights from its top, in mm."""

    code: str
    title: Localized | None  # a back is called as the sheet of badges that it belongs to
    width: float
    height: float
    cards: tuple[tuple[FacePlace, ...], ...]
    folds: tuple[float, ...] = ()
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ComposedFace:
    """A face ready to be drawn: ``top`` is where its words begin, in millimetres from the face's own top."""

    place: FacePlace
    language: str
    top: float
    edge: float
    texts: tuple[tuple[str, TextStyle, FittedText], ...]


def _tents(code: str, title: Localized, width: float, height: float, count: int) -> CardFormat:
    """``count`` tent cards below each other: of each the upper face stands on its head, behind the fold."""
    one = height / count
    half = one / 2
    return CardFormat(
        code,
        title,
        width,
        height,
        tuple(
            (
                FacePlace(Box(0, top + half, width, half)),
                FacePlace(Box(0, top, width, half), side=1, is_turned=True),
            )
            for top in (number * one for number in range(count))
        ),
        folds=tuple(number * one + half for number in range(count)),
        cuts=tuple(number * one for number in range(1, count)),
    )


def _flat(code: str, title: Localized, width: float, height: float, count: int = 1) -> CardFormat:
    """``count`` cards with one face each, below each other."""
    one = height / count
    return CardFormat(
        code,
        title,
        width,
        height,
        tuple((FacePlace(Box(0, number * one, width, one)),) for number in range(count)),
        cuts=tuple(number * one for number in range(1, count)),
    )


_TENT_A4: Final = Localized(
    ru="А4 поперёк, складывается пополам: 297 × 105 мм",
    kk="А4 көлденең, екіге бүктеледі: 297 × 105 мм",
    en="A4 across, folded in half: 297 × 105 mm",
)
_TENT_A5: Final = Localized(
    ru="А4, две карточки 210 × 74 мм: разрезать и сложить",
    kk="А4, екі карточка 210 × 74 мм: қиып, бүктеу керек",
    en="A4, two cards of 210 × 74 mm: cut and fold",
)
_PLATE: Final = Localized(
    ru="А4, три таблички 210 × 99 мм: разрезать",
    kk="А4, үш тақтайша 210 × 99 мм: қию керек",
    en="A4, three plates of 210 × 99 mm: cut",
)
_SIGN_A4: Final = Localized(ru="А4 поперёк", kk="А4 көлденең", en="A4 across")
_SIGN_A3: Final = Localized(ru="А3 поперёк", kk="А3 көлденең", en="A3 across")
_SIGN_A5: Final = Localized(
    ru="А4, два указателя А5: разрезать", kk="А4, екі А5 көрсеткіш: қию керек", en="A4, two A5 signs: cut"
)


def _back(sheet: Sheet) -> CardFormat:
    """The backs of a sheet that is turned over its long edge: what was at the left comes to the right."""
    size = sheet.layout
    return CardFormat(
        sheet.code,
        None,
        sheet.paper_width,
        sheet.paper_height,
        tuple(
            (FacePlace(Box(sheet.paper_width - x - size.width, y, size.width, size.height)),)
            for x, y in sheet.places()
        ),
    )


BACKS: Final = ("a6", "a4-4xa6", "96x134", "a4-4x96x134", "102x152", "a4-2x102x152")
"""Sheets of badges whose back has room for a day."""
CARD_FORMATS: Final[Mapping[str, CardFormat]] = MappingProxyType(
    {
        each.code: each
        for each in (
            _tents("tent-a4", _TENT_A4, 297, 210, 1),
            _tents("tent-2xa5", _TENT_A5, 210, 297, 2),
            _flat("plate-3x210x99", _PLATE, 210, 297, 3),
            _flat("sign-a4", _SIGN_A4, 297, 210),
            _flat("sign-a3", _SIGN_A3, 420, 297),
            _flat("sign-2xa5", _SIGN_A5, 210, 297, 2),
            *(_back(SHEETS[code]) for code in BACKS),
        )
    }
)


def card_format(code: str) -> CardFormat:
    """The format called ``code``; ``PrintingError`` when there is none."""
    if code not in CARD_FORMATS:
        raise PrintingError("unknown_sheet", sheet=code)
    return CARD_FORMATS[code]


def composed(document: CardDocument, places: Sequence[FacePlace]) -> tuple[ComposedFace, ...]:
    """Each face of a card with its words broken, sized and set in the middle of its height."""
    return tuple(
        _face(place, document.sides[min(place.side, len(document.sides) - 1)].language, side)
        for place in places
        for side in (document.sides[min(place.side, len(document.sides) - 1)],)
    )


def _face(place: FacePlace, language: str, side: CardSide) -> ComposedFace:
    box = place.box
    edge = min(_EDGE * box.width, 2 * _EDGE * box.height)
    texts = tuple((role, printable(text)) for role, text in side.texts)
    return _fitted(place, language, box.width, box.height, edge, texts)


@lru_cache(maxsize=512)
def _fitted(
    place: FacePlace,
    language: str,
    width: float,
    height: float,
    edge: float,
    texts: tuple[tuple[str, str], ...],
) -> ComposedFace:
    rows = [(text, ROLES[role].style(height * MM)) for role, text in texts]
    room = (height - edge) * MM
    fitted = fit_column(rows, (width - 2 * edge) * MM, room)
    taken = column_height(rows, fitted)
    present = tuple(
        (role, style, each)
        for (role, text), (_, style), each in zip(texts, rows, fitted, strict=True)
        if text
    )
    return ComposedFace(place, language, (height - taken / MM) / 2, edge, present)
