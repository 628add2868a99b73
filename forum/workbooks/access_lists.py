"""A host's workbook filled with visitors, so that everything else in it stays as the host made it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from forum.workbooks.access_fields import AccessField, VisitFact
from forum.workbooks.access_templates import Layout, opened
from forum.workbooks.packages import Package
from forum.workbooks.row_insertion import Gap, forget_results, put_in
from forum.workbooks.sheet_cells import SheetCells

Value = str | int | dt.date | None
Visitor = Mapping[AccessField, Value]

_USUAL_DAY: Final = "%d.%m.%Y"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT: Final = 32_767


def fill(
    content: bytes, layout: Layout, visitors: Sequence[Visitor], facts: Mapping[VisitFact, Value]
) -> bytes:
    """The workbook with one row for each visitor; every part of the file that has no need to change keeps
    its bytes: pictures, charts, other sheets, printer settings.

    Rows that the host has not prepared are put in before the last prepared one and look like the first:
    what stands below (signatures, sums) moves down, and sums over the list go on counting all of it.

    Raises:
        WorkbookError: the workbook cannot be read any more.
    """
    book = opened(content)
    package = Package(content)
    cells = SheetCells(package, dict(package.sheets())[layout.sheet])
    page = book[layout.sheet]
    for place, fact in layout.cells.items():
        _put(cells, place, facts.get(fact), None, page[place])
    prepared = layout.last_row - layout.first_row + 1
    if len(visitors) > prepared:
        at = max(layout.last_row, layout.first_row + 1)
        gap = Gap(layout.sheet, at, len(visitors) - prepared)
        put_in(book, package, cells, gap, layout.first_row)
    for number, visitor in enumerate(visitors, 1):
        row = layout.first_row + number - 1
        for letter, field in layout.columns.items():
            value = number if field is AccessField.NUMBER else visitor.get(field)
            model = page[f"{letter}{min(row, layout.last_row)}"]
            _put(cells, f"{letter}{row}", value, layout.patterns.get(letter), model)
        for letter, text in layout.constants.items():
            _put(cells, f"{letter}{row}", text, None, page[f"{letter}{layout.first_row}"])
    package.touch(cells.name)
    forget_results(package)
    return package.content()


def _put(cells: SheetCells, place: str, value: Value, pattern: str | None, model: Any) -> None:
    """As the host writes it: a day in a cell for days is one, elsewhere it is a text. ``model`` is the cell
    as openpyxl reads it, or one that looks the same."""
    if cells.hidden_by_merging(place):
        return
    cell = cells.made(place)
    if isinstance(value, dt.date) and not (model.is_date or _is_format_of_days(model.number_format)):
        value = value.strftime(pattern or _USUAL_DAY)
    elif isinstance(value, int) and pattern is not None:
        value = pattern.format(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
    # Without the mark Excel makes a formula of the text as soon as somebody edits the cell.
    is_quoted = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    cells.put(cell, value, is_quoted=is_quoted)


def _is_format_of_days(number_format: str) -> bool:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    return "y" in bare or ("d" in bare and "m" in bare)
