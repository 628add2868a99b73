"""Taking and freeing the seats of a visit, within the commands of ``services.visits``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from forum import clock
from forum.domain.intervals import Interval
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Event, Seat, Visit
from forum.models.base import db
from forum.queries import engagements
from forum.queries.engagements import Engagement, EngagementKind, first_conflict
from forum.services import seat_mails

_REFUSALS: Final = {
    EngagementKind.VISIT: "visit_overlaps",
    EngagementKind.MEETING: "visit_meets_meeting",
    EngagementKind.SESSION: "visit_meets_session",
}


def lock_all(event_id: int) -> Sequence[Visit]:
    """All visits of the event as they are now, until the end of the command.

    They are locked in one order: two overlapping wishes of one person, or a wish and a schedule
    that is being published, have to wait for each other, and nobody deadlocks. (SQLite has one
    writer anyway.)
    """
    rows = db.session.scalars(
        select(Visit)
        .where(Visit.event_id == event_id)
        .order_by(Visit.id)
        .with_for_update(key_share=True, of=Visit)
        .execution_options(populate_existing=True)
    )
    return rows.all()


def locked(*, event_id: int, visit_id: int) -> Visit:
    """The visit as it is now, until the end of the command.

    Raises:
        ForumError: ``no_such_visit``.
    """
    for visit in lock_all(event_id):
        if visit.id == visit_id:
            return visit
    raise ForumError("no_such_visit")


def find(visit_id: int, delegate_id: int) -> Seat | None:
    """The delegate's seat or place in the waiting list, even if given back."""
    return db.session.scalar(select(Seat).where(Seat.visit_id == visit_id, Seat.delegate_id == delegate_id))


def ask(visit: Visit, delegate_id: int) -> Seat:
    """A seat as long as there is one, else the last place in the waiting list."""
    status = SeatStatus.SEATED if _take(visit) else SeatStatus.WAITING
    return _place(visit, delegate_id, status)


def seat(visit: Visit, delegate_id: int) -> bool:
    """Seat the delegate, also from the middle of the waiting list; False when no seat is free."""
    if not _take(visit):
        return False
    _place(visit, delegate_id, SeatStatus.SEATED)
    return True


def give_back(visit: Visit, seat: Seat) -> None:
    """Free the seat, or leave the waiting list."""
    if seat.status is SeatStatus.SEATED:
        db.session.execute(update(Visit).where(Visit.id == visit.id).values(taken=Visit.taken - 1))
    seat.status, seat.seated_at, seat.bus_id = SeatStatus.CANCELLED, None, None
    db.session.flush()


def restore(visit: Visit, delegate_id: int, status: SeatStatus) -> None:
    """Undo ``give_back``: the seat if it is free still, else the place that they had in the line."""
    row = find(visit.id, delegate_id)
    if row is None or row.status is not SeatStatus.CANCELLED:
        return
    is_seated = status is SeatStatus.SEATED and _take(visit)
    row.status = SeatStatus.SEATED if is_seated else SeatStatus.WAITING
    row.seated_at = clock.now() if is_seated else None
    db.session.flush()


def promote(visit: Visit) -> list[int]:
    """Seat the first of the waiting list while seats are free, and write to them.

    Who is engaged elsewhere at that time is passed over and keeps the place in the list.

    Returns:
        The delegates' ids.
    """
    if visit.taken >= visit.capacity or clock.now() >= visit.departs_at:
        return []
    waiting = db.session.scalars(
        select(Seat)
        .where(Seat.visit_id == visit.id, Seat.status == SeatStatus.WAITING)
        .order_by(Seat.position)
    ).all()
    engaged = engagements.of_delegates([each.delegate_id for each in waiting])
    promoted: list[int] = []
    for each in waiting:
        if _conflict(visit, engaged[each.delegate_id]) is None:
            if not _take(visit):
                break
            each.status, each.seated_at = SeatStatus.SEATED, clock.now()
            seat_mails.write(visit, each)
            promoted.append(each.delegate_id)
    db.session.flush()
    return promoted


def refuse_conflict(delegate_id: int, visit: Visit) -> None:
    """Raises ``ForumError`` when the delegate is engaged elsewhere between departure and return."""
    conflict = _conflict(visit, engagements.of_delegates([delegate_id])[delegate_id])
    if conflict:
        zone = ZoneInfo(db.session.scalars(select(Event.time_zone).where(Event.id == visit.event_id)).one())
        start, end = (
            instant.astimezone(zone).strftime("%H:%M")
            for instant in (conflict.interval.start, conflict.interval.end)
        )
        raise ForumError(_REFUSALS[conflict.kind], starts=start, ends=end)


def _conflict(visit: Visit, engaged: Iterable[Engagement]) -> Engagement | None:
    # The way there and back counts.
    return first_conflict(Interval(visit.departs_at, visit.returns_at), engaged, visit_id=visit.id)


def _take(visit: Visit) -> bool:
    taken = db.session.execute(
        update(Visit)
        .where(Visit.id == visit.id, Visit.taken < Visit.capacity)
        .values(taken=Visit.taken + 1)
        .returning(Visit.id)
    )
    return taken.scalar() is not None


def _place(visit: Visit, delegate_id: int, status: SeatStatus) -> Seat:
    row = find(visit.id, delegate_id) or Seat(visit_id=visit.id, delegate_id=delegate_id)
    if row.status is not SeatStatus.WAITING:
        row.position = _next_position(visit)
        row.asked_at = clock.now()
    row.status = status
    row.seated_at = clock.now() if status is SeatStatus.SEATED else None
    db.session.add(row)
    db.session.flush()
    return row


def _next_position(visit: Visit) -> int:
    return db.session.execute(
        update(Visit)
        .where(Visit.id == visit.id)
        .values(last_position=Visit.last_position + 1)
        .returning(Visit.last_position)
    ).scalar_one()
