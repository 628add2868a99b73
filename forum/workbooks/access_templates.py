"""A host's own workbook for the list of visitors: which of its cells wait for what."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from forum.workbooks.access_fields import AccessField, VisitFact, field_of
from forum.workbooks.emptying import refuse_unfit, without_texts
from forum.workbooks.errors import WorkbookError, WorkbookProblem
from forum.workbooks.reading import MAX_COLUMNS, read_workbook

MOST_ROWS: Final = 2_000
"""How far down a list for a gate may begin or end."""
_SAMPLES: Final = 3
_MOST_PREPARED: Final = 500
_HEADER_WITHIN: Final = 60
_DAY_PATTERNS: Final = (
    (re.compile(r"\d{2}\.\d{2}\.\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{2}/\d{2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{2}-\d{2}-\d{4}"), "%d-%m-%Y"),
    (re.compile(r"\d{2}\.\d{2}\.\d{2}"), "%d.%m.%y"),
)
_NUMBERED: Final = re.compile(r"(\D{0,5})(0*)(\d{1,5})(\D{0,3})")
CELL: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,3}")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where in a workbook what goes.

    The list is in the rows ``first_row`` to ``last_row``, numbered from 1 as the office sees them.
    ``columns`` holds by letter what a column is filled with, ``constants`` a text that is the same in every
    row, ``cells`` what single cells elsewhere hold. ``patterns`` is how the host writes days (a pattern of
    ``strftime``) and numbers (``{}`` and what stands around it), by letter. Words are in ``language``.
    """

    sheet: str
    header_row: int
    first_row: int
    last_row: int
    columns: Mapping[str, AccessField] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, VisitFact] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    language: str = "ru"
    is_settled: bool = False

    def as_data(self) -> dict[str, Any]:
        """JSON that ``layout_of`` reads back."""
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "first_row": self.first_row,
            "last_row": self.last_row,
            "columns": {letter: each.value for letter, each in self.columns.items()},
            "constants": dict(self.constants),
            "cells": {cell: fact.value for cell, fact in self.cells.items()},
            "patterns": dict(self.patterns),
            "language": self.language,
            "is_settled": self.is_settled,
        }


@dataclass(frozen=True)
class TemplateColumn:
    """A column as the host has it: its header, what stands in the first rows below."""

    letter: str
    title: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A workbook with what was recognised in it."""

    sheets: tuple[str, ...]
    layout: Layout
    columns: tuple[TemplateColumn, ...]


def layout_of(data: Mapping[str, Any]) -> Layout:
    """The layout that ``Layout.as_data`` wrote."""
    return Layout(
        **{
            **data,
            "columns": {letter: AccessField(name) for letter, name in data["columns"].items()},
            "cells": {cell: VisitFact(name) for cell, name in data["cells"].items()},
        }
    )


def opened(content: bytes) -> Any:
    """The workbook with all that openpyxl keeps of it; links to other files are dropped.

    Raises:
        WorkbookError: as ``reading.read_workbook``.
    """
    read_workbook(content)  # within the limits, and no bomb
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            return load_workbook(io.BytesIO(content), keep_links=False)
        except Exception as error:  # the parser breaks in its own many ways; all mean the same
            raise WorkbookError(WorkbookProblem.BROKEN) from error


def recognise(content: bytes, *, sheet: str | None = None, header_row: int | None = None) -> Template:
    """What a host's workbook seems to ask for; ``sheet`` and ``header_row`` are what a person says.

    Raises:
        WorkbookError: as ``reading.read_workbook``; ``MACROS``; ``PIVOT``.
    """
    refuse_unfit(content)
    book = opened(content)
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"] or book.worksheets
    chosen = next((each for each in sheets if each.title == sheet), None)
    page = chosen or max(sheets, key=lambda each: _best_header(each)[1])
    row = header_row or _best_header(page)[0]
    found = {letter: field_of(_title(page, row, letter)) for letter in _letters(page, row)}
    fields = _each_once({letter: each for letter, each in found.items() if each is not None})
    first = _first_row(page, row)
    layout = Layout(
        sheet=page.title,
        header_row=row,
        first_row=first,
        last_row=_last_row(page, first, list(found)),
        columns=fields,
        language=_language(page),
    )
    return Template(tuple(each.title for each in sheets), layout, columns(page, layout))


def columns(page: Any, layout: Layout) -> tuple[TemplateColumn, ...]:
    """The columns that have a header in the layout's row."""
    last = min(layout.first_row + _SAMPLES - 1, layout.last_row)
    return tuple(
        TemplateColumn(
            letter,
            _title(page, layout.header_row, letter),
            tuple(
                text
                for row in range(layout.first_row, last + 1)
                if (text := _text(page[f"{letter}{row}"].value))
            ),
        )
        for letter in _letters(page, layout.header_row)
    )


