"""An .xlsx file as its parts: what is not touched is written as it was read, byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Relation:
    """From one part to another: ``kind`` is such as ``worksheet``, ``target`` a name in the archive."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook that was read before, within its limits."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._infos = {info.filename: info for info in archive.infolist()}
            self._parts = {name: archive.read(name) for name in self._infos}
        self._trees: dict[str, Any] = {}
        self._touched: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def raw(self, name: str) -> bytes:
        return self._parts[name]

    def put(self, name: str, content: bytes) -> None:
        self._parts[name] = content

    def tree(self, name: str) -> Any:
        """The root of a part. Whoever changes it says so with ``touch``."""
        if name not in self._trees:
            # Nothing outside of the part is read, and no entity is unfolded: the file is a stranger's.
            parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
            self._trees[name] = etree.fromstring(self._parts[name], parser)
        return self._trees[name]

    def touch(self, name: str) -> None:
        self._touched.add(name)

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Where a part leads to within the file; ``""`` is the file itself."""
        rels = _rels_of(name)
        if rels not in self._parts:
            return ()
        return tuple(
            Relation(
                each.get("Id", ""),
                each.get("Type", "").rpartition("/")[2],
                _joined(posixpath.dirname(name), each.get("Target", "")),
            )
            for each in self.tree(rels).iter(_RELATION)
            if each.get("TargetMode") != "External"
        )

    def drop(self, name: str) -> None:
        """Take a part out, with whatever leads to it."""
        del self._parts[name], self._infos[name]
        self._trees.pop(name, None)
        for rels in [part for part in self._parts if part.endswith(".rels")]:
            owner = posixpath.dirname(posixpath.dirname(rels))
            gone = [
                each
                for each in self.tree(rels).iter(_RELATION)
                if each.get("TargetMode") != "External" and _joined(owner, each.get("Target", "")) == name
            ]
            self._remove(rels, gone)
        types = "[Content_Types].xml"
        self._remove(types, [each for each in self.tree(types) if each.get("PartName") == f"/{name}"])

    def _remove(self, name: str, elements: list[Any]) -> None:
        for each in elements:
            each.getparent().remove(each)
            self.touch(name)

    @property
    def workbook(self) -> str:
        """The part that lists the sheets."""
        return next(each.target for each in self.relations("") if each.kind == "officeDocument")

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Each sheet: its title and its part."""
        targets = {each.id: each.target for each in self.relations(self.workbook)}
        for sheet in self.tree(self.workbook).iterfind("{*}sheets/{*}sheet"):
            key = next(value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id")
            if targets.get(key) in self._parts:
                yield sheet.get("name"), targets[key]

    def content(self) -> bytes:
        """The file. Parts keep their order and the way in which they were packed."""
        for name in self._touched & self._parts.keys():
            self._parts[name] = etree.tostring(
                self._trees[name].getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
            )
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in self._parts.items():
                was = self._infos[name]
                info = zipfile.ZipInfo(name, was.date_time)
                info.external_attr = was.external_attr
                archive.writestr(info, content, compress_type=was.compress_type)
        return file.getvalue()


def _rels_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
