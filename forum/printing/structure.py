"""What a screen reader follows through a PDF: parts in their order, and the bookmarks that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pydyf

from forum.printing.writer import Writer

_KEYS_IN_A_LEAF: Final = 64


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph (``P``) or a picture (``Figure``) with the numbers of its marked content."""

    tag: str
    marks: tuple[int, ...]
    alternative: str = ""
    box: tuple[float, float, float, float] | None = None

    def later(self, count: int) -> Element:
        """The same with ``count`` marks before it."""
        return replace(self, marks=tuple(mark + count for mark in self.marks))


class Structure:
    """The tree of a file. Parts are added page by page and written at once."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._root, self.document, self._keys = (writer.reserve() for _ in range(3))
        self._parts: list[int] = []
        self._owners: list[bytes] = []
        self._leaf: list[tuple[int, bytes]] = []
        self._leaves: list[bytes] = []
        self._next_key = 0
        self._bookmarks: list[tuple[str, int]] = []

    def next_key(self) -> int:
        """The number under which a page looks up what its marks belong to."""
        self._next_key += 1
        return self._next_key - 1

    def add_bookmark(self, title: str, page: int) -> None:
        """``page`` is the number of the page's object."""
        self._bookmarks.append((title, page))

    def add_part(self, elements: Sequence[Element], *, page: int, language: str) -> None:
        """A paper of the page that is being made; ``end_page`` comes after its last one."""
        part = self._writer.reserve(1 + len(elements))
        for number, element in enumerate(elements, part + 1):
            self._owners += [b"%d 0 R" % number] * len(element.marks)
            self._writer.put(number, _element(element, part, page))
        children = b" ".join(b"%d 0 R" % number for number in range(part + 1, part + 1 + len(elements)))
        entries = (self.document, page, pydyf.String(language).data, children)
        self._writer.put(part, b"<</Type/StructElem/S/Sect/P %d 0 R/Pg %d 0 R/Lang%b/K[%b]>>" % entries)
        self._parts.append(part)

    def end_page(self, key: int) -> None:
        self.own(key, self._owners)
        self._owners = []

    def add_tree(self, numbers: Sequence[int]) -> None:
        """Elements that WeasyPrint has made, below the document itself."""
        self._parts.extend(numbers)

    def own(self, key: int, owners: Sequence[bytes]) -> None:
        """The marks 0, 1 … under ``key`` belong to these elements; keys come in rising order."""
        self._leaf.append((key, b"[%b]" % b" ".join(owners)))
        if len(self._leaf) == _KEYS_IN_A_LEAF:
            self._write_leaf()

    def close(self) -> None:
        """Write the tree and enter it into the catalog."""
        self._write_leaf()
        put, catalog = self._writer.put, self._writer.catalog
        put(self._keys, b"<</Kids[%b]>>" % b" ".join(self._leaves))
        parts = b" ".join(b"%d 0 R" % number for number in self._parts)
        put(self.document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (self._root, parts))
        root = (self.document, self._keys, self._next_key)
        put(self._root, b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % root)
        catalog["StructTreeRoot"] = b"%d 0 R" % self._root
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        if self._bookmarks:
            catalog["Outlines"] = b"%d 0 R" % self._write_bookmarks()

    def _write_leaf(self) -> None:
        if not self._leaf:
            return
        number = self._writer.reserve()
        entries = b" ".join(b"%d %b" % each for each in self._leaf)
        limits = (self._leaf[0][0], self._leaf[-1][0])
        self._writer.put(number, b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, entries))
        self._leaves.append(b"%d 0 R" % number)
        self._leaf.clear()

    def _write_bookmarks(self) -> int:
        count = len(self._bookmarks)
        outline = self._writer.reserve(1 + count)
        first, last = outline + 1, outline + count
        for number, (title, page) in enumerate(self._bookmarks, first):
            before = b"/Prev %d 0 R" % (number - 1) if number > first else b""
            after = b"/Next %d 0 R" % (number + 1) if number < last else b""
            entries = (pydyf.String(title).data, outline, before, after, page)
            self._writer.put(number, b"<</Title%b/Parent %d 0 R%b%b/Dest[%d 0 R/Fit]>>" % entries)
        self._writer.put(
            outline, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count)
        )
        return outline


def say_scopes(elements: Iterable[Any]) -> None:
    """Say of every heading of a table whether it is that of its row or of its column."""
    dictionaries = [each for each in elements if isinstance(each, pydyf.Dictionary)]
    rows_of_data = {each["P"] for each in dictionaries if each.get("S") == "/TD"}
    for each in dictionaries:
        if each.get("S") == "/TH":
            each["A"]["Scope"] = "/Row" if each["P"] in rows_of_data else "/Column"


def _element(element: Element, part: int, page: int) -> bytes:
    more = b""
    if element.alternative:
        more += b"/Alt" + pydyf.String(element.alternative).data
    if element.box:
        more += b"/A<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % element.box
    marks = b" ".join(b"%d" % mark for mark in element.marks)
    entries = (element.tag.encode(), part, page, marks, more)
    return b"<</Type/StructElem/S/%b/P %d 0 R/Pg %d 0 R/K[%b]%b>>" % entries
