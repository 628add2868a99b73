"""Cells of a worksheet in its own XML: what is put into one keeps the style that the host gave it."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from typing import Any, Final

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_from_string

from forum.workbooks.packages import Package

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_FIRST_DAY_OF_1904: Final = dt.date(1904, 1, 1)


class SheetCells:
    """The rows and cells of one sheet; places that the file left out are numbered as readers number them."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name = package, name
        self.root = package.tree(name)
        self._space = etree.QName(self.root).namespace
        self.data = self.root.find("{*}sheetData")
        self.rows: dict[int, Any] = {}
        self._quoted: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        number = 0
        for row in self.data:
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            self.rows[number] = row
            column = 0
            for cell in row:
                letter = coordinate_from_string(cell.get("r"))[0] if cell.get("r") else None
                column = column_index_from_string(letter) if letter else column + 1
                cell.set("r", f"{get_column_letter(column)}{number}")

    def hidden_by_merging(self, place: str) -> bool:
        """Whether the place is part of merged cells and not their first."""
        letter, row = coordinate_from_string(place)
        column = column_index_from_string(letter)
        for each in self.root.iterfind("{*}mergeCells/{*}mergeCell"):
            left, top, right, bottom = box(each.get("ref"))
            if left <= column <= right and top <= row <= bottom:
                return (column, row) != (left, top)
        return False

    def cell(self, place: str) -> Any | None:
        row = self.rows.get(coordinate_from_string(place)[1])
        return None if row is None else next((each for each in row if each.get("r") == place), None)

    def made(self, place: str) -> Any:
        """The cell, put into its place where there is none yet; it looks as its row or its column does."""
        found = self.cell(place)
        if found is not None:
            return found
        letter, number = coordinate_from_string(place)
        column = column_index_from_string(letter)
        row, cell = self._row(number), etree.Element(self._tag("c"), r=place)
        style = row.get("s") if row.get("customFormat") in ("1", "true") else self._style_of(column)
        if style:
            cell.set("s", style)
        before = [each for each in row if _column(each) < column]
        row.insert(len(before), cell)
        return cell

    def clear(self, cell: Any) -> None:
        """Take out what stands in it."""
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)

    def put(self, cell: Any, value: str | int | dt.date | None, *, is_quoted: bool = False) -> None:
        """Put a text, a number or a day in. ``is_quoted``: no program may take the text for a formula."""
        self.clear(cell)
        if value is None or value == "":
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.text = value
            text.set(_SPACE, "preserve")
            if is_quoted:
                cell.set("s", self._quoting(cell.get("s", "0")))
            return
        number = value if isinstance(value, int) else (value - self._first_day()).days
        etree.SubElement(cell, self._tag("v")).text = str(number)

    def _first_day(self) -> dt.date:
        settings = self.package.tree(self.package.workbook).find("{*}workbookPr")
        is_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        return _FIRST_DAY_OF_1904 if is_1904 else _FIRST_DAY

    def _row(self, number: int) -> Any:
        if number not in self.rows:
            before = [key for key in self.rows if key < number]
            row = self.rows[number] = etree.Element(self._tag("row"), r=str(number))
            self.data.insert(len(before), row)
        return self.rows[number]

    def _style_of(self, column: int) -> str | None:
        for each in self.root.iterfind("{*}cols/{*}col"):
            if int(each.get("min", 0)) <= column <= int(each.get("max", 0)):
                return str(each.get("style")) if each.get("style") else None
        return None

    def _quoting(self, style: str) -> str:
        """The same style with the mark that makes Excel take whatever stands there as a text."""
        if style not in self._quoted:
            name = next(
                each.target for each in self.package.relations(self.package.workbook) if each.kind == "styles"
            )
            styles = self.package.tree(name).find("{*}cellXfs")
            copy = deepcopy(styles[int(style)])
            copy.set("quotePrefix", "1")
            styles.append(copy)
            styles.set("count", str(len(styles)))
            self.package.touch(name)
            self._quoted[style] = str(len(styles) - 1)
        return self._quoted[style]

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"


def box(reference: str) -> tuple[int, int, int, int]:
    """The first column and row of ``B9:D9``, and the last ones."""
    left, top, right, bottom = (each or 0 for each in range_boundaries(reference))
    return left, top, right, bottom


def has_formula(cell: Any) -> bool:
    return cell.find("{*}f") is not None


def _column(cell: Any) -> int:
    return column_index_from_string(coordinate_from_string(cell.get("r"))[0])
