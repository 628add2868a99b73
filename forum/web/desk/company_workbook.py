"""The companies of a list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from forum.queries.companies import CompanyRow
from forum.web.catalogue_pages import size_title
from forum.web.company_words import LACKS
from forum.web.filters import localized, sector
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def company_workbook(companies: Iterable[CompanyRow]) -> bytes:
    """An .xlsx with one row a company, in the order given."""
    headers = (
        _("Company"),
        _("Full name"),
        _("Delegation"),
        _("Town"),
        _("Sectors"),
        _("People"),
        _("Size"),
        _("Website"),
        _("Offers"),
        _("Seeks"),
        _("What is missing"),
    )
    return write_workbook([SheetToWrite(_("Companies"), headers, [_row(company) for company in companies])])


def _row(company: CompanyRow) -> tuple[Value, ...]:
    return (
        localized(company.name),
        localized(company.full_name),
        localized(company.delegation),
        company.town,
        ", ".join(map(sector, company.sectors)),
        company.people,
        size_title(company.size) if company.size else None,
        company.website,
        company.offers,
        company.seeks,
        ", ".join(str(LACKS[name]) for name in company.lacks),
    )
