"""Rows put into a sheet, as a spreadsheet program puts them in: whatever names a row below follows.

Formulas, merged cells, choices, colours by rule, names, the printed area, filters, tables, pictures, charts
and notes are moved; every part of the file that names no such row stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from forum.workbooks.packages import Package
from forum.workbooks.sheet_cells import SheetCells, box, has_formula

_REFERENCE: Final = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?:(:\$?[A-Z]{1,3}\$?)(\d+))?")
_WHOLE_ROWS: Final = re.compile(r"(\$?)(\d+)(:\$?)(\d+)")
_FORMULAS: Final = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula")
_NOTE_ROW: Final = re.compile(rb"(<x:Row>\s*)(\d+)")
_NOTE_PLACE: Final = re.compile(rb"(<x:Anchor>)([^<]*)")


@dataclass(frozen=True)
class Gap:
    """``count`` rows put in at row ``at`` of the sheet ``title``."""

    title: str
    at: int
    count: int

    def row(self, number: int) -> int:
        return number + self.count if number >= self.at else number

    def reference(self, text: str) -> str:
        """``B9:B18``, ``$7:$8`` or a cell; what is neither stays."""
        met = _REFERENCE.fullmatch(text) or _WHOLE_ROWS.fullmatch(text)
        if met is None:
            return text
        start, first, end, last = met.groups()
        return f"{start}{self.row(int(first))}" + (f"{end}{self.row(int(last))}" if last else "")

    def ranges(self, text: str) -> str:
        return " ".join(self.reference(each) for each in text.split())

    def formula(self, text: str, *, is_same: bool) -> str:
        """A formula without its equals sign; ``is_same``: it stands in the sheet itself."""
        tokens = Tokenizer(f"={text}")
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                sheet, mark, reference = token.value.rpartition("!")
                if (sheet.strip("'").replace("''", "'") == self.title) if mark else is_same:
                    token.value = sheet + mark + self.reference(reference)
        return "".join(token.value for token in tokens.items)


def put_in(book: Any, package: Package, cells: SheetCells, gap: Gap, like: int) -> None:
    """Put rows in that look as the row ``like`` above them, with its formulas and merged cells.

    ``book`` is the same file as openpyxl reads it: it unfolds formulas that cells share.
    """
    parts = dict(package.sheets())
    for title, name in parts.items():
        _unshare(book[title], package, name)
    _move_rows(cells, gap)
    _move_ranges(cells.root, gap)
    for name in package.names:
        if name.endswith(".xml") and name.startswith(posixpath.dirname(package.workbook) + "/"):
            _move_formulas(package, name, gap, is_same=name == cells.name)
    for relation in package.relations(cells.name):
        _move_related(package, relation.kind, relation.target, gap)
    for relation in package.relations(package.workbook):
        if relation.kind == "calcChain":
            package.drop(relation.target)
    _copy(cells, gap, like)
    _merge_alike(cells, gap, like)


def _unshare(page: Any, package: Package, name: str) -> None:
    for cell in package.tree(name).iterfind("{*}sheetData/{*}row/{*}c"):
        formula = cell.find("{*}f")
        if formula is not None and formula.get("t") == "shared":
            formula.text = str(page[cell.get("r")].value).removeprefix("=")
            formula.attrib.clear()
            package.touch(name)


def _copy(cells: SheetCells, gap: Gap, like: int) -> None:
    model = cells.rows.get(like)
    if model is None:
        return
    above = sum(number < gap.at for number in cells.rows)
    for number in range(gap.at, gap.at + gap.count):
        row = deepcopy(model)
        row.set("r", str(number))
        for cell in row:
            origin = cell.get("r")
            place = f"{coordinate_from_string(origin)[0]}{number}"
            formula = cell.find("{*}f")
            if formula is not None and formula.get("t") is None:
                text = Translator(f"={formula.text}", origin=origin).translate_formula(place)
                formula.text = text.removeprefix("=")
            else:
                cells.clear(cell)
            cell.set("r", place)
        cells.data.insert(above + number - gap.at, row)
        cells.rows[number] = row


def _move_rows(cells: SheetCells, gap: Gap) -> None:
    moved = {}
    for number, row in cells.rows.items():
        moved[gap.row(number)] = row
        row.set("r", str(gap.row(number)))
        for cell in row:
            cell.set("r", gap.reference(cell.get("r")))
            formula = cell.find("{*}f")
            if formula is not None and formula.get("ref"):
                formula.set("ref", gap.reference(formula.get("ref")))
    cells.rows = moved


def _move_ranges(root: Any, gap: Gap) -> None:
    """What names cells of its own sheet beside the rows themselves."""
    for each in root.iter(etree.Element):
        tag = etree.QName(each).localname
        if tag in ("c", "f", "row"):
            continue
        for name in ("ref", "sqref"):
            if each.get(name):
                each.set(name, gap.ranges(each.get(name)))
        if tag == "sqref" and each.text:
            each.text = gap.ranges(each.text)
        if tag == "brk" and etree.QName(each.getparent()).localname == "rowBreaks":
            each.set("id", str(gap.row(int(each.get("id", 0)))))


def _merge_alike(cells: SheetCells, gap: Gap, like: int) -> None:
    merged = cells.root.find("{*}mergeCells")
    if merged is None:
        return
    for each in list(merged):
        left, top, right, bottom = box(each.get("ref"))
        if top == bottom == like:
            for row in range(gap.at, gap.at + gap.count):
                copy = deepcopy(each)
                copy.set("ref", f"{get_column_letter(left)}{row}:{get_column_letter(right)}{row}")
                merged.append(copy)
    merged.set("count", str(len(merged)))


def _move_formulas(package: Package, name: str, gap: Gap, *, is_same: bool) -> None:
    """In sheets, names, charts and colours by rule alike."""
    for each in package.tree(name).iter(*(f"{{*}}{tag}" for tag in _FORMULAS)):
        if each.text:
            moved = gap.formula(each.text, is_same=is_same)
            if moved != each.text:
                each.text = moved
                package.touch(name)
    for source in package.tree(name).iter("{*}worksheetSource"):
        if source.get("sheet") == gap.title and source.get("ref"):
            source.set("ref", gap.reference(source.get("ref")))
            package.touch(name)


def _move_related(package: Package, kind: str, target: str, gap: Gap) -> None:
    if target not in package:
        return
    if kind == "drawing":
        _move_pictures(package.tree(target), gap)
    elif kind in ("table", "comments", "threadedComment", "pivotTable"):
        _move_ranges(package.tree(target), gap)
    elif kind == "vmlDrawing":
        package.put(target, _moved_notes(package.raw(target), gap))
        return
    else:
        return
    package.touch(target)


def _move_pictures(root: Any, gap: Gap) -> None:
    """Rows of anchors count from 0. A picture that keeps its size only begins elsewhere."""
    for anchor in root:
        starts = anchor.find("{*}from/{*}row")
        if starts is None or anchor.get("editAs") == "absolute":
            continue
        begins_below = int(starts.text) + 1 >= gap.at
        for row in anchor.iterfind("{*}to/{*}row"):
            if begins_below or anchor.get("editAs") != "oneCell":
                row.text = str(gap.row(int(row.text) + 1) - 1)
        starts.text = str(gap.row(int(starts.text) + 1) - 1)


def _moved_notes(content: bytes, gap: Gap) -> bytes:
    def row(met: re.Match[bytes]) -> bytes:
        return met[1] + str(gap.row(int(met[2]) + 1) - 1).encode()

    def place(met: re.Match[bytes]) -> bytes:
        numbers = met[2].split(b",")
        for index in (2, 6):
            if len(numbers) > index:
                numbers[index] = b" %d" % (gap.row(int(numbers[index]) + 1) - 1)
        return met[1] + b",".join(numbers)

    return _NOTE_PLACE.sub(place, _NOTE_ROW.sub(row, content))


def forget_results(package: Package) -> None:
    """Take the results of formulas out, so that every program works them out anew."""
    for _title, name in package.sheets():
        for cell in package.tree(name).iterfind("{*}sheetData/{*}row/{*}c"):
            result = cell.find("{*}v")
            if has_formula(cell) and result is not None:
                cell.remove(result)
                cell.attrib.pop("t", None)
                package.touch(name)
    book = package.tree(package.workbook)
    settings = book.find("{*}calcPr")
    if settings is None:
        settings = etree.Element(f"{{{etree.QName(book).namespace}}}calcPr")
        before = [book.find(f"{{*}}{name}") for name in ("definedNames", "externalReferences", "sheets")]
        next(each for each in before if each is not None).addnext(settings)
    settings.set("fullCalcOnLoad", "1")
    package.touch(package.workbook)
