"""Pages that WeasyPrint has laid out, as bytes that can be kept and put into any file later.

What they are tagged with comes along: the elements that WeasyPrint makes of the boxes, numbered from 1, with
0 for the document of the file and numbers from ``_PAGES`` on for its own pages.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.pdf.tags import _build_box_tree

from forum.printing.painting import POINTS_PER_PIXEL, Glyphs, Ink, is_in_house_font, painted_page
from forum.printing.shelf import Drawing
from forum.printing.structure import say_scopes

_DOCUMENT: Final = 0
_PAGES: Final = 1_000_000
_LEVEL: Final = 6
_BETWEEN: Final = b"\0"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """Size in points, packed operators, and the element that each mark belongs to."""

    width: float
    height: float
    packed: bytes
    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages of a paper with its elements, ``tops`` those right below the document."""

    pages: tuple[DrawnPage, ...]
    elements: tuple[bytes, ...]
    tops: tuple[int, ...]
    glyphs: Glyphs

    def drawing(self) -> Drawing:
        """As a shelf keeps it."""
        pages = [[page.width, page.height, len(page.packed), page.owners] for page in self.pages]
        head = json.dumps([pages, self.tops], separators=(",", ":")).encode()
        elements = zlib.compress(_BETWEEN.join(self.elements), _LEVEL)
        content = b"".join(
            (len(head).to_bytes(4, "big"), head, *(page.packed for page in self.pages), elements)
        )
        return Drawing(content, (), self.glyphs)


def from_drawing(drawing: Drawing) -> DrawnPages:
    """What ``drawing`` made."""
    content = drawing.packed
    at = 4 + int.from_bytes(content[:4], "big")
    sizes, tops = json.loads(content[4:at])
    pages = []
    for width, height, length, owners in sizes:
        pages.append(DrawnPage(width, height, content[at : at + length], tuple(owners)))
        at += length
    elements = tuple(zlib.decompress(content[at:]).split(_BETWEEN))
    return DrawnPages(tuple(pages), elements, tuple(tops), drawing.glyphs)


def drawn_pages(document: weasyprint.Document, ink: Ink) -> DrawnPages | None:
    """The pages of ``document``; None where they show something else than letters of the house's font."""
    book, root = _Elements(len(document.pages)), pydyf.Dictionary({"S": "/Document"})
    root.number = _DOCUMENT
    pages: list[DrawnPage] = []
    shown: dict[int, frozenset[int]] = {}
    tops: list[int] = []
    for number, page in enumerate(document.pages):
        if not is_in_house_font(page._page_box):
            return None
        marks: dict[Any, Any] = {}
        operators, glyphs = painted_page(page, ink, marks)
        if glyphs is None:
            return None
        for weight, codes in glyphs.items():
            shown[weight] = shown.get(weight, frozenset()) | codes
        owners: dict[int, Any] = {}
        tops += [
            each.number for each in _build_box_tree(page._page_box, root, book, number, owners, [], marks)
        ]
        size = (page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL)
        numbers = tuple(int(owners[mark].split()[0]) for mark in sorted(owners))
        pages.append(DrawnPage(*size, zlib.compress(operators, _LEVEL), numbers))
    say_scopes(book.elements)
    return DrawnPages(tuple(pages), tuple(each.data for each in book.elements), tuple(tops), shown)


class _Elements:
    """Numbers elements from 1; it has what WeasyPrint asks of a file when it tags boxes."""

    def __init__(self, pages: int) -> None:
        self.page_references: Sequence[bytes] = [b"%d 0 R" % (_PAGES + number) for number in range(pages)]
        self.elements: list[Any] = []

    def add_object(self, element: Any) -> None:
        self.elements.append(element)
        element.number = len(self.elements)


def target(number: int, document: int, first: int, pages: Sequence[int]) -> int:
    """The number in a file of what is numbered so here; ``first`` is that of the first element."""
    if number >= _PAGES:
        return pages[number - _PAGES]
    return first + number - 1 if number else document
