"""A workbook without the people who stood in it: in cells, in shared texts, in what charts remember."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from lxml import etree

from forum.workbooks.errors import WorkbookError, WorkbookProblem
from forum.workbooks.packages import Package
from forum.workbooks.reading import read_workbook
from forum.workbooks.row_insertion import forget_results
from forum.workbooks.sheet_cells import SheetCells, has_formula

_CACHES: Final = ("{*}strCache", "{*}numCache", "{*}multiLvlStrCache")


def refuse_unfit(content: bytes) -> None:
    """Refuse what would carry people along where nobody can take them out, and programs.

    Raises:
        WorkbookError: as ``reading.read_workbook``; ``MACROS``; ``PIVOT``.
    """
    read_workbook(content)
    names = Package(content).names
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookError(WorkbookProblem.MACROS)
    if any("/pivotcache/" in name.lower() for name in names):
        raise WorkbookError(WorkbookProblem.PIVOT)


def without_texts(content: bytes, title: str, places: Collection[str]) -> bytes:
    """The workbook without what stands in ``places`` of the sheet ``title``; formulas stay.

    Raises:
        KeyError: there is no such sheet.
    """
    package = Package(content)
    cells = SheetCells(package, dict(package.sheets())[title])
    gone: set[int] = set()
    for row in cells.rows.values():
        for cell in row:
            if cell.get("r") in places and not has_formula(cell):
                gone |= _shared(cell)
                cells.clear(cell)
    package.touch(cells.name)
    _forget_shared(package, gone)
    _forget_charts(package)
    for name in [each.target for each in package.relations("") if each.kind == "thumbnail"]:
        if name in package:
            package.drop(name)  # a small picture of how it looked
    forget_results(package)
    return package.content()


def _shared(cell: Any) -> set[int]:
    """The number of the shared text in it."""
    value = cell.find("{*}v")
    return {int(value.text)} if cell.get("t") == "s" and value is not None else set()


def _forget_shared(package: Package, gone: set[int]) -> None:
    """Texts stay in the file when no cell shows them any more; their numbers are needed."""
    for _title, name in package.sheets():
        for cell in package.tree(name).iterfind("{*}sheetData/{*}row/{*}c"):
            gone = gone - _shared(cell)
    for relation in package.relations(package.workbook):
        if relation.kind == "sharedStrings" and gone:
            texts = package.tree(relation.target)
            for number in gone:
                each = texts[number]
                for child in list(each):
                    each.remove(child)
                etree.SubElement(each, f"{{{etree.QName(texts).namespace}}}t")
            package.touch(relation.target)


def _forget_charts(package: Package) -> None:
    """What charts showed last; they look it up again."""
    for name in package.names:
        if "/charts/" in name and name.endswith(".xml"):
            for cache in list(package.tree(name).iter(*_CACHES)):
                cache.getparent().remove(cache)
                package.touch(name)
