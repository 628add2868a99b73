"""Delegations: their names and how full they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus
from forum.models import CheckIn, Delegate, Delegation, Quota
from forum.models.base import db


@dataclass(frozen=True)
class DelegationCount:
    """How many of a delegation are in which state; ``places`` is the sum of its quotas, None without any."""

    id: int
    title: Localized
    is_host: bool
    places: int | None
    approved: int
    applied: int
    waiting: int
    arrived: int

    @property
    def share_arrived(self) -> int:
        """Arrived of the approved, in percent."""
        return round(100 * self.arrived / self.approved) if self.approved else 0


def titles(*, event_id: int) -> tuple[tuple[int, Localized], ...]:
    """Id and title of each, in the order that the organiser gave them."""
    rows = db.session.execute(
        select(Delegation.id, Delegation.title)
        .where(Delegation.event_id == event_id)
        .order_by(Delegation.position, Delegation.id)
    )
    return tuple((row.id, row.title) for row in rows)


def counts(*, event_id: int, seen: frozenset[int] | None = None) -> tuple[DelegationCount, ...]:
    """Numbers of every delegation that may be ``seen`` (None: all). Four statements."""
    delegations = db.session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.position, Delegation.id)
    ).all()
    places = Counter[int]()
    quotas = select(Quota).join(Delegation).where(Delegation.event_id == event_id)
    for quota in db.session.scalars(quotas):
        places[quota.delegation_id] += quota.places
    states = _states(event_id)
    arrived = _arrived(event_id)
    return tuple(
        DelegationCount(
            id=row.id,
            title=row.title,
            is_host=row.is_host,
            places=places.get(row.id),
            approved=states[row.id, RegistrationStatus.APPROVED],
            applied=states[row.id, RegistrationStatus.APPLIED],
            waiting=states[row.id, RegistrationStatus.WAITING],
            arrived=arrived[row.id],
        )
        for row in delegations
        if seen is None or row.id in seen
    )


def _states(event_id: int) -> Counter[tuple[int | None, RegistrationStatus]]:
    rows = db.session.execute(
        select(Delegate.delegation_id, Delegate.status, func.count())
        .where(Delegate.event_id == event_id)
        .group_by(Delegate.delegation_id, Delegate.status)
    )
    return Counter({(row[0], row[1]): row[2] for row in rows})


def _arrived(event_id: int) -> Counter[int | None]:
    rows = db.session.execute(
        select(Delegate.delegation_id, func.count())
        .join(CheckIn, CheckIn.delegate_id == Delegate.id)
        .where(Delegate.event_id == event_id, CheckIn.undone_at.is_(None))
        .group_by(Delegate.delegation_id)
    )
    return Counter({row[0]: row[1] for row in rows})


def id_of(*, event_id: int, code: str) -> int | None:
    """The id of the delegation that commands call by ``code``."""
    return db.session.scalar(
        select(Delegation.id).where(Delegation.event_id == event_id, Delegation.code == code)
    )
