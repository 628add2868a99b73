"""Days as a language writes them, for pages, mails and papers alike."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, get_date_format, get_timezone_location


def days_in(language: str, start: date, end: date) -> str:
    """A stretch of days with the month written out: «2–3 декабря 2026 г.», «2026 ж. 2–3 желтоқсан»."""
    if (start.year, start.month) != (end.year, end.month):
        return plain_spaces(format_interval(start, end, "yMMMMd", locale=language))
    pattern = get_date_format("long", locale=language).pattern
    if start != end:
        # CLDR has no stretch of days with a long month: its day is set as a text of our own.
        pattern = pattern.replace("d", f"'{start.day}–{end.day}'", 1)
    return plain_spaces(format_date(end, pattern, locale=language))


def zone_in(language: str, zone: ZoneInfo, on: date) -> str:
    """The city whose clock it is, with its distance from Greenwich on that day: «Москва, UTC+3»."""
    city = get_timezone_location(zone, locale=language, return_city=True)
    offset = datetime.combine(on, time(12), zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{city}, UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def plain_spaces(text: str) -> str:
    """``text`` without the narrow no-break spaces of CLDR, which several fonts lack."""
    return text.replace("\u202f", "\u00a0")
