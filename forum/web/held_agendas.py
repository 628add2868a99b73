"""How agendas of tables, interpreters and companies are shown: by day, under a name."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from forum.queries.appointments import Appointment
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder, HolderView, MeetingsOf
from forum.web.filters import localized, name_to_read


def days_of(event: EventView, held: MeetingsOf) -> list[tuple[date, list[Appointment]]]:
    """The meetings by the day that it is at the venue."""
    days = groupby(held.meetings, key=lambda each: each.starts_at.astimezone(event.zone).date())
    return [(on, list(meetings)) for on, meetings in days]


def holder_name(holder: HolderView) -> str:
    """A table by its number, the others by name."""
    if holder.kind is Holder.TABLE:
        return _("Table %(number)s", number=holder.text)
    return name_to_read(holder.text) if holder.text else localized(holder.name)
