"""Registrations as other programs read them: in a steady order, by when they were changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, Delegate
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.profiles import profile_of
from forum.queries.searching import matches, searched


@dataclass(frozen=True)
class RegistrationRecord:
    """One registration, whole."""

    id: int
    number: int
    status: RegistrationStatus
    category: Category
    profile: Profile
    company: Localized | None
    delegation_id: int | None
    delegation: Localized | None
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True)
class RecordFilter:
    """What is asked for; None leaves a question open. ``delegations`` is what the reader may see."""

    status: RegistrationStatus | None = None
    category: Category | None = None
    delegation_id: int | None = None
    company_id: int | None = None
    changed_since: datetime | None = None
    text: str = ""
    delegations: frozenset[int] | None = None


def page(*, event_id: int, chosen: RecordFilter, number: int, size: int) -> Page[RegistrationRecord]:
    """A page of the registrations chosen, by id."""
    return page_of(
        _chosen(_rows(event_id), chosen),
        lambda row: _record(row[0]),
        number=number,
        order_by=(Delegate.id,),
        size=size,
    )


def find(
    *, event_id: int, row_id: int, delegations: frozenset[int] | None = None
) -> RegistrationRecord | None:
    """One registration, None for what the reader may not see."""
    rows = _chosen(_rows(event_id).where(Delegate.id == row_id), RecordFilter(delegations=delegations))
    row = db.session.scalar(rows)
    return _record(row) if row else None


def _rows(event_id: int) -> Select[Any]:
    return (
        select(Delegate)
        .outerjoin(Delegate.company)
        .outerjoin(Delegate.delegation)
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        )
        .where(Delegate.event_id == event_id, Delegate.erased_at.is_(None))
    )


def _chosen(rows: Select[Any], chosen: RecordFilter) -> Select[Any]:
    wanted = (
        (Delegate.status, chosen.status),
        (Delegate.category, chosen.category),
        (Delegate.delegation_id, chosen.delegation_id),
        (Delegate.company_id, chosen.company_id),
    )
    for column, value in wanted:
        if value is not None:
            rows = rows.where(column == value)
    if chosen.delegations is not None:
        rows = rows.where(Delegate.delegation_id.in_(chosen.delegations))
    if chosen.changed_since is not None:
        rows = rows.where(Delegate.updated_at >= chosen.changed_since)
    if searched(chosen.text):
        rows = rows.where(matches(Delegate.search_key, chosen.text))
    return rows


def _record(row: Delegate) -> RegistrationRecord:
    return RegistrationRecord(
        id=row.id,
        number=row.number,
        status=row.status,
        category=row.category,
        profile=profile_of(row),
        company=row.company.short_name if row.company else None,
        delegation_id=row.delegation_id,
        delegation=row.delegation.title if row.delegation else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )
