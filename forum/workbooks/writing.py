"""Sheets as an .xlsx file that reads well and holds no formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | float | dt.date | dt.datetime | None

_FORBIDDEN_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE: Final = 31
_LONGEST_TEXT: Final = 32_767
_NARROWEST, _WIDEST = 8, 60
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")

_HEADER_FONT: Final = Font(bold=True)
_HEADER_FILL: Final = PatternFill("solid", fgColor="FFE8EDF3")
_HEADER_ALIGNMENT: Final = Alignment(vertical="center", wrap_text=True)
_ALIGNMENT: Final = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class SheetToWrite:
    """A table: headers in the first row, then ``rows`` with as many values each.

    Instants are written as the wall time of the zone they carry; Excel knows no zones.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_workbook(sheets: Iterable[SheetToWrite]) -> bytes:
    """The .xlsx file of ``sheets``: first row frozen, filters on, widths by content.

    Text stays text, whatever it begins with: a name such as ``=HYPERLINK(…)`` must not come alive in
    the program of the next reader.
    """
    book = Workbook()
    for sheet_of_its_own in book.worksheets:
        book.remove(sheet_of_its_own)
    for sheet in sheets:
        _write(book.create_sheet(_title(sheet.title)), sheet)
    if not book.worksheets:
        raise ValueError("a workbook needs a sheet")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(title: str) -> str:
    return _FORBIDDEN_IN_TITLES.sub(" ", title).strip("' ")[:_LONGEST_TITLE] or "1"


def _write(target: Any, sheet: SheetToWrite) -> None:
    for index, row in enumerate((sheet.headers, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            _fill(target.cell(index, column), value)
    for cell in target[1]:
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
    target.freeze_panes = "A2"
    target.auto_filter.ref = target.dimensions
    target.print_title_rows = "1:1"
    for column, width in enumerate(_widths(sheet), start=1):
        target.column_dimensions[get_column_letter(column)].width = width


def _fill(cell: Any, value: Value) -> None:
    cell.alignment = _ALIGNMENT
    if isinstance(value, dt.datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, str):
        _fill_with_text(cell, value)
    else:
        cell.value = value


def _fill_with_text(cell: Any, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]
    if cell.value:
        cell.data_type = "s"
    # Without this mark Excel makes a formula of the text as soon as somebody edits the cell.
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)


def _widths(sheet: SheetToWrite) -> list[int]:
    columns = zip(sheet.headers, *sheet.rows, strict=True)
    longest = [max(len(line) for value in column for line in _lines(value)) for column in columns]
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]


def _lines(value: Value) -> list[str]:
    return ("" if value is None else str(value)).split("\n")
