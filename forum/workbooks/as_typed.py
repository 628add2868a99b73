"""Sheets as somebody typed them, formulas included: for samples to try the import on."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook

TypedSheet = tuple[str, Iterable[Iterable[str | int | None]]]


def write_as_typed(sheets: Iterable[TypedSheet]) -> bytes:
    """The .xlsx file of (title, rows).

    Never for what others have entered: their formulas would come alive; ``writing`` is for that.
    """
    book = Workbook()
    for sheet_of_its_own in book.worksheets:
        book.remove(sheet_of_its_own)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
