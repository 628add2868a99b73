"""What people type: what is put right, and what is wrong with the rest."""

from __future__ import annotations

from datetime import time

import pytest

from forum.domain.typed_text import NameProblem, line, lines, name_problem, read_time, strange_sign


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("  Иван\t Петрович \n", "Иван Петрович"),
        ("Еле\u0301на", "Еле\u0301на"),
        ("и\u0306", "й"),
        ("\u202eнавИ\u202c", "навИ"),
        ("Ив\u2066ан\u2069", "Иван"),
        ("Ив\x00\x1b\x7fан", "Иван"),
        ("\ufeff\u200b", ""),
    ],
)
def test_a_line_is_tidied_and_rid_of_what_nobody_sees(typed: str, wanted: str) -> None:
    assert line(typed) == wanted


def test_lines_keep_their_breaks() -> None:
    assert lines("\r\n  коляска \r\nна  лифт\u202e\r\n\r\n") == "коляска\nна лифт"


@pytest.mark.parametrize(
    "name",
    [
        "Сұлтанғазиев",
        "О'Нил",
        "Мамедов оглы",
        "Салтыков-Щедрин",
        "Müller",
        "Cидоров",  # Latin C, which is meant to be Cyrillic
        "李",
        "А.",
        "фон дер Нейман",
    ],
)
def test_names_in_any_script_are_names(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Иванов2", NameProblem.DIGITS),
        ("---", NameProblem.NO_LETTERS),
        ("Иванов@mail", NameProblem.SIGNS),
        ("<b>Иван</b>", NameProblem.SIGNS),
        ("Iвaнoff", NameProblem.TWO_SCRIPTS),
    ],
)
def test_what_is_no_name_is_told_apart(typed: str, problem: NameProblem) -> None:
    assert name_problem(typed) is problem


def test_the_name_of_the_document_is_latin() -> None:
    assert (name_problem("Ivanov", latin_only=True), name_problem("Иванов", latin_only=True)) == (
        None,
        NameProblem.NOT_LATIN,
    )


def test_the_strange_sign_is_named() -> None:
    assert strange_sign("Ива*нов#") == "*"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("9", time(9)),
        ("9.30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("18 : 05", time(18, 5)),
        ("09:30:00", time(9, 30)),
        ("24:00", None),
        ("9:60", None),
        ("утром", None),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, wanted: time | None) -> None:
    assert read_time(typed) == wanted
