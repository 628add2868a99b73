"""The programme, as a page and for calendars."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.domain.icalendar import CalendarEntry
from forum.domain.programme_grid import arrange
from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import programme as programmes
from forum.queries.events import EventView
from forum.queries.programme import ItemView
from forum.web.access import needs
from forum.web.calendars import calendar_response
from forum.web.public.blueprint import blueprint
from forum.web.public.ways_in import way_in


@blueprint.get("/e/<event_code>/programme")
@needs(Permission.PUBLIC)
def programme(event: EventView) -> ResponseReturnValue:
    """Day by day: side by side what is at once, one after another on a phone."""
    days = programmes.days(event_id=event.id, zone=event.zone)
    return render_template(
        "public/programme.html",
        days=[(day, arrange(day.items)) for day in days],
        way_in=way_in(event),
    )


@blueprint.get("/e/<event_code>/programme.ics")
@needs(Permission.PUBLIC)
def programme_calendar(event: EventView) -> ResponseReturnValue:
    """The whole programme as a calendar file in the reader's language."""
    items = programmes.of_event(event_id=event.id)
    return calendar_response(
        f"{event.code}.ics", event.title.in_language(language()), [_entry(item, event) for item in items]
    )


def _entry(item: ItemView, event: EventView) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{item.key}@{event.code}",
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        title=item.title.in_language(language()),
        place=item.place.in_language(language()),
        text=item.summary.in_language(language()),
    )
