"""The cells of one row by field, with the issues that reading them raises."""

from __future__ import annotations

from typing import Any

from forum.domain.letter_case import tidy
from forum.domain.vocabulary import Vocabulary
from forum.workbooks.headers import HeaderMap
from forum.workbooks.issues import Issue, IssueCode, issue
from forum.workbooks.reading import Cell, Row

# What people type to say that there is nothing.
_NOTHING = frozenset({"-", "–", "—", "−", "н/д", "n/a", "#н/д"})


class RowCells:
    """Read one row with it, then take ``issues``."""

    def __init__(self, row: Row, header_map: HeaderMap) -> None:
        self.row = row
        self.issues: list[Issue] = []
        self._columns = {column.field: column.index for column in header_map.columns if column.field}

    def report(self, code: IssueCode, field: str = "", value: str = "", **data: Any) -> None:
        self.issues.append(issue(code, field, value, **data))

    def cell(self, field: str) -> Cell:
        return self.row.cell(self._columns.get(field))

    def text(self, field: str) -> str:
        """The text without needless spaces, ``""`` for a dash; a formula is taken as typed and reported."""
        cell = self.cell(field)
        text = tidy(cell.text)
        if cell.is_formula:
            self.report(IssueCode.FORMULA_AS_TEXT, field, text)
        return "" if text.lower() in _NOTHING else text

    def code(self, field: str, vocabulary: Vocabulary, unknown: IssueCode) -> str | None:
        text = self.text(field)
        code = vocabulary.find(text)
        if text and code is None:
            self.report(unknown, field, text)
        return code

    def codes(self, field: str, vocabulary: Vocabulary, unknown: IssueCode) -> tuple[str, ...]:
        # Line breaks part a list, so the spaces are not tidied before.
        self.text(field)
        codes, others = vocabulary.find_all(self.cell(field).text)
        for other in others:
            self.report(unknown, field, other)
        return codes

    def is_blank(self, besides: frozenset[str]) -> bool:
        """Whether nothing stands in any column, mapped or not, but those of ``besides``."""
        ignored = {self._columns[field] for field in besides if field in self._columns}
        return not any(tidy(cell.text) for index, cell in enumerate(self.row.cells) if index not in ignored)
