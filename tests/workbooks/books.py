"""Workbooks for the tests, and the way to the office's own one."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from forum.workbooks.reading import Cell, Row, Sheet, read_workbook
from tests.beside import beside


def xlsx(*sheets: tuple[str, Iterable[Iterable[object]]]) -> bytes:
    """An .xlsx file with the values as openpyxl takes them: text that begins with = is a formula."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column, value)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet(*rows: Iterable[str]) -> Sheet:
    """The rows as they would be read, numbered from 1; blank ones are left out as the reader does."""
    read = (
        Row(number, tuple(Cell(text, is_formula=text.startswith("=")) for text in row))
        for number, row in enumerate(rows, start=1)
    )
    return Sheet("sheet", tuple(row for row in read if any(cell.text.strip() for cell in row.cells)))


def first_sheet(content: bytes) -> Sheet:
    return read_workbook(content)[0]


def sample_path() -> Path | None:
    """The workbook of the office, which stays outside the project."""
    return beside("samples", "forum.xlsx")
