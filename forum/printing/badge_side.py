"""One side of badges as operators: what a category shares is drawn once and referred to."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

import weasyprint

from forum.printing import pages, qr
from forum.printing.bundle import Bundle, Placed
from forum.printing.composition import ComposedBadge, Face, compose, compose_face
from forum.printing.design_pictures import Pictures
from forum.printing.designs import CODE, DAY, PHOTO, Block, Design, UsedDesign
from forum.printing.documents import BadgeDocument
from forum.printing.errors import PrintingError
from forum.printing.fonts import printable
from forum.printing.painting import Painted, is_in_house_font, painted, sections
from forum.printing.press import Press
from forum.printing.sheets import MM, Box
from forum.printing.shelf import Drawing, Shelf, key_of
from forum.printing.stamping import Stamp
from forum.printing.structure import Element

_FACE: Final = 0
"""The mark of the drawing that a category shares, where there is one; a person's own lines come after it."""
_LEVEL: Final = 6
_KEPT: Final = 1024
"""Faces and stamps that a press keeps; a forum has a few dozen."""
_ROUNDING: Final = 0.01
_DRESS: Final = ("design", "photo", "back")
"""Known by their keys: the drawing is kept without its back."""
_CONTENT: Final = attrgetter(*(each.name for each in fields(BadgeDocument) if each.name not in _DRESS))
_SHARED: Final = attrgetter("language", "category", "category_label", "event_title", "dates", "place")
"""What decides about a face."""


