"""Who wishes for which visits: one person's own, and how many of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from forum import clock
from forum.domain.conflicts import Engagement
from forum.domain.localized import Localized
from forum.domain.states import SignUpMode, VisitStatus
from forum.domain.visit_names import visit_name
from forum.models import Company, Delegate, Event, Seat, Site, Visit, Wish
from forum.models.base import db
from forum.queries import engagements, visits
from forum.queries.engagements import HOLDS_A_SEAT
from forum.queries.people import full_name
from forum.queries.visits import VisitView


@dataclass(frozen=True)
class Wishable:
    """A visit whose seats are assigned: the ``choice`` that somebody made it, what stands against it."""

    visit: VisitView
    choice: int | None
    conflict: Engagement | None
    is_open: bool


@dataclass(frozen=True)
class OwnWishes:
    """``closes_at`` is when the first list closes; ``is_settled``: they have been told of a seat."""

    visits: tuple[Wishable, ...]
    closes_at: datetime | None
    is_settled: bool

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of visits, the dearest first."""
        ranked = sorted((each.choice, each.visit.id) for each in self.visits if each.choice is not None)
        return tuple(visit_id for _, visit_id in ranked)

    @property
    def is_open(self) -> bool:
        return not self.is_settled and any(each.is_open for each in self.visits)


@dataclass(frozen=True)
class Wishing:
    """Somebody with wishes: names of visits, the dearest first."""

    number: int
    name: str
    company: Localized
    email: str | None
    wishes: tuple[Localized, ...]


def is_open(visit: Visit | VisitView) -> bool:
    """Whether wishes for the visit can be made and taken back now."""
    now = clock.now()
    return (
        visit.sign_up_mode is SignUpMode.ASSIGNED
        and visit.status is VisitStatus.OPEN
        and (visit.sign_up_opens_at is None or now >= visit.sign_up_opens_at)
        and (visit.sign_up_closes_at is None or now < visit.sign_up_closes_at)
        and now < visit.departs_at
    )


def assigned(*, event_id: int) -> tuple[VisitView, ...]:
    """The visits whose seats go by wishes, by departure."""
    return tuple(
        each
        for each in visits.of_event(event_id=event_id)
        if each.sign_up_mode is SignUpMode.ASSIGNED and not each.is_cancelled
    )


def of_delegate(*, event_id: int, delegate_id: int) -> OwnWishes:
    """The visits whose seats are assigned and that are meant for the delegate, by departure."""
    category = db.session.scalar(select(Delegate.category).where(Delegate.id == delegate_id))
    every = assigned(event_id=event_id)
    found = [each for each in every if not each.categories or category in each.categories]
    if not found:
        return OwnWishes((), None, is_settled=False)
    rows = select(Wish.visit_id, Wish.choice).where(Wish.delegate_id == delegate_id)
    choices = {row.visit_id: row.choice for row in db.session.execute(rows)}
    engaged = engagements.of_delegates(event_id, [delegate_id])
    return OwnWishes(
        visits=tuple(
            Wishable(
                visit=each,
                choice=choices.get(each.id),
                conflict=engaged.conflict(delegate_id, engaged.visit(each)),
                is_open=is_open(each),
            )
            for each in found
        ),
        closes_at=min((each.sign_up_closes_at for each in found if each.sign_up_closes_at), default=None),
        is_settled=settled(delegate_id),
    )


def settled(delegate_id: int) -> bool:
    """Whether they know of a seat in a visit whose seats are assigned."""
    row = (
        select(Seat.id)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(
            Seat.delegate_id == delegate_id,
            Seat.status.in_(HOLDS_A_SEAT),
            Seat.is_tentative.is_(False),
            Visit.sign_up_mode == SignUpMode.ASSIGNED,
        )
    )
    return db.session.scalar(row.limit(1)) is not None


def named(*, event_id: int) -> Mapping[int, tuple[Localized, ...]]:
    """By delegate, the names of the visits that they wish for, the dearest first; in the order of asking."""
    zone = ZoneInfo(db.session.scalars(select(Event.time_zone).where(Event.id == event_id)).one())
    rows = db.session.execute(
        select(Wish.delegate_id, Site.title, Visit.title, Visit.departs_at)
        .join(Visit, Visit.id == Wish.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Wish.event_id == event_id)
        .order_by(Wish.asked_at, Wish.delegate_id, Wish.choice)
    )
    found: dict[int, tuple[Localized, ...]] = {}
    for delegate_id, site, title, departs_at in rows:
        name = visit_name(site, title, departs_at.astimezone(zone).date())
        found[delegate_id] = (*found.get(delegate_id, ()), name)
    return found


def everybody(*, event_id: int) -> tuple[Wishing, ...]:
    """All who have wishes, in the order of asking."""
    wished = named(event_id=event_id)
    people = {
        row.id: row
        for row in db.session.execute(
            select(
                Delegate.id,
                Delegate.number,
                Delegate.family_name,
                Delegate.given_name,
                Delegate.patronymic,
                Delegate.email,
                Company.short_name,
            )
            .outerjoin(Company, Company.id == Delegate.company_id)
            .where(Delegate.id.in_(wished))
        )
    }
    return tuple(
        Wishing(
            number=row.number,
            name=full_name(row.family_name, row.given_name, row.patronymic),
            company=row.short_name or Localized(),
            email=row.email,
            wishes=names,
        )
        for key, names in wished.items()
        if (row := people.get(key)) is not None
    )


def counts(*, event_id: int) -> Mapping[int, tuple[int, int, int]]:
    """By visit, how many made it their first, second, third choice."""
    rows = db.session.execute(
        select(Wish.visit_id, Wish.choice, func.count())
        .where(Wish.event_id == event_id)
        .group_by(Wish.visit_id, Wish.choice)
    )
    found: dict[int, list[int]] = {}
    for visit_id, choice, count in rows:
        found.setdefault(visit_id, [0, 0, 0])[choice - 1] = count
    return {key: (one, two, three) for key, (one, two, three) in found.items()}
