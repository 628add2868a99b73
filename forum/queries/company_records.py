"""Companies as other programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from forum.domain.localized import Localized
from forum.models import Company, CompanySector, Delegate
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.searching import matches, searched


@dataclass(frozen=True)
class CompanyRecord:
    """One company, whole. Codes are those of ``domain``."""

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
    updated_at: datetime
    version: int


def page(
    *,
    event_id: int,
    text: str = "",
    sector: str | None = None,
    delegations: frozenset[int] | None,
    number: int,
    size: int,
) -> Page[CompanyRecord]:
    """A page of the companies, by id. ``delegations`` is what the reader may see, None is everything."""
    rows = _seen(select(Company).where(Company.event_id == event_id), delegations)
    if searched(text):
        rows = rows.where(matches(Company.search_key, text))
    if sector is not None:
        rows = rows.where(
            Company.id.in_(select(CompanySector.company_id).where(CompanySector.sector == sector))
        )
    return page_of(rows, lambda row: _record(row[0]), number=number, order_by=(Company.id,), size=size)


def find(*, event_id: int, row_id: int, delegations: frozenset[int] | None = None) -> CompanyRecord | None:
    """One company, None for what the reader may not see."""
    row = db.session.scalar(
        _seen(select(Company).where(Company.event_id == event_id, Company.id == row_id), delegations)
    )
    return _record(row) if row else None


def _seen(rows: Select[Any], delegations: frozenset[int] | None) -> Select[Any]:
    """A company belongs to a delegation, or has somebody in it."""
    if delegations is None:
        return rows
    with_people = select(Delegate.company_id).where(Delegate.delegation_id.in_(delegations))
    return rows.where(Company.delegation_id.in_(delegations) | Company.id.in_(with_people))


def _record(row: Company) -> CompanyRecord:
    return CompanyRecord(
        id=row.id,
        legal_form=row.legal_form,
        full_name=row.full_name,
        short_name=row.short_name,
        badge_name=row.badge_name,
        delegation_id=row.delegation_id,
        town=row.town,
        region=row.region,
        sectors=tuple(each.sector for each in row.sectors),
        offers=row.offers,
        seeks=row.seeks,
        offer_sectors=tuple(row.offer_sectors),
        seek_sectors=tuple(row.seek_sectors),
        size=row.size,
        website=row.website,
        about=row.about,
        updated_at=row.updated_at,
        version=row.version,
    )
