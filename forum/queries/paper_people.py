"""People as lists and seating plans name them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.precedence import Standing, in_order, rank_of
from forum.domain.states import RegistrationStatus
from forum.models import Company, Delegate, Delegation
from forum.models.base import db
from forum.queries.people import full_name, latin_name, name_in


@dataclass(frozen=True)
class Listed:
    """Somebody who takes part; ``standing`` is the place in the order of the delegation."""

    id: int
    number: int
    name: str
    position: Localized
    company: Localized
    delegation: Localized
    delegation_id: int | None
    phone: str | None
    standing: Standing


def everybody(event_id: int, language: str, ids: Collection[int] | None = None) -> tuple[Listed, ...]:
    """Everybody who is approved, of those ``ids``, by name as ``language`` sorts."""
    chosen: list[Any] = [] if ids is None else [Delegate.id.in_(ids)]
    rows = db.session.execute(
        select(
            Delegate.id, Delegate.number, Delegate.family_name, Delegate.given_name, Delegate.patronymic,
            Delegate.latin_family_name, Delegate.latin_given_name,
            Delegate.position, Delegate.phone, Delegate.category, Delegate.is_head, Delegate.precedence,
            Delegate.delegation_id, Company.short_name, Delegation.title,
        )
        .outerjoin(Company, Company.id == Delegate.company_id)
        .outerjoin(Delegation, Delegation.id == Delegate.delegation_id)
        .where(Delegate.event_id == event_id, Delegate.status == RegistrationStatus.APPROVED, *chosen)
        .order_by(getattr(Delegate, f"sort_{language}"), Delegate.id)
    )  # fmt: skip
    return tuple(_listed(row, language) for row in rows)


def by_precedence(people: Collection[Listed]) -> tuple[Listed, ...]:
    """The same people as protocol orders them."""
    known = {one.id: one for one in people}
    return tuple(known[one.id] for one in in_order(each.standing for each in people))


def company_and_position(one: Listed, languages: Sequence[str]) -> str:
    """Two lines in the first language."""
    parts = (one.company.in_language(languages[0]), one.position.in_language(languages[0]))
    return "\n".join(part for part in parts if part)


def _listed(row: Any, language: str) -> Listed:
    return Listed(
        id=row.id,
        number=row.number,
        name=name_in(language, full_name(row.family_name, row.given_name, row.patronymic), latin_name(row)),
        position=row.position,
        company=row.short_name or Localized(),
        delegation=row.title or Localized(),
        delegation_id=row.delegation_id,
        phone=row.phone,
        standing=Standing(row.id, rank_of(row.category, is_head=row.is_head), row.precedence, row.number),
    )
