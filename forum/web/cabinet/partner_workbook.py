"""What a reader of the catalogue has chosen, as a workbook: nothing that the pages do not show."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask_babel import gettext as _

from forum.domain.visibility import Reader
from forum.i18n import language
from forum.queries import catalogue
from forum.queries.catalogue import Choice, CompanyCard, PersonCard
from forum.queries.events import EventView
from forum.web.filters import localized, sector, spoken
from forum.workbooks.writing import SheetToWrite, Value, write_workbook

_EVERYTHING: Final = 1_000_000


def partner_workbook(event: EventView, reader: Reader, choice: Choice) -> bytes:
    """An .xlsx with a sheet of companies and a sheet of people."""
    choice = replace(choice, number=1, size=_EVERYTHING)
    companies = catalogue.companies(event_id=event.id, reader=reader, choice=choice, language=language())
    people = catalogue.people(event_id=event.id, reader=reader, choice=choice, language=language())
    of_companies = (_("Company"), _("Delegation"), _("Town"), _("Sectors"), _("Offers"), _("Seeks"))
    of_people = (
        _("Name"),
        _("Name in Latin letters"),
        _("Position"),
        _("Company"),
        _("Delegation"),
        _("Speaks"),
    )
    return write_workbook(
        [
            SheetToWrite(_("Companies"), of_companies, [_company_row(card) for card in companies.page.rows]),
            SheetToWrite(_("People"), of_people, [_person_row(card) for card in people.page.rows]),
        ]
    )


def _company_row(card: CompanyCard) -> tuple[Value, ...]:
    return (
        localized(card.name),
        localized(card.delegation),
        card.town,
        ", ".join(map(sector, card.sectors)),
        card.offers,
        card.seeks,
    )


def _person_row(card: PersonCard) -> tuple[Value, ...]:
    return (
        card.name,
        card.latin_name,
        localized(card.position),
        localized(card.company),
        localized(card.delegation),
        ", ".join(map(spoken, card.spoken)),
    )
