"""The readiness of people as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from forum.domain.readiness import TITLES, Need, State
from forum.queries.readiness import Readiness
from forum.web.delegation_words import STATES, lacks_of
from forum.web.filters import localized
from forum.web.words import CATEGORIES, STATUSES
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def readiness_workbook(people: Iterable[Readiness]) -> bytes:
    """An .xlsx with one row a person, in the order given; empty cells are what does not concern them."""
    headers = (
        _("No."),
        _("Name"),
        _("Delegation"),
        _("Category"),
        _("Status"),
        _("E-mail"),
        _("Ready"),
        *(localized(TITLES[need]) for need in Need),
    )
    return write_workbook([SheetToWrite(_("Readiness"), headers, [_row(person) for person in people])])


def _row(person: Readiness) -> tuple[Value, ...]:
    return (
        person.number,
        person.name,
        localized(person.delegation),
        str(CATEGORIES[person.category]),
        str(STATUSES[person.status]),
        person.email,
        _("yes") if person.is_ready else _("no"),
        *(_cell(person, need) for need in Need),
    )


def _cell(person: Readiness, need: Need) -> Value:
    state = person.states[need]
    if state is State.NOT_ASKED:
        return None
    exactly = lacks_of(person, need) if state is State.MISSING else ""
    return f"{STATES[state]}: {exactly}" if exactly else str(STATES[state])
