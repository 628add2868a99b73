"""What the catalogue knows of people and companies. Telephones and addresses are not even read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from forum.domain.consents import CATALOGUE
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.matching import Party, party
from forum.domain.states import Category, RegistrationStatus
from forum.domain.visibility import Shown
from forum.models import Company, CompanySector, Consent, Delegate
from forum.models.base import db
from forum.queries.remembered import Mark

_MOST_NAMED: Final = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part."""

    id: int
    family_name: str
    given_name: str
    patronymic: str
    latin_name: str
    position: Localized
    category: Category
    company_id: int | None
    delegation_id: int | None
    spoken: tuple[str, ...]
    region: str | None
    is_head: bool
    has_photo: bool
    aide_id: int | None
    shown: Shown
    sort_keys: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that takes part, with the people of it who do."""

    id: int
    legal_form: str | None
    full_name: Localized
    short_name: Localized
    badge_name: Localized
    delegation_id: int | None
    town: str | None
    region: str | None
    sectors: tuple[str, ...]
    offers: str | None
    seeks: str | None
    offer_sectors: tuple[str, ...]
    seek_sectors: tuple[str, ...]
    size: str | None
    website: str | None
    about: Localized
    people: tuple[int, ...]
    sort_keys: Mapping[str, bytes]
    party: Party


_VALUES: Final = ("id", "legal_form", "full_name", "short_name", "badge_name", "delegation_id", "town",
                  "region", "offers", "seeks", "size", "website", "about")  # fmt: skip


def people_marks(event_id: int) -> dict[int, Mark]:
    """Everybody approved in the order of lists, with another mark as soon as ``people_rows`` has them other.

    Besides the version that is all that changes without a new one: by a row that is removed elsewhere, or by
    commands that must not make open forms stale.
    """
    asked = _asked(event_id)
    rows = db.session.execute(
        select(
            Delegate.id, Delegate.version, Delegate.updated_at, Delegate.is_head, Delegate.company_id,
            Delegate.delegation_id, Delegate.photo_id, Delegate.aide_id, asked.c.agreed,
        )
        .outerjoin(asked, asked.c.delegate_id == Delegate.id)
        .where(_takes_part(event_id))
        .order_by(Delegate.sort_ru, Delegate.id)
    )  # fmt: skip
    return {row.id: tuple(row) for row in rows}


def company_marks(event_id: int) -> dict[int, Mark]:
    """Every company in the order of lists, with another mark as soon as ``company_rows`` has it other."""
    rows = db.session.execute(
        select(Company.id, Company.version, Company.updated_at, Company.delegation_id)
        .where(Company.event_id == event_id)
        .order_by(Company.sort_ru, Company.id)
    )
    return {row.id: tuple(row) for row in rows}


def people_rows(event_id: int, ids: Collection[int]) -> Iterable[Any]:
    """Those people, with ``agreed``: None for whoever has never been asked for a consent."""
    asked = _asked(event_id)
    return db.session.execute(
        select(
            Delegate.id, Delegate.family_name, Delegate.given_name, Delegate.patronymic,
            Delegate.latin_family_name, Delegate.latin_given_name, Delegate.position, Delegate.category,
            Delegate.company_id, Delegate.delegation_id, Delegate.spoken, Delegate.region, Delegate.is_head,
            Delegate.photo_id, Delegate.aide_id, Delegate.visibility, Delegate.is_vip, Delegate.sort_ru,
            Delegate.sort_kk, Delegate.sort_en, asked.c.agreed,
        )
        .outerjoin(asked, asked.c.delegate_id == Delegate.id)
        .where(_takes_part(event_id), among(Delegate.id, ids))
    )  # fmt: skip


def company_rows(event_id: int, ids: Collection[int]) -> Iterable[Any]:
    """Those companies, with all their names."""
    return db.session.execute(
        select(
            *(getattr(Company, name) for name in _VALUES), Company.bare_name, Company.offer_sectors,
            Company.seek_sectors, Company.sort_ru, Company.sort_kk, Company.sort_en,
        )
        .where(Company.event_id == event_id, among(Company.id, ids))
    )  # fmt: skip


def sectors_of(event_id: int, ids: Collection[int]) -> Mapping[int, list[str]]:
    """Sectors by company, of those companies."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(CompanySector.company_id, CompanySector.sector)
        .join(Company, Company.id == CompanySector.company_id)
        .where(Company.event_id == event_id, among(Company.id, ids))
        .order_by(CompanySector.sector)
    )
    for company_id, sector in rows:
        found[company_id].append(sector)
    return found


def person(row: Any) -> Person:
    """One of ``people_rows``."""
    return Person(
        id=row.id,
        family_name=row.family_name,
        given_name=row.given_name,
        patronymic=row.patronymic or "",
        latin_name=" ".join(filter(None, (row.latin_given_name, row.latin_family_name))),
        position=row.position,
        category=row.category,
        company_id=row.company_id,
        delegation_id=row.delegation_id,
        spoken=tuple(row.spoken),
        region=row.region,
        is_head=row.is_head,
        has_photo=row.photo_id is not None,
        aide_id=row.aide_id,
        shown=Shown(row.visibility, row.is_vip, row.agreed is None or row.agreed > 0),
        sort_keys=_sort_keys(row),
    )


def firm(row: Any, sectors: list[str]) -> Firm:
    """One of ``company_rows`` with its sectors, still without its people."""
    return Firm(
        **{name: getattr(row, name) for name in _VALUES},
        sectors=tuple(sectors),
        offer_sectors=tuple(row.offer_sectors),
        seek_sectors=tuple(row.seek_sectors),
        people=(),
        sort_keys=_sort_keys(row),
        party=party(
            row.id,
            side=row.delegation_id,
            offers=row.offers,
            seeks=row.seeks,
            sectors=sectors,
            offer_sectors=frozenset(row.offer_sectors),
            seek_sectors=frozenset(row.seek_sectors),
        ),
    )


def among(
    column: ColumnElement[int] | InstrumentedAttribute[int], ids: Collection[int]
) -> ColumnElement[bool]:
    """That ``column`` is one of ``ids``; of very many the database is asked for all."""
    return column.in_(ids) if len(ids) <= _MOST_NAMED else true()


def _asked(event_id: int) -> Subquery:
    stands = (Consent.purpose == CATALOGUE) & Consent.withdrawn_at.is_(None)
    return (
        select(Consent.delegate_id, func.count().filter(stands).label("agreed"))
        .where(Consent.delegate_id.in_(select(Delegate.id).where(Delegate.event_id == event_id)))
        .group_by(Consent.delegate_id)
        .subquery()
    )


def _takes_part(event_id: int) -> ColumnElement[bool]:
    return and_(
        Delegate.event_id == event_id,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.erased_at.is_(None),
    )


def _sort_keys(row: Any) -> dict[str, bytes]:
    return {language: getattr(row, f"sort_{language}") for language in LANGUAGES}
