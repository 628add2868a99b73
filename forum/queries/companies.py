"""Companies at the desk: the list with what is missing, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import JSON, Select, exists, func, or_, select, type_coerce

from forum.domain.company_profile import FIELDS, CompanyProfile
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.states import RegistrationStatus
from forum.models import Company, CompanySector, Delegate, Delegation
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.searching import matches, searched

_GONE: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)
MISSING: Final = ("sectors", "offers", "seeks", "size", "delegation", "people", "names")


@dataclass(frozen=True)
class CompanyFilter:
    """What is shown; None leaves a question open. ``lacks`` is one of ``MISSING``.

    ``delegations`` limits what the reader may see: companies of theirs, and those with people of theirs.
    """

    text: str = ""
    delegation_id: int | None = None
    sector: str | None = None
    lacks: str | None = None
    delegations: frozenset[int] | None = None


@dataclass(frozen=True)
class CompanyRow:
    """A company in the list. ``lacks`` are names of ``MISSING``."""

    id: int
    name: Localized
    delegation: Localized
    town: str | None
    sectors: tuple[str, ...]
    people: int
    lacks: tuple[str, ...]
    size: str | None
    website: str | None
    offers: str | None
    seeks: str | None
    full_name: Localized

    @property
    def label(self) -> str:
        return self.name.in_language("ru")


@dataclass(frozen=True)
class CompanyView:
    """One company with which version of it was read."""

    id: int
    event_id: int
    profile: CompanyProfile
    people: tuple[tuple[int, str], ...]
    version: int


def page(
    *, event_id: int, chosen: CompanyFilter, language: str, sort: str = "name", number: int = 1
) -> Page[CompanyRow]:
    """A page of the companies chosen, sorted as ``language`` sorts."""
    return page_of(_rows(event_id, chosen), _row, number=number, order_by=_order(sort, language))


def everything(*, event_id: int, chosen: CompanyFilter, language: str) -> tuple[CompanyRow, ...]:
    """All the companies chosen, for a workbook."""
    rows = db.session.execute(_rows(event_id, chosen).order_by(*_order("name", language)))
    return tuple(_row(row) for row in rows)


def find(*, event_id: int, row_id: int) -> CompanyView | None:
    """The company of the event with that id, with the ids and names of its people."""
    row = db.session.scalar(select(Company).where(Company.event_id == event_id, Company.id == row_id))
    return _view(row) if row else None


def of_account(*, event_id: int, account_id: int | None) -> CompanyView | None:
    """The company that the account takes part for."""
    row = db.session.scalar(
        select(Company)
        .join(Delegate, Delegate.company_id == Company.id)
        .where(
            Delegate.event_id == event_id,
            Delegate.account_id == account_id,
            Delegate.erased_at.is_(None),
            Delegate.status.not_in(_GONE),
        )
        .order_by(Delegate.id)
        .limit(1)
    )
    return _view(row) if row else None


def profile_of(row: Company) -> CompanyProfile:
    """The profile in a loaded row."""
    values = {name: getattr(row, name) for name in FIELDS if name != "sectors"}
    return CompanyProfile(
        **{
            **values,
            "offer_sectors": tuple(row.offer_sectors),
            "seek_sectors": tuple(row.seek_sectors),
            "sectors": tuple(sorted(each.sector for each in row.sectors)),
        }
    )


def _view(row: Company) -> CompanyView:
    people = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name)
        .where(Delegate.company_id == row.id, Delegate.status.not_in(_GONE))
        .order_by(Delegate.number)
    )
    names = tuple((each.id, f"{each.family_name} {each.given_name}".strip()) for each in people)
    return CompanyView(row.id, row.event_id, profile_of(row), names, row.version)


_PEOPLE: Final = (
    select(func.count())
    .where(Delegate.company_id == Company.id, Delegate.status.not_in(_GONE))
    .correlate(Company)
    .scalar_subquery()
)
_NAMES: Final = type_coerce(Company.short_name, JSON)
_HAS_SECTOR: Final = exists().where(CompanySector.company_id == Company.id).correlate(Company)


def _rows(event_id: int, chosen: CompanyFilter) -> Select[Any]:
    three: tuple[Any, Any, Any] = (Company, Delegation.title, _PEOPLE.label("people"))
    rows: Select[Any] = (
        select(*three)
        .outerjoin(Delegation, Company.delegation_id == Delegation.id)
        .where(Company.event_id == event_id)
    )
    if chosen.delegations is not None:
        theirs = select(Delegate.company_id).where(Delegate.delegation_id.in_(chosen.delegations))
        rows = rows.where(Company.delegation_id.in_(chosen.delegations) | Company.id.in_(theirs))
    if chosen.delegation_id is not None:
        rows = rows.where(Company.delegation_id == chosen.delegation_id)
    if chosen.sector is not None:
        with_it = select(CompanySector.company_id).where(CompanySector.sector == chosen.sector)
        rows = rows.where(Company.id.in_(with_it))
    if searched(chosen.text):
        rows = rows.where(matches(Company.search_key, chosen.text))
    return _where_lacking(rows, chosen.lacks)


def _where_lacking(rows: Select[Any], lacks: str | None) -> Select[Any]:
    conditions: dict[str, Any] = {
        "sectors": ~_HAS_SECTOR,
        "offers": Company.offers.is_(None),
        "seeks": Company.seeks.is_(None),
        "size": Company.size.is_(None),
        "delegation": Company.delegation_id.is_(None),
        "people": _PEOPLE == 0,
        "names": or_(*(_NAMES[language].as_string().is_(None) for language in LANGUAGES)),
    }
    return rows.where(conditions[lacks]) if lacks in conditions else rows


def _order(sort: str, language: str) -> tuple[Any, ...]:
    by_name = getattr(Company, f"sort_{language}")
    orders: dict[str, Any] = {"name": by_name, "people": _PEOPLE}
    first = orders.get(sort.lstrip("-"), by_name)
    return (first.desc() if sort.startswith("-") else first, by_name, Company.id)


def _row(row: Any) -> CompanyRow:
    company, delegation, people = row
    sectors = tuple(each.sector for each in company.sectors)
    there = {
        "sectors": sectors,
        "offers": company.offers,
        "seeks": company.seeks,
        "size": company.size,
        "delegation": company.delegation_id,
        "people": people,
        "names": company.short_name.is_complete(),
    }
    return CompanyRow(
        id=company.id,
        name=company.short_name,
        delegation=delegation or Localized(),
        town=company.town,
        sectors=sectors,
        people=people,
        lacks=tuple(name for name in MISSING if not there[name]),
        size=company.size,
        website=company.website,
        offers=company.offers,
        seeks=company.seeks,
        full_name=company.full_name,
    )
