"""How templates say times, numbers and texts in several languages."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from flask import Flask, g, url_for

from forum.dates import days_in, plain_spaces, zone_in
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.i18n import OWN_NAMES, language
from forum.queries.people import name_in
from forum.web.form_keys import new_form_key


def register_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        localized=localized,
        name_to_read=name_to_read,
        day=day,
        day_long=day_long,
        month=month,
        local_day=local_day,
        clock=clock_time,
        moment=moment,
        span=span,
        number=number,
        zone_label=zone_label,
        spoken=spoken,
        sector=sector,
        region=region,
    )
    static_folder = Path(app.static_folder or "")

    @cache
    def fingerprint(path: str) -> str:
        return hashlib.sha256((static_folder / path).read_bytes()).hexdigest()[:12]

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=fingerprint(path))

    app.jinja_env.globals.update(asset=asset, form_key=new_form_key)
    app.context_processor(
        lambda: {"locale_code": language(), "languages": OWN_NAMES, "event": g.get("event")}
    )


def localized(text: Localized | None) -> str:
    """In the reader's language, else in one that has a text."""
    return text.in_language(language()) if text else ""


def name_to_read(name: str, latin: str = "") -> str:
    """A person's name in letters that the reader reads; ``latin`` as the document of that person has it."""
    return name_in(language(), name, latin)


def day(value: date) -> str:
    """A day, such as 23 нояб. 2026 г."""
    return plain_spaces(format_date(value, "medium", locale=language()))


def day_long(value: date) -> str:
    """A day with its weekday."""
    return plain_spaces(format_date(value, "full", locale=language()))


def month(value: date) -> str:
    """The month alone, short."""
    return format_date(value, "LLL", locale=language()).rstrip(".")


def local_day(value: datetime, zone: ZoneInfo) -> date:
    """The day that it is in ``zone``."""
    return value.astimezone(zone).date()


def clock_time(value: datetime, zone: ZoneInfo) -> str:
    """The time of day in ``zone``, 24 hours."""
    return format_time(value.astimezone(zone), "HH:mm", locale=language())


def moment(value: datetime, zone: ZoneInfo) -> str:
    """Day and time in ``zone``."""
    return plain_spaces(format_datetime(value.astimezone(zone), "d MMM y, HH:mm", locale=language()))


def zone_label(zone: ZoneInfo, on: date) -> str:
    """The city whose clock it is, with its distance from Greenwich on that day: «Москва, UTC+3»."""
    return zone_in(language(), zone, on)


def span(start: date, end: date) -> str:
    """A stretch of days, said as shortly as the language allows."""
    return days_in(language(), start, end)


def number(value: float) -> str:
    """A number with the language's separators."""
    return format_decimal(value, locale=language())


def decimal(value: Decimal) -> str:
    """The same, of a number whose figures after the point are exact."""
    return format_decimal(value, locale=language(), decimal_quantization=False)


def spoken(code: str) -> str:
    """A language that people speak, by its code."""
    return LANGUAGES_SPOKEN.title(code).in_language(language()) if code in LANGUAGES_SPOKEN else code


def sector(code: str) -> str:
    """A sector of the economy, by its code."""
    return SECTORS.title(code).in_language(language()) if code in SECTORS else code


def region(code: str) -> str:
    """A region, by its code."""
    return REGIONS.title(code).in_language(language()) if code in REGIONS else code
