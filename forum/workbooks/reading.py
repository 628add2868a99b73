"""Sheets of an .xlsx file as text."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from forum.workbooks.errors import WorkbookError, WorkbookProblem

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_ROWS: Final = 20_000
MAX_ROWS_WITH_EMPTY_ONES: Final = 60_000
MAX_COLUMNS: Final = 200
_LAST_ROW_OF_EXCEL: Final = 1_048_576

_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MARK_OF_ENCRYPTION: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, spaces and all. A formula is its own text, never its result."""

    text: str = ""
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is what the office sees at the left of the row, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int | None) -> Cell:
        """The cell of column ``index`` from 0; an empty one beyond the end and for ``None``."""
        return self.cells[index] if index is not None and index < len(self.cells) else Cell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not empty, in order."""

    title: str
    rows: tuple[Row, ...]
    is_hidden: bool = False


def read_workbook(source: bytes | Path) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx file; ``WorkbookError`` when it is none, is broken or beyond the limits."""
    content = source if isinstance(source, bytes) else _content_of(source)
    try:
        _refuse_unreadable(content)
        with warnings.catch_warnings():
            # What openpyxl cannot keep (data validation, headers) does not matter to a reader of text.
            warnings.filterwarnings("ignore", module="openpyxl")
            sheets = _sheets(content)
    except WorkbookError:
        raise
    except Exception as error:
        # The parser meets files of strangers and breaks in its own many ways; all mean the same to them.
        raise WorkbookError(WorkbookProblem.BROKEN) from error
    if not any(sheet.rows for sheet in sheets):
        raise WorkbookError(WorkbookProblem.EMPTY)
    return sheets


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WorkbookError(WorkbookProblem.MISSING_FILE, path=str(path)) from error


def _refuse_unreadable(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise WorkbookError(WorkbookProblem.TOO_LARGE, limit=MAX_BYTES)
    if content.startswith(_OLD_OFFICE):
        is_encrypted = _MARK_OF_ENCRYPTION in content
        raise WorkbookError(WorkbookProblem.ENCRYPTED if is_encrypted else WorkbookProblem.OLD_FORMAT)
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise WorkbookError(WorkbookProblem.NOT_XLSX) from error
    _refuse_odd_parts(parts)


def _refuse_odd_parts(parts: list[zipfile.ZipInfo]) -> None:
    """The sizes are those that the archive declares; zipfile never unpacks more than these."""
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise WorkbookError(WorkbookProblem.NOT_XLSX)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise WorkbookError(WorkbookProblem.UNPACKS_TOO_LARGE, limit=MAX_UNPACKED_BYTES)


def _sheets(content: bytes) -> tuple[Sheet, ...]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        return tuple(_sheet(sheet) for sheet in book.worksheets)
    finally:
        book.close()


def _sheet(sheet: Any) -> Sheet:
    rows: list[Row] = []
    for met, (number, cells) in enumerate(_rows_that_stand_there(sheet)):
        if met == MAX_ROWS_WITH_EMPTY_ONES:
            raise WorkbookError(WorkbookProblem.TOO_MANY_ROWS, sheet=sheet.title, limit=MAX_ROWS)
        texts = _without_empty_end(_cell(cell) for cell in cells)
        if not texts:
            continue
        if len(rows) == MAX_ROWS:
            raise WorkbookError(WorkbookProblem.TOO_MANY_ROWS, sheet=sheet.title, limit=MAX_ROWS)
        if len(texts) > MAX_COLUMNS:
            raise WorkbookError(WorkbookProblem.TOO_MANY_COLUMNS, sheet=sheet.title, limit=MAX_COLUMNS)
        rows.append(Row(number, texts))
    return Sheet(sheet.title, tuple(rows), is_hidden=sheet.sheet_state != "visible")


def _rows_that_stand_there(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Numbered rows without those that openpyxl makes up to fill gaps.

    A hostile file names row 99999999999, or the last column of Excel in every row, so both are bounded.
    """
    # The declared dimensions are often wrong: some programs write A1 for the whole sheet.
    sheet.reset_dimensions()
    filler: tuple[Any, ...] | None = None
    rows = sheet.iter_rows(max_row=_LAST_ROW_OF_EXCEL, max_col=MAX_COLUMNS + 1)
    for number, cells in enumerate(rows, start=1):
        if cells is filler:
            continue
        # Every made-up row is the same object as the made-up row before it.
        filler = cells
        yield number, cells


def _without_empty_end(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    kept = list(cells)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


def _cell(cell: Any) -> Cell:
    if cell.value is None or cell.data_type == "e":
        return Cell()
    text = _text(cell.value)
    return Cell(text, is_formula=cell.data_type == "f" or text.lstrip().startswith("="))


def _text(value: object) -> str:
    """A value as a person would type it: 12 rather than 12.0, a day without midnight."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case dt.time():
            return value.isoformat(timespec="minutes")
        case _:
            return str(value).replace("_x000D_", "")
