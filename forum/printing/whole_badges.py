"""Whole badges of any number of designs for one file: fronts, with their backs where a design has one."""

from __future__ import annotations

from collections.abc import Sequence

from forum.printing.badge_side import BadgeSide
from forum.printing.bundle import Bundle, Placed
from forum.printing.designs import UsedDesign
from forum.printing.documents import BadgeDocument
from forum.printing.imposing import Drawn, Impression, impression
from forum.printing.press import Press
from forum.printing.sheets import Sheet
from forum.printing.shelf import Shelf


class WholeBadges:
    """Draws both sides, each after its own part of the design."""

    def __init__(
        self, press: Press, bundle: Bundle, sheet: Sheet, *, is_pure: bool, shelf: Shelf | None
    ) -> None:
        self._press = press
        self._bundle = bundle
        self._sheet = sheet
        self._is_pure = is_pure
        self._shelf = shelf
        self._hows: dict[tuple[str, bool], Impression] = {}
        self._sides: dict[str, BadgeSide] = {}

    def drawn(self, documents: Sequence[BadgeDocument]) -> list[tuple[Drawn, Impression]]:
        """The badges in their order, each with how it is printed."""
        hows = [self._how(document) for document in documents]
        fronts: dict[int, Placed] = {}
        backs: dict[int, Placed] = {}
        for how in {id(each): each for each in hows}.values():
            chosen = [index for index, each in enumerate(hows) if each is how]
            fronts.update(self._drawn(chosen, documents, how.used, is_back=False))
            if how.fold != "single":
                backs.update(self._drawn(chosen, documents, how.used, is_back=True))
        return [(Drawn(fronts[index], backs.get(index)), how) for index, how in enumerate(hows)]

    def _how(self, document: BadgeDocument) -> Impression:
        key = document.design.key if document.design else "", document.back is not None
        if key not in self._hows:
            self._hows[key] = impression(self._sheet, document)
        return self._hows[key]

    def _drawn(
        self, chosen: Sequence[int], documents: Sequence[BadgeDocument], used: UsedDesign, *, is_back: bool
    ) -> dict[int, Placed]:
        design = used.design.reverse if is_back else used.design.front
        if design.key not in self._sides:
            self._sides[design.key] = BadgeSide(
                self._press,
                self._bundle,
                UsedDesign(design, used.files),
                is_back=is_back,
                is_pure=self._is_pure,
                shelf=self._shelf,
            )
        sides = self._sides[design.key].drawn([documents[index] for index in chosen])
        return dict(zip(chosen, sides, strict=True))
