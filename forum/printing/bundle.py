"""A PDF/UA-1 that grows page by page, with one subset of each font."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

import pydyf
import weasyprint
from weasyprint.document import DocumentMetadata
from weasyprint.pdf import _use_references
from weasyprint.pdf.tags import _build_box_tree

from forum.printing.drawn_pages import DrawnPages, target
from forum.printing.embedding import embed
from forum.printing.fonts import glyphs
from forum.printing.painting import OPAQUE, POINTS_PER_PIXEL, Glyphs, Ink
from forum.printing.speaking import SpeakingStream
from forum.printing.structure import Element, Structure, say_scopes
from forum.printing.writer import Writer

_LEVEL: Final = 6
_MARK: Final = re.compile(rb"/MCID (\d+)")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_NAME: Final = re.compile(rb"\((\d+)-")
"""WeasyPrint names the headings of a table after the number of the table's element."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A paper on a page: its packed operators, its lower left corner in points, and how it is read.

    Its marks are numbered from 0. One that ``is_turned`` stands on its head: its corner is the upper
    right one.
    """

    packed: bytes
    x: float
    y: float
    elements: Sequence[Element]
    language: str
    bookmark: str
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels as they stand in a PDF, in RGB; ``mask`` is how opaque each is, packed by ``zlib``."""

    packed: bytes
    width: int
    height: int
    is_jpeg: bool
    mask: bytes | None = None


