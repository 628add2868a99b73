"""PDF objects written straight into a file, so that memory does not grow with the papers.

Streams are written as they come. Everything else is packed, two hundred objects together, and read
by viewers one pack at a time.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import Any, BinaryIO, Final

import pydyf

_PACK: Final = 200
_LEVEL: Final = 6
_IN_FILE, _IN_PACK = 1, 2


class Writer:
    """Numbers objects, writes them, and ends the file with the table of where each one is.

    It has what WeasyPrint asks of ``pydyf.PDF`` when it adds fonts, pictures and tags: ``add_object``,
    ``catalog`` and ``page_references``.
    """

    def __init__(self, output: BinaryIO) -> None:
        self.catalog = pydyf.Dictionary({"Type": "/Catalog"})
        self.page_references: list[bytes] = []
        self._output = output
        self._position = 0
        self._digest = hashlib.blake2b(digest_size=16)
        self._kinds = array("B", [0])
        self._places = array("Q", [0])
        self._indexes = array("H", [0])
        self._pack: list[tuple[int, bytes]] = []
        self._open: list[Any] = []
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def reserve(self, count: int = 1) -> int:
        """The first of ``count`` numbers in a row, to be put later."""
        first = len(self._kinds)
        self._kinds.extend([0] * count)
        self._places.extend([0] * count)
        self._indexes.extend([0] * count)
        return first

    def put(self, number: int, body: bytes) -> None:
        """Any object but a stream."""
        self._pack.append((number, body))
        if len(self._pack) == _PACK:
            self._write_pack()

    def put_stream(self, number: int, entries: bytes, packed: bytes) -> None:
        """A stream whose content ``zlib`` has packed; ``entries`` are those of its dictionary."""
        self._put_filtered(number, entries, b"FlateDecode", packed)

    def put_jpeg(self, number: int, entries: bytes, content: bytes) -> None:
        """A picture that is a JPEG already."""
        self._put_filtered(number, entries, b"DCTDecode", content)

    def put_whole(self, number: int, stream: bytes) -> None:
        """A stream with its dictionary, as it stands in a file."""
        self._write_object(number, stream)

    def _put_filtered(self, number: int, entries: bytes, name: bytes, content: bytes) -> None:
        parts = (entries, name, len(content), content)
        self._write_object(number, b"<<%b/Filter/%b/Length %d>>\nstream\n%b\nendstream" % parts)

    def add_object(self, item: Any) -> None:
        """An object of pydyf; it may still change until ``settle``."""
        item.number = self.reserve()
        self._open.append(item)

    @property
    def unsettled(self) -> tuple[Any, ...]:
        """What was added and may still change."""
        return tuple(self._open)

    def settle(self) -> None:
        """Write what was added: it does not change any more."""
        for item in self._open:
            if isinstance(item, pydyf.Stream):
                self._write_object(item.number, item.data)
            else:
                self.put(item.number, item.data)
        self._open.clear()

    def close(self, info: pydyf.Dictionary) -> None:
        """End the file. Equal objects have made equal bytes, the identifier included."""
        self.add_object(info)
        self.add_object(self.catalog)
        self.settle()
        self._write_pack()
        number, start = self.reserve(), self._position
        self._places[number], self._kinds[number] = start, _IN_FILE
        identifier = self._digest.hexdigest().encode()
        entries = b"/Type/XRef/W[1 6 2]/Size %d/Root %b/Info %b/ID[<%b><%b>]" % (
            len(self._kinds),
            self.catalog.reference,
            info.reference,
            identifier,
            identifier,
        )
        self.put_stream(number, entries, zlib.compress(self._table(), _LEVEL))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _table(self) -> bytes:
        rows = zip(self._kinds, self._places, self._indexes, strict=True)
        return b"".join(
            bytes((kind,)) + place.to_bytes(6, "big") + index.to_bytes(2, "big")
            for kind, place, index in rows
        )

    def _write_pack(self) -> None:
        if not self._pack:
            return
        pack = self.reserve()
        head, offset = [], 0
        for index, (number, body) in enumerate(self._pack):
            self._kinds[number], self._places[number], self._indexes[number] = _IN_PACK, pack, index
            head.append(b"%d %d" % (number, offset))
            offset += len(body) + 1
        first = b" ".join(head) + b"\n"
        content = first + b"\n".join(body for _, body in self._pack)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._pack), len(first))
        self._pack.clear()
        self.put_stream(pack, entries, zlib.compress(content, _LEVEL))

    def _write_object(self, number: int, data: bytes) -> None:
        self._kinds[number], self._places[number] = _IN_FILE, self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def _write(self, content: bytes) -> None:
        self._output.write(content)
        self._digest.update(content)
        self._position += len(content)
