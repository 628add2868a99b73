"""Numbers and days as people write them, in Russian, Kazakh and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

_MOST_DIGITS: Final = 18
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_IN_THREES: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACES_AND_TICKS: Final = re.compile(r"[\s'’_]+")
_DAYS_BY_FIGURES: Final = re.compile(r"(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d{2})(?!\d)")
_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_WORDS: Final = re.compile(r"\d+|[^\W\d_]+")

# Stems, because months decline («2 декабря», «2 желтоқсанда»). Kazakh ones as ``_plain`` leaves them.
_MONTHS: Final[Mapping[str, int]] = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "кантар": 1, "акпан": 2, "наурыз": 3, "сауир": 4, "мамыр": 5, "маусым": 6, "шилде": 7, "тамыз": 8,
    "кыркуйек": 9, "казан": 10, "караша": 11, "желтоксан": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_KAZAKH_LETTERS: Final = str.maketrans("әғқңөұүһі", "агкноуухи")


def read_number(text: str, language: str = "ru") -> Decimal | None:
    """The number in ``text``, None where it is none: «1 250,5», «1,250.50», «−7».

    A single comma before three figures parts thousands for those who read English («1,250»), and
    is the decimal comma for the others.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("–", "-")
    plain = _with_a_point(_SPACES_AND_TICKS.sub("", plain), language)
    if not plain.isascii() or not _NUMBER.fullmatch(plain) or sum(map(str.isdigit, plain)) > _MOST_DIGITS:
        return None
    return Decimal(plain)


def number_as_text(number: Decimal) -> str:
    """One spelling a number, with a point and without idle zeros."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def read_day(text: str) -> date | None:
    """The day in ``text``, None where it is none: «2026-12-02», «2.12.26», «2 декабря 2026 г.», «2 Dec 2026».

    Figures are day, month, year; only where that is no day are they read as month, day, year.
    """
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".").lower()
    if not plain or len(plain) > 60:
        return None
    if found := _ISO.match(plain):
        year, month, day = (int(part) for part in found.groups())
        return _day(year, month, day)
    if found := _DAYS_BY_FIGURES.match(plain):
        first, second, year = (int(part) for part in found.groups())
        return _day(_whole_year(year), second, first) or _day(_whole_year(year), first, second)
    return _day_in_words(plain)


def _with_a_point(plain: str, language: str) -> str:
    """The thousands run together, and a point before the decimals."""
    if "," in plain and "." in plain and plain.rindex(",") > plain.rindex("."):
        plain = plain.translate(str.maketrans(",.", ".,"))  # 1.250,50
    if plain.count(".") > 1 and "," not in plain:
        plain = plain.replace(".", ",")  # 1.250.000
    is_parted = plain.count(",") > 1 or "." in plain or language == "en"
    if is_parted and _IN_THREES.fullmatch(plain):
        return plain.replace(",", "")
    return plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain


def _day_in_words(plain: str) -> date | None:
    """A day, a month by name and a year, in any order, among words such as «г.» or «жылғы»."""
    words = _WORDS.findall(plain)
    numbers = [int(word) for word in words if word.isdigit() and len(word) <= 4]
    months = [month for word in words if not word.isdigit() and (month := _month(word))]
    if len(numbers) != 2 or len(months) != 1:
        return None
    first, second = numbers
    if first > 31:
        return _day(first, months[0], second)
    return _day(_whole_year(second), months[0], first)


def _month(word: str) -> int | None:
    plain = word.translate(_KAZAKH_LETTERS)
    return next((month for stem, month in _MONTHS.items() if plain.startswith(stem)), None)


def _whole_year(year: int) -> int:
    if year > 99:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
