"""Days as people read them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from forum.dates import days_in, zone_in


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", "2–3 декабря 2026\u00a0г."),
        ("kk", "2026\u00a0ж. 2–3 желтоқсан"),
        ("en", "December 2–3, 2026"),
    ],
)
def test_days_of_one_month(language: str, written: str) -> None:
    assert days_in(language, date(2026, 12, 2), date(2026, 12, 3)) == written


def test_a_single_day() -> None:
    assert days_in("ru", date(2026, 12, 2), date(2026, 12, 2)) == "2 декабря 2026\u00a0г."


def test_days_of_two_months() -> None:
    written = days_in("en", date(2026, 11, 30), date(2026, 12, 1)).replace("\u2009", " ")
    assert written == "Nov 30 – Dec 1, 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Europe/Moscow", "Москва, UTC+3"),
        ("Asia/Almaty", "Алматы, UTC+5"),
        ("America/St_Johns", "Сент-Джонс, UTC-3:30"),
    ],
)
def test_a_clock_is_named_by_its_city(zone: str, written: str) -> None:
    assert zone_in("ru", ZoneInfo(zone), date(2026, 12, 2)) == written
