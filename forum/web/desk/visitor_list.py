"""The list of a visit as a workbook, for the bus leader and the site's gate."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from forum.domain.states import SeatStatus
from forum.i18n import language
from forum.queries import visits
from forum.queries.visits import Visitor, VisitView
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def visitor_workbook(visit: VisitView, zone: ZoneInfo) -> bytes:
    """An .xlsx with a sheet of those who have a seat and one of those who wait."""
    people = visits.visitors(visit)
    headers = (
        _("No."),
        _("Name"),
        _("Name in Latin letters"),
        _("Company"),
        _("Position"),
        _("Delegation"),
        _("Phone"),
        _("E-mail"),
        _("Asked"),
    )
    return write_workbook(
        SheetToWrite(
            title,
            headers,
            [
                _row(number, person, zone)
                for number, person in enumerate((each for each in people if each.status is status), 1)
            ],
        )
        for title, status in (
            (_("Seated"), SeatStatus.SEATED),
            (_("Waiting list"), SeatStatus.WAITING),
        )
    )


def _row(number: int, person: Visitor, zone: ZoneInfo) -> tuple[Value, ...]:
    who, reader = person.delegate, language()
    return (
        number,
        who.name,
        who.latin_name,
        who.company.in_language(reader),
        who.position.in_language(reader),
        who.delegation.in_language(reader),
        " ".join(filter(None, (who.phone, who.phone_extension))),
        who.email,
        person.asked_at.astimezone(zone),
    )
