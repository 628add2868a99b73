"""The people of a list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from forum.i18n import language
from forum.queries.delegates import DelegateView
from forum.web.filters import spoken
from forum.web.words import CATEGORIES, STATUSES
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def delegate_workbook(people: Iterable[DelegateView]) -> bytes:
    """An .xlsx with one row a person, in the order given."""
    headers = (
        _("No."),
        _("Name"),
        _("Name in Latin letters"),
        _("Company"),
        _("Position"),
        _("Delegation"),
        _("Category"),
        _("Status"),
        _("Town"),
        _("Speaks"),
        _("Phone"),
        _("E-mail"),
        _("Meals"),
    )
    return write_workbook([SheetToWrite(_("Delegates"), headers, [_row(person) for person in people])])


def _row(person: DelegateView) -> tuple[Value, ...]:
    reader = language()
    return (
        person.number,
        person.name,
        person.latin_name,
        person.company.in_language(reader),
        person.position.in_language(reader),
        person.delegation.in_language(reader),
        str(CATEGORIES[person.category]),
        str(STATUSES[person.status]),
        person.town,
        ", ".join(spoken(code) for code in person.spoken),
        " ".join(filter(None, (person.phone, person.phone_extension))),
        person.email,
        person.diet,
    )
