"""The delegate's own day: what, where, when, with whom, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum import clock
from forum.domain.icalendar import CalendarEntry
from forum.domain.roles import Permission
from forum.queries import agendas
from forum.queries.agendas import AgendaItem, AgendaKind, AgendaView
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.questions import still_needed
from forum.web.cabinet.whose import own_delegate
from forum.web.calendars import calendar_response
from forum.web.filters import clock_time, localized


@blueprint.get("/e/<event_code>/my/", endpoint="my_day")
@needs(Permission.OWN_CABINET)
def my_day(event: EventView) -> ResponseReturnValue:
    """The timeline of the reader's forum."""
    delegate = own_delegate(event)
    agenda = agendas.agenda_of(event.id, delegate.id)
    return render_template(
        "cabinet/my_day.html",
        delegate=delegate,
        agenda=agenda,
        days=list(_days(event, agenda)),
        now=clock.now(),
        still_needed=still_needed(event, delegate),
    )


@blueprint.get("/e/<event_code>/my/agenda.ics", endpoint="my_calendar")
@needs(Permission.OWN_CABINET)
def my_calendar(event: EventView) -> ResponseReturnValue:
    """The same as a file for the reader's own calendar."""
    delegate = own_delegate(event)
    agenda = agendas.agenda_of(event.id, delegate.id)
    entries = [_calendar_entry(event, agenda, item) for item in agenda.items]
    return calendar_response(f"{event.code}.ics", localized(event.title), entries)


@blueprint.app_template_filter("agenda_place")
def agenda_place(item: AgendaItem) -> str:
    """Where to be: the table and its room, the room of a session, where a bus waits."""
    facts = [
        _("table %(number)s", number=item.table) if item.table is not None else "",
        item.zone or "",
        localized(item.place),
        _("bus %(label)s", label=item.bus) if item.bus else "",
    ]
    return ", ".join(fact for fact in facts if fact)


@blueprint.app_template_filter("agenda_people")
def agenda_people(item: AgendaItem) -> str:
    """With whom."""
    return "; ".join(
        ", ".join(filter(None, (partner.name, localized(partner.position)))) for partner in item.partners
    )


def _days(event: EventView, agenda: AgendaView) -> Iterator[tuple[date, list[AgendaItem]]]:
    for on, items in groupby(agenda.items, key=lambda item: item.starts_at.astimezone(event.zone).date()):
        yield on, list(items)


def _calendar_entry(event: EventView, agenda: AgendaView, item: AgendaItem) -> CalendarEntry:
    notes = [agenda_people(item)]
    if item.kind is AgendaKind.VISIT and item.site_starts_at and item.site_ends_at:
        times = [clock_time(at, event.zone) for at in (item.site_starts_at, item.site_ends_at)]
        notes.append(_("At the site from %(start)s to %(end)s", start=times[0], end=times[1]))
    if item.interpreter:
        notes.append(_("Interpreter: %(name)s", name=item.interpreter))
    return CalendarEntry(
        uid=f"{item.kind}-{item.row_id}-{agenda.delegate_id}@{event.code}",
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        title=localized(item.title),
        place=", ".join(filter(None, (agenda_place(item), localized(event.place)))),
        text="\n".join(note for note in notes if note),
        revision=agenda.revision or 0,
    )
