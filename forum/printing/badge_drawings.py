"""Badges of any number of designs for one file, with their backs where a design has one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from forum.printing.badge_drawing import BadgeDrawing, painted_box
from forum.printing.bundle import Bundle, Placed
from forum.printing.cards import CardFormat, FacePlace
from forum.printing.designs import Design
from forum.printing.documents import BadgeDocument, CardDocument
from forum.printing.errors import PrintingError
from forum.printing.imposing import Drawn, Impression, impression
from forum.printing.painting import sections
from forum.printing.paper_pages import CARD_STYLES, card_css, cards_html
from forum.printing.press import Press
from forum.printing.sheets import Box, Sheet
from forum.printing.shelf import Shelf
from forum.printing.structure import Element

_LEVEL: Final = 6


class BadgeDrawings:
    """One drawing for each design that comes along."""

    def __init__(
        self, press: Press, bundle: Bundle, sheet: Sheet, *, is_pure: bool, shelf: Shelf | None
    ) -> None:
        self._press = press
        self._bundle = bundle
        self._sheet = sheet
        self._is_pure = is_pure
        self._shelf = shelf
        self._kinds: dict[str, tuple[Impression, BadgeDrawing]] = {}

    def drawn(self, documents: Sequence[BadgeDocument]) -> list[tuple[Drawn, Impression]]:
        """The badges in their order, each with how it is printed."""
        kinds = [self._kind(document) for document in documents]
        fronts: dict[int, Placed] = {}
        for how, drawing in {id(how): (how, drawing) for how, drawing in kinds}.values():
            chosen = [index for index, each in enumerate(kinds) if each[0] is how]
            fronts.update(zip(chosen, drawing.drawn([documents[index] for index in chosen]), strict=True))
        backs = iter(self._backs(documents, [how for how, _ in kinds]))
        return [
            (Drawn(fronts[index], next(backs) if _has_back(document, how) else None), how)
            for index, (document, (how, _)) in enumerate(zip(documents, kinds, strict=True))
        ]

    def _kind(self, document: BadgeDocument) -> tuple[Impression, BadgeDrawing]:
        key = document.design.key if document.design else ""
        if key not in self._kinds:
            how = impression(self._sheet, document)
            drawing = BadgeDrawing(
                self._press, self._bundle, how.used, is_pure=self._is_pure, shelf=self._shelf
            )
            self._kinds[key] = how, drawing
        return self._kinds[key]

    def _backs(self, documents: Sequence[BadgeDocument], hows: Sequence[Impression]) -> Iterator[Placed]:
        for document, how in zip(documents, hows, strict=True):
            if document.back is not None and _has_back(document, how):
                yield self._back(document.back, how.used.design)

    def _back(self, card: CardDocument, design: Design) -> Placed:
        """A back is laid out by WeasyPrint: it is a page of lines that nobody else has."""
        shape = _shape(design)
        laid_out = self._press.render(cards_html([card], shape), (*CARD_STYLES, card_css(shape)))
        if len(laid_out.pages) != 1:
            raise PrintingError("wrong_page_count", expected=1, pages=len(laid_out.pages))
        [page] = laid_out.pages
        [box] = sections(page)
        drawing = painted_box(self._press, self._bundle, page, box, 0)
        self._bundle.use(drawing.glyphs or {})
        elements, mark = [], 0
        for count in drawing.paragraphs:
            elements.append(Element("P", tuple(range(mark, mark + count))))
            mark += count
        return Placed(zlib.compress(drawing.operators, _LEVEL), 0, 0, elements, card.language, "")


def _has_back(document: BadgeDocument, how: Impression) -> bool:
    return how.fold != "single" and document.back is not None


def _shape(design: Design) -> CardFormat:
    whole = FacePlace(Box(0, 0, design.width, design.height))
    return CardFormat(f"back-{design.key}", None, design.width, design.height, ((whole,),))
