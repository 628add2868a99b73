"""Planning visits: when, for whom, how many; and telling those whom a change concerns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from forum import clock
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.places import OFFER_HOURS
from forum.domain.roles import Permission
from forum.domain.states import Category, SeatStatus, SignUpMode, VisitStatus
from forum.errors import ForumError, StaleError
from forum.models import Seat, Site, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries.engagements import HOLDS_A_SEAT
from forum.services import journal, moved_visits, seats, visit_mails
from forum.unit_of_work import transactional

MOST_SEATS: Final = 10_000
_LONGEST: Final = timedelta(days=7)
_PUT: Final = (
    *("site_id", "title", "programme", "departs_at", "starts_at", "ends_at", "returns_at", "meeting_point"),
    *("sign_up_mode", "sign_up_opens_at", "sign_up_closes_at", "offer_hours", "cut_off_at"),
)


@dataclass(frozen=True, kw_only=True)
class VisitWanted:
    """What a visit shall be; see ``models.Visit``."""

    site_id: int
    departs_at: datetime
    starts_at: datetime
    ends_at: datetime
    returns_at: datetime
    capacity: int
    title: Localized = Localized()  # noqa: RUF009 - immutable
    programme: Localized = Localized()  # noqa: RUF009
    meeting_point: Localized = Localized()  # noqa: RUF009
    guide_languages: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    is_open: bool = True
    sign_up_mode: SignUpMode = SignUpMode.FIRST_COME
    sign_up_opens_at: datetime | None = None
    sign_up_closes_at: datetime | None = None
    offer_hours: int | None = None
    cut_off_at: datetime | None = None


@dataclass(frozen=True)
class VisitChange:
    """What a change brought: ``told`` letters, people who have a seat now, and people who have lost it."""

    told: int = 0
    promoted: int = 0
    sent_back: int = 0


@transactional
def add(*, actor: Actor, event_id: int, wanted: VisitWanted) -> int:
    """A new visit. Its id.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: what does not hold, with the ``field`` it is about.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    _refuse_bad(event_id, wanted)
    row = Visit(event_id=event_id, capacity=wanted.capacity)
    _put(row, wanted)
    db.session.add(row)
    db.session.flush()
    _note(actor, row, "visit_added")
    return row.id


@transactional
def change(
    *,
    actor: Actor,
    event_id: int,
    visit_id: int,
    version: int,
    wanted: VisitWanted,
    may_send_back: bool = False,
) -> VisitChange:
    """Change a visit. Whoever has a seat and is concerned gets one letter, with the news for the calendar;
    the stops of the buses move along.

    Args:
        may_send_back: where fewer may go than have a seat, the last of them go back to the waiting list.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``visit_stale``.
        ForumError: ``no_such_visit``, ``visit_is_cancelled``, ``capacity_below_taken``, or as ``add``.
    """
    row = _current(actor, event_id, visit_id, version)
    _refuse_bad(event_id, wanted)
    before = visit_mails.before(row)
    capacity = row.capacity
    _put(row, wanted)
    row.version += 1
    if visit_mails.concerns_calendars(before, row):
        row.change_number += 1
        moved_visits.follow(row, before)
    sent_back, promoted = set_capacity(row, wanted.capacity, may_send_back=may_send_back)
    told = moved_visits.tell(row, before, except_for=(*sent_back, *promoted))
    _note(actor, row, "visit_changed", told=told, **_capacity_news(capacity, row, sent_back, promoted))
    return VisitChange(told + len(_knowing(row, sent_back)), len(promoted), len(sent_back))


@transactional
def cancel(*, actor: Actor, event_id: int, visit_id: int, version: int, reason: str) -> VisitChange:
    """Call the visit off: everybody with a seat or in the waiting list is told why, and is free again.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``visit_stale``.
        ForumError: ``no_such_visit``, ``visit_is_cancelled``, ``visit_has_departed``, ``reason_missing``.
    """
    row = _current(actor, event_id, visit_id, version)
    if clock.now() >= row.departs_at:
        raise ForumError("visit_has_departed")
    if not reason.strip():
        raise ForumError("reason_missing", field="reason")
    row.status, row.version, row.change_number = VisitStatus.CANCELLED, row.version + 1, row.change_number + 1
    told = visit_mails.tell_of_cancelling(row, reason.strip())
    gone = _taking_part(row)
    for seat in gone:
        seats.give_back(row, seat)
    _note(actor, row, "visit_cancelled", reason=reason.strip(), told=told, people=len(gone))
    return VisitChange(told, sent_back=len(gone))


