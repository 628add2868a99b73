"""Everybody's wishes for visits as a workbook, which an import reads again."""

from __future__ import annotations

from typing import Final

from forum.catalogues import text_in
from forum.queries import wishes
from forum.queries.wishes import Wishing
from forum.scheduling.assignment.problem import MOST_CHOICES
from forum.workbooks.writing import SheetToWrite, Value, write_workbook

CHOICES: Final = ("First choice of visit", "Second choice of visit", "Third choice of visit")


def workbook(*, event_id: int, language: str) -> bytes:
    """An .xlsx with a row for everybody who has wishes, in the order of asking."""
    headers = [text_in(language, title) for title in ("No.", "Name", "Company", "E-mail", *CHOICES)]
    rows = [_row(each, language) for each in wishes.everybody(event_id=event_id)]
    return write_workbook([SheetToWrite(text_in(language, "Wishes for visits"), headers, rows)])


def _row(each: Wishing, language: str) -> list[Value]:
    named = [name.in_language(language) for name in each.wishes]
    # In Russian in every language: «ЖШС» is ООО and ТОО alike, and an import would take it for another firm.
    company = each.company.in_language("ru")
    return [each.number, each.name, company, each.email, *named, *[None] * (MOST_CHOICES - len(named))]
