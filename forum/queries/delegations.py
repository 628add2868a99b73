"""Delegations: their names and how full they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus
from forum.models import CheckIn, Delegate, Delegation, Quota
from forum.models.base import db


@dataclass(frozen=True)
class DelegationCount:
    """How many of a delegation are in which state; ``places`` is the sum of its quotas, None without any."""

    id: int
    code: str
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


@dataclass(frozen=True)
class DelegationView:
    """A delegation as its pages and forms need it; a category without a quota has as many places as come."""

    id: int
    event_id: int
    code: str
    title: Localized
    region: str | None
    is_host: bool
    position: int
    quotas: Mapping[Category, int]
    version: int


@dataclass(frozen=True)
class CategoryPlaces:
    """How full one category of a delegation is; ``places`` is None without a quota."""

    category: Category
    places: int | None
    approved: int
    offered: int
    undecided: int  # applied, or asked back
    waiting: int

    @property
    def used(self) -> int:
        """Places that are taken, or will be if the organisers approve."""
        return self.approved + self.offered + self.undecided

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(0, self.places - self.used)


def find(*, event_id: int, row_id: int) -> DelegationView | None:
    """The delegation of that event with that id."""
    row = db.session.scalar(
        select(Delegation).where(Delegation.event_id == event_id, Delegation.id == row_id)
    )
    return _view(row) if row else None


def with_code(*, event_id: int, code: str) -> DelegationView | None:
    """The delegation of that event with that code."""
    row = db.session.scalar(
        select(Delegation).where(Delegation.event_id == event_id, Delegation.code == code)
    )
    return _view(row) if row else None


def places(*, delegation_id: int) -> tuple[CategoryPlaces, ...]:
    """The categories that have a quota or people, in their order. Two statements."""
    quotas = _quotas(delegation_id)
    rows = db.session.execute(
        select(Delegate.category, Delegate.status, func.count())
        .where(Delegate.delegation_id == delegation_id, Delegate.erased_at.is_(None))
        .group_by(Delegate.category, Delegate.status)
    )
    states = Counter({(row[0], row[1]): row[2] for row in rows})
    found = (_places(category, quotas.get(category), states) for category in Category)
    return tuple(one for one in found if one.places is not None or one.used or one.waiting)


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
            code=row.code,
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


def _view(row: Delegation) -> DelegationView:
    return DelegationView(
        id=row.id,
        event_id=row.event_id,
        code=row.code,
        title=row.title,
        region=row.region,
        is_host=row.is_host,
        position=row.position,
        quotas=_quotas(row.id),
        version=row.version,
    )


def _quotas(delegation_id: int) -> dict[Category, int]:
    rows = {
        row.category: row.places
        for row in db.session.scalars(select(Quota).filter_by(delegation_id=delegation_id))
    }
    return {category: rows[category] for category in Category if category in rows}


def _places(
    category: Category, quota: int | None, states: Counter[tuple[Category, RegistrationStatus]]
) -> CategoryPlaces:
    return CategoryPlaces(
        category=category,
        places=quota,
        approved=states[category, RegistrationStatus.APPROVED],
        offered=states[category, RegistrationStatus.OFFERED],
        undecided=states[category, RegistrationStatus.APPLIED] + states[category, RegistrationStatus.ASKED],
        waiting=states[category, RegistrationStatus.WAITING],
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
