"""People to invite as offices write them."""

from __future__ import annotations

import pytest

from forum.errors import ForumError
from forum.workbooks.invitees import InviteeLine, InviteeProblem, lines_of_workbook, read_lines
from tests.workbooks.books import xlsx


def _only(text: str) -> InviteeLine:
    (line,) = read_lines(text)
    return line


@pytest.mark.parametrize(
    ("text", "name", "email", "language"),
    [
        ("Әсел Нұрланқызы; Assel@Example.org", "Әсел Нұрланқызы", "assel@example.org", None),
        ("Иванов Иван Иванович\tivan@example.org\tkk", "Иванов Иван Иванович", "ivan@example.org", "kk"),
        ("Пётр Ильин <petr@example.org>", "Пётр Ильин", "petr@example.org", None),
        ("petr@example.org - Пётр Ильин", "Пётр Ильин", "petr@example.org", None),
        ("Пётр Ильин, petr@example.org; англ", "Пётр Ильин", "petr@example.org", "en"),
        ('"О’Коннор, Шон" mailto:sean@example.org', "О’Коннор, Шон", "sean@example.org", None),
    ],
)
def test_a_line_is_read_however_it_is_written(text: str, name: str, email: str, language: str | None) -> None:
    line = _only(text)
    assert (line.name, line.email, line.language, line.problem) == (name, email, language, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Пётр Ильин", InviteeProblem.NO_ADDRESS),
        ("Пётр Ильин; petr@", InviteeProblem.NO_ADDRESS),
        ("petr@example.org", InviteeProblem.NO_NAME),
        ("Пётр; a@example.org, b@example.org", InviteeProblem.SEVERAL_ADDRESSES),
    ],
)
def test_what_is_wrong_with_a_line(text: str, problem: InviteeProblem) -> None:
    assert _only(text).problem is problem


def test_lines_keep_their_numbers_and_addresses_count_once() -> None:
    lines = read_lines("Пётр; petr@example.org\n\n  \nОн же; PETR@example.org\n")
    assert [(line.number, line.problem) for line in lines] == [(1, None), (4, InviteeProblem.REPEATED)]


def test_a_workbook_with_headers_is_read_by_its_columns() -> None:
    book = xlsx(("Лист", [("№", "ФИО", "Эл. почта"), (1, "Ильин Пётр", "petr@example.org")]))
    assert lines_of_workbook(book) == "Ильин Пётр; petr@example.org"


def test_a_workbook_without_headers_is_read_cell_by_cell() -> None:
    book = xlsx(("Лист", [("Ильин Пётр", "petr@example.org", "kk"), ("Она", "she@example.org")]))
    assert lines_of_workbook(book) == "Ильин Пётр; petr@example.org; kk\nОна; she@example.org"


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(ForumError) as caught:
        lines_of_workbook(b"not a workbook")
    assert caught.value.code == "workbook_not_xlsx"
