"""How badges of a design lie on paper: alone, side by side, with their backs on the next page, or folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from forum.printing.bundle import Bundle, Placed
from forum.printing.designs import Design, UsedDesign, standard
from forum.printing.documents import BadgeDocument
from forum.printing.errors import PrintingError
from forum.printing.sheets import MM, Sheet

_FOLDED: Final = ("top", "side")
_FOLD_MARK: Final = 3.0
"""How far a mark of a fold reaches into the paper, in millimetres."""


@dataclass(frozen=True, slots=True)
class Impression:
    """What a badge is printed after, and on what: ``sheet`` is laid out for pieces of its size."""

    used: UsedDesign
    sheet: Sheet
    fold: str = "single"

    @property
    def page(self) -> tuple[object, ...]:
        """Equal for badges that can lie on one page."""
        sheet = self.sheet
        sizes = (sheet.paper_width, sheet.paper_height, sheet.layout.width, sheet.layout.height)
        return (*sizes, self.fold)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A badge with its back, each in the corner of a page of its own."""

    front: Placed
    back: Placed | None = None


def design_on(sheet: Sheet, document: BadgeDocument) -> UsedDesign:
    """The badge's own design where the sheet takes its size, else the standard one of the sheet's format."""
    used = document.design
    return (
        used
        if used is not None and (sheet.follows_design or fits(used.design, sheet))
        else standard(sheet.layout)
    )


def fits(design: Design, sheet: Sheet) -> bool:
    """Whether a badge of that design is as large as the format that ``sheet`` is for."""
    return (design.width, design.height) == (sheet.layout.width, sheet.layout.height)


def impression(sheet: Sheet, document: BadgeDocument) -> Impression:
    """How that badge is printed on ``sheet``; ``PrintingError`` where it is larger than the paper."""
    used = design_on(sheet, document)
    design, fold = used.design, used.design.fold if document.back is not None else "single"
    if not sheet.follows_design:
        return Impression(used, sheet, "double" if design.has_back and fold != "single" else "single")
    wide = design.width * (2 if fold == "side" else 1)
    tall = design.height * (2 if fold == "top" else 1)
    return Impression(used, _filled(sheet, wide, tall), fold)


def _filled(sheet: Sheet, wide: float, tall: float) -> Sheet:
    """A sheet of pieces of that size: one as large as its paper, or as many as the paper holds.

    The layout of a sheet only tells it the size of what lies on it.
    """
    layout = replace(sheet.layout, width=wide, height=tall)
    if sheet.badges_on_a_page == 1:
        return replace(sheet, layout=layout, paper_width=wide, paper_height=tall)
    papers = ((sheet.paper_width, sheet.paper_height), (sheet.paper_height, sheet.paper_width))
    ways = [
        replace(
            sheet,
            layout=layout,
            paper_width=width,
            paper_height=height,
            across=int(width // wide),
            down=int(height // tall),
        )
        for width, height in papers
    ]
    best = max(ways, key=lambda way: way.badges_on_a_page)
    if best.badges_on_a_page == 0:
        raise PrintingError("design_too_large", width=wide, height=tall)
    return best


class Imposer:
    """Puts badges on pages as soon as a page is full; those that share a page have the same size and fold."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._waiting: dict[tuple[object, ...], tuple[Impression, list[Drawn | None]]] = {}

    def add(self, badge: Drawn, how: Impression) -> None:
        # The first page of labels may begin in its middle: nothing lies on those that are gone.
        first, waiting = self._waiting.setdefault(how.page, (how, [None] * (how.sheet.first - 1)))
        waiting.append(badge)
        if len(waiting) == first.sheet.badges_on_a_page:
            self._flush(first.sheet, first.fold, waiting)
            waiting.clear()

    def finish(self) -> None:
        """The last pages, which are not full."""
        for how, waiting in self._waiting.values():
            if waiting:
                self._flush(how.sheet, how.fold, waiting)
        self._waiting.clear()

    def _flush(self, sheet: Sheet, fold: str, badges: Sequence[Drawn | None]) -> None:
        width, height = sheet.paper_width * MM, sheet.paper_height * MM
        is_alone = (width, height) == (sheet.layout.width * MM, sheet.layout.height * MM)
        places = zip(sheet.places(), badges, strict=False)
        placed = [(place, badge) for place, badge in places if badge is not None]
        if fold not in _FOLDED and is_alone and not sheet.is_moved:
            for side in (placed[0][1].front, placed[0][1].back):
                if side is not None:
                    self._bundle.add_paper(side, width, height)
            return
        fronts = [part for place, badge in placed for part in _parts(sheet, fold, place, badge)]
        self._bundle.add_sheet(fronts, width, height, cut_marks(sheet) + fold_marks(sheet, fold))
        backs = [
            _at(badge.back, sheet, sheet.paper_width - x - sheet.layout.width + 2 * sheet.right, y)
            for (x, y), badge in placed
            if fold == "double" and badge.back is not None
        ]
        if backs:
            self._bundle.add_sheet(backs, width, height, b"")


def _parts(sheet: Sheet, fold: str, place: tuple[float, float], badge: Drawn) -> Iterator[Placed]:
    """What of a badge lies on the page of its front: a piece that is folded has its back beside it."""
    x, y = place
    match fold:
        case "top":
            yield replace(badge.front, x=x * MM, y=(sheet.paper_height - y - sheet.layout.height) * MM)
            if badge.back is not None:
                corner = ((x + sheet.layout.width) * MM, (sheet.paper_height - y) * MM)
                yield replace(badge.back, x=corner[0], y=corner[1], is_turned=True)
        case "side":
            bottom = (sheet.paper_height - y - sheet.layout.height) * MM
            yield replace(badge.front, x=(x + sheet.layout.width / 2) * MM, y=bottom)
            if badge.back is not None:
                yield replace(badge.back, x=x * MM, y=bottom)
        case _:
            yield _at(badge.front, sheet, x, y)


def _at(side: Placed, sheet: Sheet, x: float, y: float) -> Placed:
    return replace(side, x=x * MM, y=sheet.paper_height * MM - y * MM - sheet.layout.height * MM)


def cut_marks(sheet: Sheet) -> bytes:
    lines = [
        b"%.3f %.3f m %.3f %.3f l"
        % (x1 * MM, (sheet.paper_height - y1) * MM, x2 * MM, (sheet.paper_height - y2) * MM)
        for x1, y1, x2, y2 in sheet.cut_marks()
    ]
    return b"q 0.25 w 0.5 G\n%b\nS Q" % b"\n".join(lines) if lines else b""


def fold_marks(sheet: Sheet, fold: str) -> bytes:
    """Short dashes at both ends of each fold."""
    wide, tall = sheet.layout.width, sheet.layout.height
    ends = {
        "top": ((0, tall / 2, _FOLD_MARK, tall / 2), (wide - _FOLD_MARK, tall / 2, wide, tall / 2)),
        "side": ((wide / 2, 0, wide / 2, _FOLD_MARK), (wide / 2, tall - _FOLD_MARK, wide / 2, tall)),
    }.get(fold, ())
    lines = [
        b"%.3f %.3f m %.3f %.3f l"
        % (
            (x + x1) * MM,
            (sheet.paper_height - y - y1) * MM,
            (x + x2) * MM,
            (sheet.paper_height - y - y2) * MM,
        )
        for x, y in sheet.places()
        for x1, y1, x2, y2 in ends
    ]
    return b"\nq 0.25 w 0.5 G [1 1] 0 d\n%b\nS Q" % b"\n".join(lines) if lines else b""
