"""What people have agreed to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.domain.consents import REQUIRED
from forum.models import Account, Consent, Delegate
from forum.models.base import db


@dataclass(frozen=True)
class ConsentView:
    """One consent: it stands while ``withdrawn_at`` is None. ``noted_by`` is who noted it from paper."""

    purpose: str
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None
    on_paper: bool
    noted_by: str | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


def of_delegate(delegate_id: int) -> tuple[ConsentView, ...]:
    """Everything that a person ever agreed to, the earliest first."""
    rows = db.session.execute(
        select(Consent, Account.name)
        .outerjoin(Account, Account.id == Consent.noted_by_id)
        .where(Consent.delegate_id == delegate_id)
        .order_by(Consent.given_at, Consent.id)
    )
    return tuple(
        ConsentView(row.purpose, row.text_version, row.given_at, row.withdrawn_at, row.on_paper, name)
        for row, name in rows
    )


def standing(delegate_id: int) -> frozenset[str]:
    """The purposes that a person agrees to now, whatever version of the text."""
    return frozenset(
        db.session.scalars(
            select(Consent.purpose).where(Consent.delegate_id == delegate_id, Consent.withdrawn_at.is_(None))
        )
    )


def standing_counts(event_id: int) -> Mapping[str, int]:
    """How many people agree to each purpose now."""
    rows = db.session.execute(
        select(Consent.purpose, func.count(Consent.delegate_id.distinct()))
        .join(Delegate, Delegate.id == Consent.delegate_id)
        .where(Delegate.event_id == event_id, Consent.withdrawn_at.is_(None))
        .group_by(Consent.purpose)
    )
    return {row[0]: row[1] for row in rows}


def missing_required(event_id: int, ids: Collection[int]) -> set[int]:
    """Those of ``ids`` who have not given every consent that taking part needs."""
    given = (
        select(Consent.delegate_id, func.count(Consent.purpose.distinct()).label("count"))
        .where(Consent.purpose.in_(REQUIRED), Consent.withdrawn_at.is_(None))
        .group_by(Consent.delegate_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(Delegate.id)
        .outerjoin(given, given.c.delegate_id == Delegate.id)
        .where(
            Delegate.event_id == event_id,
            Delegate.id.in_(ids),
            Delegate.erased_at.is_(None),
            func.coalesce(given.c.count, 0) < len(REQUIRED),
        )
    )
    return set(rows)
