"""Visits with their seats: for everybody, for one delegate, for the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from forum import clock
from forum.domain import host_rules
from forum.domain.host_rules import HostRules
from forum.domain.intervals import Interval
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.states import (
    AssignmentStatus,
    Category,
    RegistrationStatus,
    SeatStatus,
    SignUpMode,
    VisitStatus,
)
from forum.models import Assignment, Delegate, Seat, Visit
from forum.models.base import db
from forum.queries import delegates, engagements
from forum.queries.delegates import DelegateView
from forum.queries.engagements import Engaged, Engagement
from forum.queries.searching import matches


@dataclass(frozen=True)
class VisitView:
    """One trip to a site; away from ``departs_at`` until ``returns_at``.

    ``categories`` is empty where everybody may go. The list of visitors is due at ``cut_off_at``, which is
    the visit's own where ``has_own_cut_off``, else by the ``rules`` of the host. Of those who are ``waiting``
    an assignment has put ``untold`` there, who do not know of it. ``goes_by_wishes`` until people are told
    which seats they got; then freed seats go as in other visits.
    """

    id: int
    event_id: int
    site_id: int
    site: Localized
    address: Localized
    departs_at: datetime
    starts_at: datetime
    ends_at: datetime
    returns_at: datetime
    meeting_point: Localized
    guide_languages: tuple[Localized, ...]
    capacity: int
    taken: int
    waiting: int
    untold: int
    goes_by_wishes: bool
    version: int
    has_departed: bool
    title: Localized
    programme: Localized
    categories: tuple[Category, ...]
    status: VisitStatus
    sign_up_mode: SignUpMode
    sign_up_opens_at: datetime | None
    sign_up_closes_at: datetime | None
    offer_hours: int | None
    rules: HostRules
    cut_off_at: datetime
    has_own_cut_off: bool
    is_public: bool
    language_codes: tuple[str, ...]

    @property
    def is_cancelled(self) -> bool:
        return self.status is VisitStatus.CANCELLED

    @property
    def free(self) -> int:
        return 0 if self.is_cancelled else self.capacity - self.taken

    @property
    def away(self) -> Interval:
        return Interval(self.departs_at, self.returns_at)


@dataclass(frozen=True)
class OwnVisit:
    """A visit as one delegate sees it: ``place`` in the waiting list, ``conflict`` with something else.

    A seat that is kept for them is so until ``offer_ends_at``. What an assignment gave them that they have
    not been told of does not show.
    """

    visit: VisitView
    status: SeatStatus | None
    place: int | None
    conflict: Engagement | None
    offer_ends_at: datetime | None = None


@dataclass(frozen=True)
class Visitor:
    """A person on a visit or in its waiting list (then with a ``place``).

    ``let_stand`` says why an organiser seated them in spite of something else at that time. Of a seat that
    ``is_tentative`` they have not been told.
    """

    delegate: DelegateView
    status: SeatStatus
    place: int | None
    asked_at: datetime
    conflict: Engagement | None
    let_stand: str | None = None
    offer_ends_at: datetime | None = None
    is_tentative: bool = False
    choice: int = 1

    @property
    def id(self) -> int:
        return self.delegate.id


def of_event(*, event_id: int) -> tuple[VisitView, ...]:
    """All visits by departure."""
    rows = _visits(event_id).order_by(Visit.departs_at, Visit.id)
    return tuple(_view(*row) for row in db.session.execute(rows))


def find(*, event_id: int, row_id: int) -> VisitView | None:
    """The visit of the event with that id."""
    row = db.session.execute(_visits(event_id).where(Visit.id == row_id)).first()
    return _view(*row) if row else None


def of_delegate(*, event_id: int, delegate_id: int) -> tuple[OwnVisit, ...]:
    """Every visit by departure, and where the delegate stands with it."""
    seats = _seats_of(delegate_id)
    nothing = (None, None, None)
    engaged = engagements.of_delegates(event_id, [delegate_id])
    return tuple(
        OwnVisit(
            visit=visit,
            status=status,
            place=place,
            conflict=engaged.conflict(delegate_id, engaged.visit(visit)),
            offer_ends_at=offer_ends_at,
        )
        for visit in of_event(event_id=event_id)
        for status, place, offer_ends_at in (seats.get(visit.id, nothing),)
    )


def visitors(visit: VisitView) -> tuple[Visitor, ...]:
    """Who has a seat, for whom one is kept, then who waits, each in order."""
    rows = db.session.execute(
        select(Seat, Delegate)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .where(Seat.visit_id == visit.id, Seat.status != SeatStatus.CANCELLED)
        .options(joinedload(Delegate.company), joinedload(Delegate.delegation))
        .order_by(Seat.position)
    ).all()
    engaged = engagements.of_delegates(visit.event_id, [delegate.id for _, delegate in rows])
    seated, offered, waiting = (
        [row for row in rows if row[0].status is status]
        for status in (SeatStatus.SEATED, SeatStatus.OFFERED, SeatStatus.WAITING)
    )
    waiting.sort(key=lambda row: row[0].choice)
    return tuple(
        _visitor(visit, seat, delegate, place, engaged)
        for group in (seated, offered, waiting)
        for place, (seat, delegate) in enumerate(group, 1)
    )


def _visitor(visit: VisitView, seat: Seat, delegate: Delegate, place: int, engaged: Engaged) -> Visitor:
    wanted = engaged.visit(visit)
    against = list(engaged.all_conflicts(delegate.id, wanted))
    return Visitor(
        delegate=delegates.view(delegate),
        status=seat.status,
        place=place if seat.status is SeatStatus.WAITING else None,
        asked_at=seat.asked_at,
        conflict=against[0].other(wanted) if against else None,
        let_stand=engaged.reason(delegate.id, against[0]) if against else None,
        offer_ends_at=seat.offer_ends_at,
        is_tentative=seat.is_tentative,
        choice=seat.choice,
    )


def candidates(
    *, event_id: int, visit_id: int, text: str, language: str, most: int = 8
) -> tuple[DelegateView, ...]:
    """Approved people found by ``text`` who are not on the visit's list, sorted as ``language`` does."""
    there = select(Seat.delegate_id).where(Seat.visit_id == visit_id, Seat.status != SeatStatus.CANCELLED)
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.id.not_in(there),
            matches(Delegate.search_key, text),
        )
        .options(joinedload(Delegate.company), joinedload(Delegate.delegation))
        .order_by(getattr(Delegate, f"sort_{language}"), Delegate.id)
        .limit(most)
    )
    return tuple(delegates.view(row) for row in rows)


