"""Who looks after a delegation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.domain.roles import Role
from forum.models import Account, Grant, SignIn
from forum.models.base import db


@dataclass(frozen=True)
class CoordinatorView:
    """A coordinator; ``signed_in_at`` is None for somebody who has never come."""

    account_id: int
    name: str
    email: str
    language: str
    signed_in_at: datetime | None


def of_delegation(delegation_id: int) -> tuple[CoordinatorView, ...]:
    """Those who can sign in, in the order in which they were invited."""
    latest = (
        select(SignIn.account_id, func.max(SignIn.created_at).label("at"))
        .group_by(SignIn.account_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Account, latest.c.at)
        .join(Grant, Grant.account_id == Account.id)
        .outerjoin(latest, latest.c.account_id == Account.id)
        .where(Grant.role == Role.COORDINATOR, Grant.delegation_id == delegation_id, Account.is_active)
        .order_by(Grant.id)
    )
    return tuple(CoordinatorView(row.id, row.name, row.email, row.language, at) for row, at in rows)