@transactional
def remove(*, actor: Actor, event_id: int, visit_id: int) -> None:
    """Take a visit away for which nobody ever asked.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``; ``visit_has_people``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = seats.locked(event_id=event_id, visit_id=visit_id)
    if db.session.scalar(select(Seat.id).where(Seat.visit_id == row.id).limit(1)):
        raise ForumError("visit_has_people")
    _note(actor, row, "visit_removed")
    db.session.delete(row)
    db.session.flush()


def set_capacity(visit: Visit, capacity: int, *, may_send_back: bool) -> tuple[list[int], list[int]]:
    """Within a command that holds the visit: how many may go.

    Where fewer may go than have a seat, the last to have asked keep their place in the order, and wait;
    before them those who do not know of their seat yet, who hear of it with all the others.

    Returns:
        Whom it sent back to the waiting list, and whom it has given a seat: ids of delegates.

    Raises:
        ForumError: ``capacity_below_taken``: some would have to wait, and nobody has agreed to that.
    """
    over = visit.taken - capacity
    if over > 0 and not may_send_back:
        raise ForumError("capacity_below_taken", taken=visit.taken, capacity=capacity, field="capacity")
    sent_back = _send_back(visit, over) if over > 0 else []
    db.session.execute(
        update(Visit)
        .where(Visit.id == visit.id)
        .values(capacity=capacity, taken=Visit.taken - len(sent_back))
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(visit, ["capacity", "taken"])
    if sent_back:
        visit.change_number += 1
        visit_mails.tell_of_waiting(visit, _knowing(visit, sent_back))
    return sent_back, [] if sent_back else seats.promote(visit)


def _send_back(visit: Visit, count: int) -> list[int]:
    last = db.session.scalars(
        select(Seat)
        .where(Seat.visit_id == visit.id, Seat.status.in_(HOLDS_A_SEAT))
        .order_by(Seat.is_tentative.desc(), Seat.position.desc())
        .limit(count)
    ).all()
    for seat in last:
        seat.status, seat.seated_at, seat.bus_id = SeatStatus.WAITING, None, None
        seat.offer_ends_at = None
    db.session.flush()
    return [seat.delegate_id for seat in reversed(last)]


def _knowing(visit: Visit, delegate_ids: Collection[int]) -> list[int]:
    """Those who know where they stand on the visit."""
    rows = select(Seat.delegate_id).where(
        Seat.visit_id == visit.id, Seat.delegate_id.in_(delegate_ids), Seat.is_tentative.is_(False)
    )
    return list(db.session.scalars(rows.order_by(Seat.position)))


def _current(actor: Actor, event_id: int, visit_id: int, version: int) -> Visit:
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = seats.locked(event_id=event_id, visit_id=visit_id)
    if row.status is VisitStatus.CANCELLED:
        raise ForumError("visit_is_cancelled")
    if row.version != version:
        raise StaleError("visit_stale")
    return row


def _taking_part(visit: Visit) -> Sequence[Seat]:
    rows = select(Seat).where(Seat.visit_id == visit.id, Seat.status != SeatStatus.CANCELLED)
    return db.session.scalars(rows.order_by(Seat.position)).all()


def _refuse_bad(event_id: int, wanted: VisitWanted) -> None:
    opens, closes = wanted.sign_up_opens_at, wanted.sign_up_closes_at
    problems = (
        ("site_id", "no_such_site", not _is_site(event_id, wanted.site_id)),
        ("starts", "visit_starts_before_departure", wanted.starts_at < wanted.departs_at),
        ("ends", "visit_ends_before_start", wanted.ends_at <= wanted.starts_at),
        ("returns", "visit_returns_before_end", wanted.returns_at < wanted.ends_at),
        ("returns", "visit_too_long", wanted.returns_at - wanted.departs_at > _LONGEST),
        ("capacity", "visit_capacity", not 0 <= wanted.capacity <= MOST_SEATS),
        (
            "guide_languages",
            "visit_languages",
            any(x not in LANGUAGES_SPOKEN for x in wanted.guide_languages),
        ),
        ("sign_up_closes", "sign_up_closes_first", bool(opens and closes and closes <= opens)),
        ("offer_hours", "visit_offer_hours", not 1 <= (wanted.offer_hours or OFFER_HOURS) <= 720),
        ("cut_off", "cut_off_after_start", bool(wanted.cut_off_at and wanted.cut_off_at > wanted.starts_at)),
    )
    for field, code, is_wrong in problems:
        if is_wrong:
            raise ForumError(code, field=field)


def _is_site(event_id: int, site_id: int) -> bool:
    return db.session.scalar(select(Site.id).where(Site.event_id == event_id, Site.id == site_id)) is not None


def _put(row: Visit, wanted: VisitWanted) -> None:
    for name in _PUT:
        setattr(row, name, getattr(wanted, name))
    row.guide_languages = list(wanted.guide_languages)
    row.categories = [category.value for category in wanted.categories]
    row.status = VisitStatus.OPEN if wanted.is_open else VisitStatus.CLOSED
    db.session.flush()


def _capacity_news(before: int, row: Visit, sent_back: list[int], promoted: list[int]) -> dict[str, Any]:
    if before == row.capacity:
        return {}
    return {"before": before, "after": row.capacity, "sent_back": sent_back, "promoted": promoted}


def _note(actor: Actor, row: Visit, action: str, **data: Any) -> None:
    site = db.session.get_one(Site, row.site_id)
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="visit",
        subject_id=row.id,
        site=dict(site.title),
        **data,
    )
