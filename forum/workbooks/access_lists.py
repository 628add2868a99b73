"""A host's workbook filled with visitors, so that everything else in it stays as the host made it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange

from forum.workbooks.access_fields import AccessField, VisitFact
from forum.workbooks.access_templates import Layout, opened

Value = str | int | dt.date | None
Visitor = Mapping[AccessField, Value]

_USUAL_DAY: Final = "%d.%m.%Y"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT: Final = 32_767
_ROW_IN_REFERENCE: Final = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)")


def fill(
    content: bytes, layout: Layout, visitors: Sequence[Visitor], facts: Mapping[VisitFact, Value]
) -> bytes:
    """The workbook with one row for each visitor.

    Rows that the host has not prepared are put in before the last prepared one and look like the first:
    what stands below (signatures, sums) moves down, and sums over the list go on counting all of it.

    Raises:
        WorkbookError: the workbook cannot be read any more.
    """
    book = opened(content)
    page = book[layout.sheet]
    for cell, fact in layout.cells.items():
        _put(page[cell], facts.get(fact), None)
    prepared = layout.last_row - layout.first_row + 1
    if len(visitors) > prepared:
        _make_room(book, page, layout, len(visitors) - prepared)
    for number, visitor in enumerate(visitors, 1):
        row = layout.first_row + number - 1
        for letter, field in layout.columns.items():
            value = number if field is AccessField.NUMBER else visitor.get(field)
            _put(page[f"{letter}{row}"], value, layout.patterns.get(letter))
        for letter, text in layout.constants.items():
            _put(page[f"{letter}{row}"], text, None)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(cell: Any, value: Value, pattern: str | None) -> None:
    """As the host writes it: a day in a cell for days is one, elsewhere it is a text."""
    if type(cell).__name__ == "MergedCell":
        return
    if isinstance(value, dt.date):
        if cell.is_date or _is_format_of_days(cell.number_format):
            cell.value = value
            return
        value = value.strftime(pattern or _USUAL_DAY)
    elif isinstance(value, int):
        if pattern is None:
            cell.value = value
            return
        value = pattern.format(value)
    format_of_host = cell.number_format
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value or "")[:_LONGEST_TEXT] or None
    cell.number_format = format_of_host
    if cell.value:
        cell.data_type = "s"
        if str(cell.value).startswith(_FORMULA_STARTS):
            # Without this mark Excel makes a formula of the text as soon as somebody edits the cell.
            cell.quotePrefix = True


def _is_format_of_days(number_format: str) -> bool:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    return "y" in bare or ("d" in bare and "m" in bare)


def _make_room(book: Any, page: Any, layout: Layout, count: int) -> None:
    """Put ``count`` rows in, drawn as the first of the list, before its last row."""
    first = layout.first_row
    at = max(layout.last_row, first + 1)
    height = page.row_dimensions[first].height
    merged = [copy(each) for each in page.merged_cells.ranges if each.min_row == each.max_row == first]
    _move_down(page, at, count)
    _move_references(book, page, at, count)
    for row in range(at, at + count):
        for column in range(1, page.max_column + 1):
            _draw_alike(page.cell(first, column), page.cell(row, column))
        if height is not None:
            page.row_dimensions[row].height = height
        for each in merged:
            page.merge_cells(start_row=row, end_row=row, start_column=each.min_col, end_column=each.max_col)
    _move_the_rest(page, at, count)


def _move_down(page: Any, at: int, count: int) -> None:
    """Cells, merged cells and heights from row ``at`` on."""
    ranges = [each for each in list(page.merged_cells.ranges) if each.max_row >= at]
    for each in ranges:
        page.merged_cells.remove(each)
    heights = {row: page.row_dimensions[row].height for row in range(at, page.max_row + 1)}
    if page.max_row >= at:
        page.move_range(
            CellRange(min_row=at, max_row=page.max_row, min_col=1, max_col=page.max_column), count
        )
    for row, height in sorted(heights.items(), reverse=True):
        page.row_dimensions[row + count].height = height
        page.row_dimensions[row].height = None
    for each in ranges:
        start = each.min_row + count if each.min_row >= at else each.min_row
        page.merge_cells(
            start_row=start, end_row=each.max_row + count, start_column=each.min_col, end_column=each.max_col
        )


def _move_references(book: Any, page: Any, at: int, count: int) -> None:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = _moved(cell.value, at, count, page.title, is_same=sheet is page)


def _move_the_rest(page: Any, at: int, count: int) -> None:
    """What names rows: choices in cells, colours by rule, the area that is printed, the filter."""
    for rule in page.data_validations.dataValidation:
        rule.sqref = type(rule.sqref)(" ".join(_moved_ranges(str(rule.sqref), at, count)))
    coloured = page.conditional_formatting
    page.conditional_formatting = type(coloured)()
    for each in coloured:
        for rule in each.rules:
            page.conditional_formatting.add(" ".join(_moved_ranges(str(each.sqref), at, count)), rule)
    if page.print_area:
        page.print_area = ",".join(_moved_ranges(_bare_area(page), at, count))
    if page.auto_filter.ref:
        page.auto_filter.ref = _moved_ranges(page.auto_filter.ref, at, count)[0]


def _bare_area(page: Any) -> str:
    areas = page.print_area if isinstance(page.print_area, str) else ",".join(page.print_area)
    return " ".join(area.rpartition("!")[2].replace("$", "") for area in areas.split(","))


def _moved_ranges(ranges: str, at: int, count: int) -> list[str]:
    return [_moved_rows(each, at, count) for each in ranges.split()]


def _draw_alike(model: Any, cell: Any) -> None:
    if type(cell).__name__ == "MergedCell":
        return
    if model.has_style:
        cell._style = copy(model._style)
    if model.data_type == "f" and isinstance(model.value, str):
        cell.value = Translator(model.value, origin=model.coordinate).translate_formula(cell.coordinate)


def _moved(formula: str, at: int, count: int, title: str, *, is_same: bool) -> str:
    """``formula`` after ``count`` rows were put in at row ``at`` of the sheet ``title``."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            sheet, mark, reference = token.value.rpartition("!")
            names_it = sheet.strip("'") == title if mark else is_same
            if names_it:
                token.value = sheet + mark + _moved_rows(reference, at, count)
    return "=" + "".join(token.value for token in tokens.items)


def _moved_rows(reference: str, at: int, count: int) -> str:
    return _ROW_IN_REFERENCE.sub(
        lambda met: met[1] + str(int(met[2]) + (count if int(met[2]) >= at else 0)), reference
    )
