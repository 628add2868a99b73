"""Who seems to be registered twice: the same name in whatever script, or the same address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.domain.names import PersonName
from forum.domain.states import RegistrationStatus
from forum.models import Company, Delegate
from forum.models.base import db


@dataclass(frozen=True)
class DuplicateView:
    """Another registration that may be of the same person, and what the two share."""

    delegate_id: int
    number: int
    name: str
    company: Localized
    email: str | None
    status: RegistrationStatus
    has_same_name: bool
    has_same_email: bool


def of_delegate(*, event_id: int, delegate_id: int) -> tuple[DuplicateView, ...]:
    """Registrations of the event that may be the same person's, the earliest first."""
    return of_delegates(event_id=event_id, delegate_ids=[delegate_id]).get(delegate_id, ())


def of_delegates(*, event_id: int, delegate_ids: Collection[int]) -> Mapping[int, tuple[DuplicateView, ...]]:
    """The same for many people at once; whoever has none is absent. One statement."""
    own, other = aliased(Delegate), aliased(Delegate)
    is_alike = or_(
        and_(other.identity_key == own.identity_key, own.identity_key != ""), other.email == own.email
    )
    rows = db.session.execute(
        select(own.id, own.identity_key, own.email, other, Company.short_name)
        .join(other, and_(other.event_id == own.event_id, other.id != own.id, is_alike))
        .outerjoin(Company, Company.id == other.company_id)
        .where(own.event_id == event_id, own.id.in_(delegate_ids))
        .where(own.erased_at.is_(None), other.erased_at.is_(None))
        .order_by(own.id, other.id)
    )
    found: defaultdict[int, list[DuplicateView]] = defaultdict(list)
    for own_id, identity_key, email, row, company in rows:
        found[own_id].append(
            DuplicateView(
                delegate_id=row.id,
                number=row.number,
                name=PersonName(row.family_name, row.given_name, row.patronymic or "").full,
                company=company or Localized(),
                email=row.email,
                status=row.status,
                has_same_name=row.identity_key == identity_key,
                has_same_email=email is not None and row.email == email,
            )
        )
    return {key: tuple(views) for key, views in found.items()}
