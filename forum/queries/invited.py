"""Who need not be invited any more: they have an invitation that stands, or are in the forum."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from forum import clock
from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, Delegate, Invitation, Quota
from forum.models.base import db
from forum.queries.delegates import DelegateView, view
from forum.queries.paging import PAGE_SIZE

ALREADY_REGISTERED: Final = "already_registered"
ALREADY_INVITED: Final = "already_invited"
_GONE: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


def known(*, event_id: int, emails: Collection[str]) -> Mapping[str, str]:
    """Why somebody with one of the addresses is not to be invited, by address. Two statements."""
    registered = db.session.scalars(
        select(Delegate.email).where(
            Delegate.event_id == event_id, Delegate.email.in_(emails), Delegate.status.not_in(_GONE)
        )
    )
    invited = db.session.scalars(
        select(Invitation.email).where(
            Invitation.event_id == event_id,
            Invitation.email.in_(emails),
            Invitation.withdrawn_at.is_(None),
        )
    )
    found: dict[str, str] = {str(email): ALREADY_INVITED for email in invited}
    return {**found, **{str(email): ALREADY_REGISTERED for email in registered}}


def free_in_quota(*, event_id: int, delegation_id: int, category: Category) -> int | None:
    """How many of the category a delegation may still invite; None where it has no quota at all.

    Whoever is in or wants in counts, and every use that an invitation still has.
    """
    quotas = {
        row.category: row.places
        for row in db.session.execute(
            select(Quota.category, Quota.places).where(Quota.delegation_id == delegation_id)
        )
    }
    if not quotas:
        return None
    people = db.session.scalar(
        select(func.count()).where(
            Delegate.event_id == event_id,
            Delegate.delegation_id == delegation_id,
            Delegate.category == category,
            Delegate.status.not_in(_GONE),
        )
    )
    return quotas.get(category, 0) - (people or 0) - _outstanding(delegation_id, category)


def _outstanding(delegation_id: int, category: Category) -> int:
    uses = db.session.scalar(
        select(func.sum(Invitation.most_uses - Invitation.uses)).where(
            Invitation.delegation_id == delegation_id,
            Invitation.category == category,
            Invitation.withdrawn_at.is_(None),
            or_(Invitation.expires_at.is_(None), Invitation.expires_at > clock.now()),
        )
    )
    return uses or 0


def came_by(*, event_id: int, invitation_id: int) -> tuple[DelegateView, ...]:
    """Who has registered by an invitation, the first of them first; a page full at most."""
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.invitation_id == invitation_id)
        .options(joinedload(Delegate.company).lazyload(Company.sectors), joinedload(Delegate.delegation))
        .order_by(Delegate.created_at, Delegate.id)
        .limit(PAGE_SIZE)
    )
    return tuple(view(row) for row in rows)
