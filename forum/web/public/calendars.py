"""Agendas for calendar programs, which cannot sign in: by an address that is secret."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from forum.domain.icalendar import CalendarEntry
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.i18n import language
from forum.queries import agendas, delegates, held_agendas
from forum.queries.calendar_links import DELEGATE
from forum.queries.events import EventView
from forum.queries.held_agendas import FINDERS, Holder
from forum.services import agenda_calendars
from forum.web import calendar_links
from forum.web.access import needs
from forum.web.calendars import calendar_response
from forum.web.public.blueprint import blueprint


@blueprint.get("/e/<event_code>/calendar/<kind>/<int:subject_id>/<key>.ics", endpoint="calendar")
@needs(Permission.PUBLIC)
def calendar(event: EventView, kind: str, subject_id: int, key: str) -> ResponseReturnValue:
    """In the language of whose it is: a delegate's, an interpreter's. A table and a company have none: theirs
    are in the language of who took the address.
    """
    if not calendar_links.is_good(event, kind, subject_id, key):
        abort(404)
    spoken, entries = (
        _of_delegate(event, subject_id) if kind == DELEGATE else _of_holder(event, kind, subject_id)
    )
    answer = calendar_response(f"{event.code}.ics", event.title.in_language(spoken), entries)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _of_delegate(event: EventView, delegate_id: int) -> tuple[str, list[CalendarEntry]]:
    person = delegates.find(event_id=event.id, row_id=delegate_id)
    if person is None or person.status is not RegistrationStatus.APPROVED:
        abort(404)
    agenda = agendas.agenda_of(event.id, delegate_id)
    return person.language, agenda_calendars.of_delegate(event, agenda, person.language)


def _of_holder(event: EventView, kind: str, holder_id: int) -> tuple[str, list[CalendarEntry]]:
    holder = FINDERS[Holder(kind)](event_id=event.id, row_id=holder_id) if kind in list(Holder) else None
    if holder is None:
        abort(404)
    spoken = holder.language or language()
    held = held_agendas.meetings_of(event.id, holder.kind, holder.id)
    return spoken, agenda_calendars.of_meetings(event, held, spoken)
