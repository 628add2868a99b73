"""Why a file could not be read as a workbook."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from forum.errors import ForumError


class WorkbookProblem(StrEnum):
    """Every code of a ``WorkbookError``, with its data."""

    BROKEN = "workbook_broken"
    EMPTY = "workbook_empty"
    ENCRYPTED = "workbook_encrypted"
    MACROS = "workbook_macros"
    MISSING_FILE = "workbook_missing_file"  # path
    NOT_XLSX = "workbook_not_xlsx"
    OLD_FORMAT = "workbook_old_format"
    PIVOT = "workbook_pivot"
    TOO_LARGE = "workbook_too_large"  # limit: bytes
    TOO_MANY_COLUMNS = "workbook_too_many_columns"  # sheet, limit
    TOO_MANY_ROWS = "workbook_too_many_rows"  # sheet, limit
    UNPACKS_TOO_LARGE = "workbook_unpacks_too_large"  # limit: bytes


class WorkbookError(ForumError):
    """The file as a whole cannot be read; ``code`` is a ``WorkbookProblem``."""

    def __init__(self, problem: WorkbookProblem, /, **data: Any) -> None:
        super().__init__(problem.value, **data)
