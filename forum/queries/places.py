"""The places of a forum: its limits, and how full they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select

from forum import clock
from forum.domain.places import OFFER_HOURS, Limit, LimitKind, Occupancy, Seeker
from forum.domain.states import Category, RegistrationStatus
from forum.models import Capacity, Delegate, Delegation, Event, Quota
from forum.models.base import db

_COUNTED: Final = (RegistrationStatus.APPROVED, RegistrationStatus.OFFERED, RegistrationStatus.WAITING)


@dataclass(frozen=True)
class Tally:
    """How many of each kind stand where."""

    approved: Counter[Seeker]
    offered: Counter[Seeker]
    waiting: Counter[Seeker]

    @property
    def holders(self) -> Counter[Seeker]:
        """Who counts against the places."""
        return self.approved + self.offered


@dataclass(frozen=True)
class Room:
    """How full a limit is."""

    limit: Limit
    approved: int
    offered: int
    waiting: int

    @property
    def held(self) -> int:
        return self.approved + self.offered

    @property
    def free(self) -> int:
        return max(0, self.limit.places - self.held)

    @property
    def is_over(self) -> bool:
        """Whether more people hold places than there are: somebody was let in beyond, or it was lowered."""
        return self.held > self.limit.places


def room(*, event_id: int, seen: frozenset[int] | None = None) -> tuple[Room, ...]:
    """Every limit of the forum, capacities before quotas; of quotas those of delegations ``seen``."""
    numbers = tally(event_id)
    return tuple(
        Room(
            limit,
            approved=_counted(limit, numbers.approved),
            offered=_counted(limit, numbers.offered),
            waiting=_counted(limit, numbers.waiting),
        )
        for limit in sorted(limits(event_id), key=_order)
        if seen is None or limit.delegation_id in seen
    )


def room_for(*, event_id: int, who: Seeker) -> tuple[Room, ...]:
    """The limits that count ``who``."""
    return tuple(each for each in room(event_id=event_id) if each.limit.counts(who))


def limits(event_id: int, *, is_locked: bool = False) -> tuple[Limit, ...]:
    """The forum's limits; ``is_locked``: within a command, nobody else counts until it ends."""
    capacities: Select[Any] = select(Capacity).where(Capacity.event_id == event_id)
    of_quota: tuple[Any, ...] = (Quota, Delegation, Event.offer_hours)
    quotas: Select[Any] = (
        select(*of_quota)
        .select_from(Quota)
        .join(Delegation, Delegation.id == Quota.delegation_id)
        .join(Event, Event.id == Delegation.event_id)
        .where(Delegation.event_id == event_id)
    )
    if is_locked:
        capacities, quotas = _locked(capacities, Capacity), _locked(quotas, Quota)
    return (
        *map(_of_capacity, db.session.scalars(capacities.order_by(Capacity.id))),
        *(_of_quota(*row) for row in db.session.execute(quotas.order_by(Quota.id))),
    )


def tally(event_id: int) -> Tally:
    """Who holds places and who waits for them, by what decides which limits count them. One statement."""
    rows = db.session.execute(
        select(Delegate.category, Delegate.delegation_id, Delegate.status, func.count())
        .where(
            Delegate.event_id == event_id,
            Delegate.status.in_(_COUNTED),
            Delegate.erased_at.is_(None),
        )
        .group_by(Delegate.category, Delegate.delegation_id, Delegate.status)
    )
    found: dict[RegistrationStatus, Counter[Seeker]] = {status: Counter() for status in _COUNTED}
    for category, delegation_id, status, count in rows:
        found[status][Seeker(category, delegation_id)] = count
    return Tally(*(found[status] for status in _COUNTED))


def events_to_promote() -> tuple[int, ...]:
    """Ids of forums to come in whose waiting list somebody could have a place."""
    waiting = (
        select(Event.id)
        .join(Delegate, Delegate.event_id == Event.id)
        .where(Delegate.status == RegistrationStatus.WAITING, Event.starts_on >= clock.now().date())
        .distinct()
    )
    return tuple(filter(_has_place_for_waiting, db.session.scalars(waiting).all()))


def _has_place_for_waiting(event_id: int) -> bool:
    numbers = tally(event_id)
    occupancy = Occupancy.of(limits(event_id), numbers.holders)
    return any(occupancy.has_place(who) for who in numbers.waiting)


def _counted(limit: Limit, people: Counter[Seeker]) -> int:
    return sum(count for who, count in people.items() if limit.counts(who))


def _order(limit: Limit) -> tuple[Any, ...]:
    return (limit.kind is LimitKind.QUOTA, limit.position, limit.delegation_id or 0, limit.id)


def _locked(rows: Select[Any], table: type[Any]) -> Select[Any]:
    return rows.with_for_update(of=table).execution_options(populate_existing=True)


def _of_capacity(row: Capacity) -> Limit:
    return Limit(
        kind=LimitKind.CAPACITY,
        id=row.id,
        title=row.title,
        places=row.places,
        categories=frozenset(Category(name) for name in row.categories),
        offer_hours=row.offer_hours,
        position=row.position,
    )


def _of_quota(row: Quota, delegation: Delegation, offer_hours: int | None) -> Limit:
    """Quotas say nothing of offers: the forum's own term holds."""
    return Limit(
        kind=LimitKind.QUOTA,
        id=row.id,
        title=delegation.title,
        places=row.places,
        categories=frozenset({row.category}),
        delegation_id=row.delegation_id,
        offer_hours=offer_hours or OFFER_HOURS,
        position=delegation.position,
    )
