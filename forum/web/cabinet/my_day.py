"""The delegate's own day: what, where, when, with whom, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import agendas, buses, held_agendas, visits
from forum.queries.agendas import AgendaItem, AgendaView
from forum.queries.events import EventView
from forum.services import agenda_calendars
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.questions import still_needed
from forum.web.cabinet.whose import own_delegate, own_people
from forum.web.calendars import calendar_response
from forum.web.filters import localized
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/my/", endpoint="my_day")
@needs(Permission.OWN_CABINET)
def my_day(event: EventView) -> ResponseReturnValue:
    """The timeline of the reader's forum; an interpreter who is no delegate has other work."""
    if not own_people(event) and held_agendas.interpreter_of_account(event.id, current_actor().account_id):
        return redirect(url_for("cabinet.my_interpreting", event_code=event.code), code=303)
    delegate = own_delegate(event)
    agenda = agendas.agenda_of(event.id, delegate.id)
    led = buses.led_by(event.id, current_actor().account_id)
    return render_template(
        "cabinet/my_day.html",
        delegate=delegate,
        agenda=agenda,
        days=list(_days(event, agenda)),
        now=clock.now(),
        still_needed=still_needed(event, delegate),
        led=led,
        led_visits={each.id: each for each in visits.of_event(event_id=event.id)} if led else {},
    )


@blueprint.get("/e/<event_code>/my/agenda.ics", endpoint="my_calendar")
@needs(Permission.OWN_CABINET)
def my_calendar(event: EventView) -> ResponseReturnValue:
    """The same as a file for the reader's own calendar."""
    delegate = own_delegate(event)
    agenda = agendas.agenda_of(event.id, delegate.id)
    entries = agenda_calendars.of_delegate(event, agenda, language())
    return calendar_response(f"{event.code}.ics", localized(event.title), entries)


@blueprint.app_template_filter("agenda_place")
def agenda_place(item: AgendaItem) -> str:
    """Where to be: the table and its room, the room of a session, where a bus waits."""
    return agenda_calendars.place_of(item, language())


@blueprint.app_template_filter("agenda_people")
def agenda_people(item: AgendaItem) -> str:
    """With whom."""
    return agenda_calendars.people_of(item.partners, language())


def _days(event: EventView, agenda: AgendaView) -> Iterator[tuple[date, list[AgendaItem]]]:
    for on, items in groupby(agenda.items, key=lambda item: item.starts_at.astimezone(event.zone).date()):
        yield on, list(items)