def _seats_of(delegate_id: int) -> dict[int, tuple[SeatStatus, int | None, datetime | None]]:
    """By visit: status, place in the waiting list, until when a seat is kept.

    What was given back counts as never asked for.
    """
    ahead = aliased(Seat)
    place = (
        select(func.count() + 1)
        .where(
            ahead.visit_id == Seat.visit_id,
            ahead.status == SeatStatus.WAITING,
            tuple_(ahead.choice, ahead.position) < tuple_(Seat.choice, Seat.position),
        )
        .correlate(Seat)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Seat.visit_id, Seat.status, place, Seat.offer_ends_at).where(
            Seat.delegate_id == delegate_id,
            Seat.status != SeatStatus.CANCELLED,
            Seat.is_tentative.is_(False),
        )
    )
    return {
        visit_id: (status, number if status is SeatStatus.WAITING else None, until)
        for visit_id, status, number, until in rows
    }


def _visits(event_id: int) -> Select[Any]:
    waiting = (
        select(func.count())
        .where(Seat.visit_id == Visit.id, Seat.status == SeatStatus.WAITING)
        .correlate(Visit)
    )
    told = select(Assignment.id).where(
        Assignment.event_id == event_id, Assignment.status == AssignmentStatus.TOLD
    )
    rows: Select[Any] = select(
        Visit,
        waiting.scalar_subquery(),
        waiting.where(Seat.is_tentative).scalar_subquery(),
        and_(Visit.sign_up_mode == SignUpMode.ASSIGNED, ~told.exists()),
    ).where(Visit.event_id == event_id)
    return rows


def _view(visit: Visit, waiting: int, untold: int, goes_by_wishes: bool) -> VisitView:
    rules = host_rules.from_data(visit.site.rules)
    return VisitView(
        id=visit.id,
        event_id=visit.event_id,
        site_id=visit.site_id,
        site=visit.site.title,
        address=visit.site.address,
        departs_at=visit.departs_at,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        returns_at=visit.returns_at,
        meeting_point=visit.meeting_point,
        guide_languages=tuple(LANGUAGES_SPOKEN.title(code) for code in visit.guide_languages),
        capacity=visit.capacity,
        taken=visit.taken,
        waiting=waiting,
        untold=untold,
        goes_by_wishes=bool(goes_by_wishes),
        version=visit.version,
        has_departed=clock.now() >= visit.departs_at,
        title=visit.title,
        programme=visit.programme,
        categories=tuple(Category(name) for name in visit.categories),
        status=visit.status,
        sign_up_mode=visit.sign_up_mode,
        sign_up_opens_at=visit.sign_up_opens_at,
        sign_up_closes_at=visit.sign_up_closes_at,
        offer_hours=visit.offer_hours,
        rules=rules,
        cut_off_at=visit.cut_off_at or rules.cut_off(visit.starts_at),
        has_own_cut_off=visit.cut_off_at is not None,
        is_public=visit.site.is_public,
        language_codes=tuple(visit.guide_languages),
    )
