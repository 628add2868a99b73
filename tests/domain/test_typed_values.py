"""Numbers and days as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.typed_values import number_as_text, read_day, read_number


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("12", "ru", "12"),
        (" 1 250,5 ", "ru", "1250.5"),
        ("1 250,50", "kk", "1250.50"),
        ("1\u202f250", "ru", "1250"),
        ("1,250.5", "ru", "1250.5"),
        ("1.250,5", "ru", "1250.5"),
        ("1,250", "en", "1250"),
        ("1,250", "ru", "1.250"),
        ("1,25", "en", "1.25"),
        ("1.250.000", "ru", "1250000"),
        ("1,250,000", "ru", "1250000"),
        ("1'250", "en", "1250"),
        ("−7", "ru", "-7"),
        ("１２", "ru", "12"),
        ("+3", "ru", "3"),
    ],
)
def test_a_number_is_read_as_its_writer_meant_it(text: str, language: str, number: str) -> None:
    assert read_number(text, language) == Decimal(number)


@pytest.mark.parametrize("text", ["", "two", "1,2,3", "1.2.3", "5 штук", "1e5", "NaN", "--1", "٣", "1" * 19])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_comes_back_from_its_own_spelling(number: Decimal) -> None:
    assert read_number(number_as_text(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_may_be_parted(number: int) -> None:
    assert {read_number(f"{number:,}".replace(",", parting)) for parting in (" ", "\u00a0", "'")} == {number}


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-02",
        "2026-12-02T00:00",
        "02.12.2026",
        "2.12.26",
        "2/12/2026",
        "2-12-2026",
        "2 12 2026",
        "02.12.2026 г.",
        "2 декабря 2026",
        "2 декабря 2026 г.",
        "2 дек. 2026",
        "2 желтоқсан 2026",
        "2026 ж. 2 желтоқсан",
        "2026 жылғы 2 желтоқсанда",
        "2 желтоксан 2026",
        "2 December 2026",
        "December 2, 2026",
        "Dec 2 2026",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 12, 2)


def test_figures_that_are_no_day_and_month_are_month_and_day() -> None:
    assert read_day("12/25/2026") == date(2026, 12, 25)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "30.02.2026", "2.12", "2 декабря", "32 мая 2026", "0.0.0", "2"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text) is None


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    spellings = (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%d %B %Y}",
        f"{day.day}/{day.month}/{day.year}",
    )
    assert {read_day(text) for text in spellings} == {day}


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    number, day = read_number(text), read_day(text)
    assert (number is None or number.is_finite(), day is None or isinstance(day, date)) == (True, True)