class BadgeSide:
    """The sides of badges that follow one design, for one file; those drawn before come from ``shelf``.

    ``used`` has the blocks of that side only. What ``is_back`` has no bookmark, because its front has one.
    """

    def __init__(
        self,
        press: Press,
        bundle: Bundle,
        used: UsedDesign,
        *,
        is_back: bool = False,
        is_pure: bool = False,
        shelf: Shelf | None,
    ) -> None:
        if len(press.kept) > _KEPT:
            press.kept.clear()
        self._press = press
        self._bundle = bundle
        self._design = used.design
        self._styles = (*pages.BADGE_STYLES, pages.design_css(used.design))
        self._size = (used.design.width * MM, used.design.height * MM)
        self._stamp = None if is_pure else _stamp(press, used.design)
        self._codes, self._photos = used.design.of_kind(CODE), used.design.of_kind(PHOTO)
        self._has_day = bool(used.design.of_kind(DAY))
        self._shows_person = any(block.is_own and block.kind != DAY for block in used.design.blocks)
        self._is_back = is_back
        self._first_own = _FACE + 1 if used.design.has_face else _FACE
        self._shelf = shelf
        self._pictures = Pictures(press, bundle, used)
        self._faces: dict[object, tuple[Face, bytes]] = {}

    def drawn(self, documents: Sequence[BadgeDocument]) -> list[Placed]:
        """The sides in the order of their badges, each in the corner of a page that it fills."""
        if self._design.has_face:
            self._add_faces([self._face(document) for document in documents])
        shelf = self._shelf
        if self._photos:
            self._pictures.add_photos(documents, shelf)
        drawings = self._draw(documents) if shelf is None else self._from_shelf(shelf, documents)
        return [self._placed(*each) for each in zip(documents, drawings, strict=True)]

    def _from_shelf(self, shelf: Shelf, documents: Sequence[BadgeDocument]) -> list[Drawing]:
        keys = [self._key(document) for document in documents]
        found = shelf.found(keys)
        missing = {key: document for key, document in zip(keys, documents, strict=True) if key not in found}
        drawn = dict(zip(missing, self._draw(list(missing.values())), strict=True))
        shelf.add({key: each for key, each in drawn.items() if each.glyphs}, used=found)
        return [found.get(key) or drawn[key] for key in keys]

    def _key(self, document: BadgeDocument) -> bytes:
        photo = document.photo.key if self._photos and document.photo else None
        day = document.back.sides if self._has_day and document.back else None
        said = _CONTENT(document) if self._shows_person else _SHARED(document)
        return key_of((self._design.key, photo, day, *said))

    def _draw(self, documents: Sequence[BadgeDocument]) -> list[Drawing]:
        faces = [self._face(document) for document in documents]
        badges = [
            compose(document, self._design, face)
            for document, (face, _) in zip(documents, faces, strict=True)
        ]
        own = self._own(badges) if badges else []
        return [
            self._drawing(document, name, each)
            for document, (_, name), each in zip(documents, faces, own, strict=True)
        ]

    def _drawing(self, document: BadgeDocument, face: bytes, own: Painted) -> Drawing:
        parts = [b"/P<</MCID %d>>BDC /%b Do EMC" % (_FACE, face)] if self._design.has_face else []
        parts.append(b"q\n%b\nQ" % own.operators)
        for mark, block in enumerate(self._figures(document), self._first_own + sum(own.paragraphs)):
            parts.append(b"/Figure<</MCID %d>>BDC\n%b\nEMC" % (mark, self._figure(document, block)))
        return Drawing(zlib.compress(b"\n".join(parts), _LEVEL), own.paragraphs, own.glyphs or {})

    def _placed(self, document: BadgeDocument, drawing: Drawing) -> Placed:
        self._bundle.use(drawing.glyphs)
        elements = self._elements(document, drawing.paragraphs)
        title = "" if self._is_back else _bookmark(document)
        return Placed(drawing.packed, 0, 0, elements, document.language, title)

    def _elements(self, document: BadgeDocument, paragraphs: Sequence[int]) -> list[Element]:
        elements = [Element("P", (_FACE,))] if self._design.has_face else []
        mark = self._first_own
        for count in paragraphs:
            elements.append(Element("P", tuple(range(mark, mark + count))))
            mark += count
        for number, block in enumerate(self._figures(document), mark):
            said = document.code if block.kind == CODE else f"{document.family} {document.given}"
            elements.append(Element("Figure", (number,), printable(said), self._place(block.box)))
        return elements

    def _figures(self, document: BadgeDocument) -> tuple[Block, ...]:
        """What is drawn after the texts: the person's code, and the photo where there is one."""
        return (*self._codes, *self._photos) if document.photo is not None else self._codes

    def _figure(self, document: BadgeDocument, block: Block) -> bytes:
        if block.kind == PHOTO and document.photo is not None:
            return self._pictures.photo(document.photo, block)
        bottom = self._design.height - block.y - block.height
        return qr.painted(document.code, block.x * MM, bottom * MM, block.width * MM)

    def _place(self, box: Box) -> tuple[float, float, float, float]:
        left, top = box.x * MM, (self._design.height - box.y) * MM
        return left, top - box.height * MM, left + box.width * MM, top

    def _own(self, badges: Sequence[ComposedBadge]) -> list[Painted]:
        stamp = self._stamp
        stamped = [stamp.painted(badge, self._first_own) if stamp else None for badge in badges]
        left = [badge for badge, drawing in zip(badges, stamped, strict=True) if drawing is None]
        laid_out = iter(self._laid_out(left) if left else ())
        return [drawing or next(laid_out) for drawing in stamped]

    def _laid_out(self, badges: Sequence[ComposedBadge]) -> list[Painted]:
        """By language, because neighbours of one language are laid out faster."""
        order = sorted(range(len(badges)), key=lambda index: badges[index].document.language)
        in_order = [badges[index] for index in order]
        html = pages.badges_html(in_order, self._design, title="", language=in_order[0].document.language)
        drawings = self._painted(html, len(badges), self._first_own)
        return [each for _, each in sorted(zip(order, drawings, strict=True), key=lambda pair: pair[0])]

    def _face(self, document: BadgeDocument) -> tuple[Face, bytes]:
        """What the badge shares with others, and what the form that shows it is called in every file."""
        shared = _SHARED(document)
        if shared not in self._faces:
            face = compose_face(document, self._design)
            name = hashlib.blake2b(repr((face, self._design.key)).encode(), digest_size=8).hexdigest()
            self._faces[shared] = face, b"f" + name.encode()
        return self._faces[shared]

    def _add_faces(self, faces: Sequence[tuple[Face, bytes]]) -> None:
        """Faces that the file does not have yet; what earlier files drew in the house's ink is kept."""
        kept = self._press.kept
        missing = {name: face for face, name in faces if not self._bundle.has_form(name)}
        drawings = {name: kept[name] for name in missing if name in kept}
        new = {name: face for name, face in missing.items() if name not in kept}
        if new:
            html = pages.faces_html(
                list(new.values()), self._design, title="", language="ru", drawings=self._pictures.drawings
            )
            drawings.update(zip(new, self._painted(html, len(new), None), strict=True))
        for name, drawing in drawings.items():
            self._bundle.add_form(name, self._pictures.under(drawing.operators), *self._size)
            if drawing.glyphs is not None:
                self._bundle.use(drawing.glyphs)
                kept[name] = drawing

    def _painted(self, html: str, count: int, first_mark: int | None) -> list[Painted]:
        """The sections of ``html``: the face of each category on a page, people's own on one long page."""
        is_strip = first_mark is not None
        more = (pages.strip_css(self._design, count),) if is_strip else ()
        rendered = self._press.render(html, (*self._styles, *more))
        boxes = [(page, box) for page in rendered.pages for box in sections(page)]
        if (len(rendered.pages), len(boxes)) != (1 if is_strip else count, count):
            raise PrintingError("wrong_page_count", expected=count, pages=len(rendered.pages))
        for _, box in boxes:
            _check_height(box)
        return [_painted_box(self._press, self._bundle, page, box, first_mark) for page, box in boxes]


def _painted_box(
    press: Press, bundle: Bundle, page: weasyprint.Page, box: Any, first_mark: int | None
) -> Painted:
    """A box in the house's ink where the font has all it says, so that it can be kept for other files."""
    if is_in_house_font(box):
        drawing = painted(page, box, press.house_ink, first_mark)
        if drawing.glyphs is not None:
            return drawing
    return painted(page, box, bundle.ink, first_mark)


def _bookmark(document: BadgeDocument) -> str:
    """What leads to the badge in the list of a reader's bookmarks."""
    return printable(" ".join((document.number, document.family, document.given)))


def _stamp(press: Press, design: Design) -> Stamp:
    """The stamp of a design, made once for each press."""
    if design.key not in press.kept:
        press.kept[design.key] = Stamp(press, design)
    stamp: Stamp = press.kept[design.key]
    return stamp


def _check_height(section: Any) -> None:
    """Text that grows out of its badge would stand on the next one."""
    bottom = section.position_y + section.margin_height() + _ROUNDING
    for child in section.children:
        if child.position_y < section.position_y or child.position_y + child.margin_height() > bottom:
            raise PrintingError("text_too_tall")