class Bundle:
    """Pages go into ``output`` at once, so memory does not grow with the number of papers."""

    def __init__(self, ink: Ink, output: BinaryIO, *, title: str, language: str) -> None:
        self.ink = ink
        self._writer = Writer(output)
        self._structure = Structure(self._writer)
        self._title, self._language = title, language
        self._pages, self._resources = self._writer.reserve(), self._writer.reserve()
        self._forms: dict[str, bytes] = {}
        self._fonts = {font.weight: font for font in ink.fonts.values()}
        self._metadata = DocumentMetadata(title=title, lang=language)

    def use(self, shown: Glyphs) -> None:
        """These glyphs of the house's font are shown in the file."""
        for weight, codes in shown.items():
            font, known = self._fonts[weight], glyphs(weight)
            for code in codes - font.to_unicode.keys():
                font.to_unicode[code], font.widths[code] = known[code]

    def has_form(self, name: bytes) -> bool:
        return name.decode() in self._forms

    def add_form(self, name: bytes, operators: bytes, width: float, height: float) -> None:
        """A drawing for many pages, which draw it with ``/name Do``."""
        number = self._writer.reserve()
        entries = (width, height, self._resources)
        self._writer.put_stream(
            number,
            b"/Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]/Resources %d 0 R" % entries,
            zlib.compress(operators, _LEVEL),
        )
        self._forms[name.decode()] = b"%d 0 R" % number

    def add_raster(self, name: bytes, raster: Raster) -> None:
        """A picture for any number of pages, which draw it with ``/name Do`` on a square of one by one."""
        size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (
            raster.width,
            raster.height,
        )
        entries = size + b"/ColorSpace/DeviceRGB"
        if raster.mask is not None:
            mask = self._writer.reserve()
            self._writer.put_stream(mask, size + b"/ColorSpace/DeviceGray", raster.mask)
            entries += b"/SMask %d 0 R" % mask
        number = self._writer.reserve()
        put = self._writer.put_jpeg if raster.is_jpeg else self._writer.put_stream
        put(number, entries, raster.packed)
        self._forms[name.decode()] = b"%d 0 R" % number

    def add_paper(self, paper: Placed, width: float, height: float) -> None:
        """A page of ``width`` times ``height`` points that shows one paper in its corner."""
        self._add_page([paper], paper.packed, width, height)

    def add_sheet(self, papers: Sequence[Placed], width: float, height: float, lines: bytes) -> None:
        """A page of ``width`` times ``height`` points that shows papers, and ``lines`` around them."""
        drawn, first = [], 0
        renumbered = []
        for paper in papers:
            operators = _renumbered(zlib.decompress(paper.packed), first)
            turn = b"-1 0 0 -1" if paper.is_turned else b"1 0 0 1"
            drawn.append(b"q %b %.3f %.3f cm\n%b\nQ" % (turn, paper.x, paper.y, operators))
            renumbered.append(replace(paper, elements=[each.later(first) for each in paper.elements]))
            first += sum(len(each.marks) for each in paper.elements)
        if lines:
            drawn.append(b"/Artifact BMC\n%b\nEMC" % lines)
        self._add_page(renumbered, zlib.compress(b"\n".join(drawn), _LEVEL), width, height)

    def add_document(self, document: weasyprint.Document, *, bookmark: str) -> None:
        """All pages of a document that WeasyPrint has laid out, tagged after its elements."""
        root = pydyf.Dictionary({"S": "/Document"})
        root.number = self._structure.document
        for number, page in enumerate(document.pages):
            marks: dict[Any, Any] = {}
            key = self._structure.next_key()
            reference = self._add_painted(page, marks, key)
            if number == 0:
                self._structure.add_bookmark(bookmark, reference)
            owners: dict[int, bytes] = {}
            index = len(self._writer.page_references) - 1
            made = list(_build_box_tree(page._page_box, root, self._writer, index, owners, [], marks))
            self._structure.add_tree([element.number for element in made])
            self._structure.own(key, [owners[mark] for mark in sorted(owners)])
        say_scopes(self._writer.unsettled)
        self._writer.settle()

    def add_drawn(self, drawn: DrawnPages, *, bookmark: str) -> None:
        """Pages that were drawn before, with their tags."""
        self.use(drawn.glyphs)
        first = self._writer.reserve(len(drawn.elements))
        pages, keys = [], []
        for page in drawn.pages:
            number, contents = self._begin_page(), self._writer.reserve()
            self._writer.put_stream(contents, b"", page.packed)
            keys.append(self._structure.next_key())
            self._end_page(number, contents, page.width, page.height, keys[-1])
            pages.append(number)

        def here(number: int) -> int:
            return target(number, self._structure.document, first, pages)

        for number, element in enumerate(drawn.elements, first):
            body = _REFERENCE.sub(lambda each: b"%d 0 R" % here(int(each[1])), element)
            self._writer.put(number, _NAME.sub(lambda each: b"(%d-" % here(int(each[1])), body))
        self._structure.add_bookmark(bookmark, pages[0])
        self._structure.add_tree([here(number) for number in drawn.tops])
        for key, page in zip(keys, drawn.pages, strict=True):
            self._structure.own(key, [b"%d 0 R" % here(number) for number in page.owners])

    def finish(self) -> None:
        """End the file. Nothing can be added afterwards."""
        writer, resources = self._writer, self.ink.resources
        resources["Font"] = embed(writer, self.ink)
        for state, kind in OPAQUE.items():
            resources["ExtGState"].setdefault(state, pydyf.Dictionary({kind: 1}))
        _use_references(writer, resources, self.ink.pictures, {})
        resources["XObject"].update(self._forms)
        writer.settle()
        writer.put(self._resources, resources.data)
        kids = b" ".join(writer.page_references)
        pages = (len(writer.page_references), kids)
        writer.put(self._pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % pages)
        self._structure.close()
        writer.catalog["Pages"] = b"%d 0 R" % self._pages
        writer.catalog["Lang"] = pydyf.String(self._language)
        writer.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        self._metadata.include_in_pdf(writer, "ua", 1, None, True)
        producer = pydyf.String(f"WeasyPrint {weasyprint.__version__}")
        writer.close(pydyf.Dictionary({"Title": pydyf.String(self._title), "Producer": producer}))

    def _add_page(self, papers: Sequence[Placed], packed: bytes, width: float, height: float) -> None:
        page, key = self._begin_page(), self._structure.next_key()
        number = self._writer.reserve()
        self._writer.put_stream(number, b"", packed)
        self._end_page(page, number, width, height, key)
        for paper in papers:
            self._structure.add_part(paper.elements, page=page, language=paper.language)
            if paper.bookmark:
                self._structure.add_bookmark(paper.bookmark, page)
        self._structure.end_page(key)

    def _add_painted(self, page: weasyprint.Page, marks: dict[Any, Any], key: int) -> int:
        width, height = page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL
        ink = self.ink
        area = (0, 0, width, height)
        stream = SpeakingStream(ink.fonts, area, ink.resources, ink.pictures, marks, {}, None, compress=True)
        stream.transform(d=-1, f=height)
        page.paint(stream, POINTS_PER_PIXEL)
        number = self._begin_page()
        self._writer.add_object(stream)
        self._end_page(number, stream.number, width, height, key)
        return number

    def _begin_page(self) -> int:
        page = self._writer.reserve()
        self._writer.page_references.append(b"%d 0 R" % page)
        return page

    def _end_page(self, page: int, contents: int, width: float, height: float, key: int) -> None:
        entries = (self._pages, width, height, contents, self._resources, key)
        self._writer.put(
            page,
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R/Resources %d 0 R"
            b"/Tabs/S/StructParents %d>>" % entries,
        )


def _renumbered(operators: bytes, first: int) -> bytes:
    """With marks that begin at ``first`` instead of 0: a page counts its marks through."""
    return _MARK.sub(lambda mark: b"/MCID %d" % (int(mark[1]) + first), operators) if first else operators
