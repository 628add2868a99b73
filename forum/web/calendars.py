"""Answers that a calendar program opens."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from forum import clock
from forum.domain.icalendar import CalendarEntry, calendar_file


def calendar_response(file_name: str, title: str, entries: Iterable[CalendarEntry]) -> Response:
    """An .ics file to keep or to open."""
    response = Response(
        calendar_file(title, entries, made_at=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response