def settled(content: bytes, layout: Layout) -> tuple[bytes, Layout]:
    """The workbook with an empty list, and the layout with the patterns of what stood in it.

    A host's example may be last month's list: whoever is named there has nothing to do with this forum.
    """
    book = opened(content)
    page = book[layout.sheet]
    patterns = {
        letter: pattern
        for letter, each in layout.columns.items()
        if (pattern := _pattern(each, page[f"{letter}{layout.first_row}"].value))
    }
    letters = {*_letters(page, layout.header_row), *layout.columns, *layout.constants}
    places = {f"{letter}{row}" for letter in letters for row in range(layout.first_row, layout.last_row + 1)}
    kept = {**patterns, **layout.patterns} if layout.is_settled else patterns
    emptied = without_texts(content, layout.sheet, places - _numbers(page, layout))
    return emptied, replace(layout, patterns=kept, is_settled=True)


def _numbers(page: Any, layout: Layout) -> set[str]:
    """The cells of rows that the host has numbered in advance: numbering is no text of anybody."""
    letter = next((each for each, field in layout.columns.items() if field is AccessField.NUMBER), None)
    if letter is None or layout.last_row == layout.first_row:
        return set()
    rows = range(layout.first_row, layout.last_row + 1)
    counted = _counted(page, letter, layout.first_row, layout.last_row)
    return {f"{letter}{row}" for row in rows} if counted == layout.last_row else set()


def _pattern(each: AccessField, sample: Any) -> str | None:
    if (
        each is AccessField.NUMBER
        and isinstance(sample, str)
        and (met := _NUMBERED.fullmatch(sample.strip()))
    ):
        before, zeros, digits, after = met.groups()
        width = len(zeros) + len(digits) if zeros else 0
        return f"{before}{{:0{width}d}}{after}" if width else f"{before}{{}}{after}"
    if isinstance(sample, str):
        return next((form for shape, form in _DAY_PATTERNS if shape.fullmatch(sample.strip())), None)
    return None


def _best_header(page: Any) -> tuple[int, int]:
    """The row that reads most like headers, and how many of its cells do."""
    best = (1, 0)
    for row in range(1, min(page.max_row or 1, _HEADER_WITHIN) + 1):
        known = {field_of(_title(page, row, letter)) for letter in _letters(page, row)} - {None}
        if len(known) > best[1]:
            best = (row, len(known))
    return best


def _letters(page: Any, row: int) -> list[str]:
    return [
        get_column_letter(column)
        for column in range(1, min(page.max_column or 1, MAX_COLUMNS) + 1)
        if _text(page.cell(row, column).value)
    ]


def _title(page: Any, row: int, letter: str) -> str:
    return _text(page[f"{letter}{row}"].value)


def _each_once(found: Mapping[str, AccessField]) -> dict[str, AccessField]:
    """The first column of each field: two that read alike are for a person to tell apart."""
    fields: dict[str, AccessField] = {}
    for letter, each in found.items():
        if each not in fields.values():
            fields[letter] = each
    return fields


def _first_row(page: Any, header_row: int) -> int:
    """The row below the header; forms often number their columns in between."""
    below = [page.cell(header_row + 1, column_index_from_string(x)).value for x in _letters(page, header_row)]
    numbers = [str(value).strip() for value in below]
    is_count = len(numbers) > 1 and numbers == [str(each) for each in range(1, len(numbers) + 1)]
    return header_row + 2 if is_count else header_row + 1


def _last_row(page: Any, first_row: int, letters: Sequence[str]) -> int:
    """The last row that is drawn as the first one is, or that is filled in below it without a frame."""
    drawn = _frame(page, first_row, letters)
    end = min(first_row + _MOST_PREPARED, (page.max_row or 1) + 1)
    last = first_row
    for row in range(first_row + 1, end):
        if _frame(page, row, letters) != drawn or (not any(drawn) and not _is_filled(page, row, letters)):
            break
        last = row
    if any(drawn) or not letters:
        return last
    return max(last, *(_counted(page, letter, first_row, end - 1) for letter in letters))


def _counted(page: Any, letter: str, first_row: int, last_row: int) -> int:
    """The last row to which a column counts 1, 2, 3 … from the first one, also as «1.» or «01»."""
    for row in range(first_row, last_row + 1):
        met = _NUMBERED.fullmatch(_text(page[f"{letter}{row}"].value))
        if met is None or int(met[3]) != row - first_row + 1:
            return max(first_row, row - 1)
    return last_row


def _is_filled(page: Any, row: int, letters: Sequence[str]) -> bool:
    filled = [letter for letter in letters if _text(page[f"{letter}{row}"].value)]
    return len(filled) * 2 > len(letters)


def _frame(page: Any, row: int, letters: Sequence[str]) -> tuple[bool, ...]:
    borders = [page[f"{letter}{row}"].border for letter in letters]
    upright = tuple(bool(each.left.style or each.right.style) for each in borders)
    return upright if any(upright) else tuple(bool(each.top.style or each.bottom.style) for each in borders)


def _language(page: Any) -> str:
    """Kazakh by letters that only it has, Russian by Cyrillic, else English."""
    rows = page.iter_rows(max_row=_HEADER_WITHIN, max_col=MAX_COLUMNS, values_only=True)
    text = " ".join(_text(value) for row in rows for value in row).casefold()
    if re.search("[әғқңөұүһі]", text):
        return "kk"
    return "ru" if re.search("[а-я]", text) else "en"


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return " ".join(str(value).split())
