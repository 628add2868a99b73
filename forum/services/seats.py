"""Taking and freeing the seats of a visit, within the commands of ``services.visits``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, select, tuple_, update

from forum import clock
from forum.domain.conflicts import Clash, ClashKind, EngagementKind
from forum.domain.states import SeatStatus, SignUpMode, VisitStatus
from forum.errors import ForumError
from forum.models import Event, Override, Seat, Visit
from forum.models.base import db
from forum.queries import engagements
from forum.queries.engagements import HOLDS_A_SEAT, Engaged
from forum.services import seat_mails

_REFUSALS: Final = {
    EngagementKind.VISIT: "visit_overlaps",
    EngagementKind.MEETING: "visit_meets_meeting",
    EngagementKind.SESSION: "visit_meets_session",
}
IN_LINE: Final = (Seat.choice, Seat.position)
"""The waiting list: who wished for it most, then who asked first."""


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
    leave_other_lines(visit, delegate_id)
    return True


def give_back(visit: Visit, seat: Seat) -> None:
    """Free the seat, or leave the waiting list; what was let stand for it stands no longer."""
    if seat.status in HOLDS_A_SEAT:
        db.session.execute(update(Visit).where(Visit.id == visit.id).values(taken=Visit.taken - 1))
    seat.status, seat.seated_at, seat.bus_id = SeatStatus.CANCELLED, None, None
    seat.offer_ends_at, seat.is_tentative = None, False
    this = (EngagementKind.VISIT.value, visit.id)
    is_one = tuple_(Override.kind, Override.row_id) == this
    is_other = tuple_(Override.other_kind, Override.other_row_id) == this
    db.session.execute(
        delete(Override).where(Override.delegate_id == seat.delegate_id, or_(is_one, is_other))
    )
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
    """Give free seats to the first of the waiting list, and write to them.

    Where the visit gives them time to answer, a seat is kept for them until then. Who is engaged elsewhere at
    that time is passed over and keeps the place in the list.

    Returns:
        The delegates' ids.
    """
    if visit.taken >= visit.capacity or clock.now() >= visit.departs_at:
        return []
    if visit.status is VisitStatus.CANCELLED:
        return []
    waiting = db.session.scalars(
        select(Seat)
        .where(Seat.visit_id == visit.id, Seat.status == SeatStatus.WAITING, Seat.is_tentative.is_(False))
        .order_by(*IN_LINE)
    ).all()
    engaged = engagements.of_delegates(visit.event_id, [each.delegate_id for each in waiting])
    wanted = engaged.visit(visit)
    promoted: list[int] = []
    for each in waiting:
        if engaged.conflict(each.delegate_id, wanted) is None:
            if not _take(visit):
                break
            _promote(visit, each)
            promoted.append(each.delegate_id)
    db.session.flush()
    return promoted


def accept(visit: Visit, seat: Seat) -> None:
    """Make the seat that was kept theirs. In assigned visits they then wait for no other."""
    seat.status, seat.seated_at, seat.offer_ends_at = SeatStatus.SEATED, clock.now(), None
    leave_other_lines(visit, seat.delegate_id)


def leave_other_lines(visit: Visit, delegate_id: int) -> None:
    """Of several wishes one is granted: they wait for no other visit whose seats are assigned."""
    if visit.sign_up_mode is not SignUpMode.ASSIGNED:
        return
    assigned = select(Visit.id).where(
        Visit.event_id == visit.event_id, Visit.sign_up_mode == SignUpMode.ASSIGNED, Visit.id != visit.id
    )
    db.session.execute(
        update(Seat)
        .where(
            Seat.visit_id.in_(assigned),
            Seat.delegate_id == delegate_id,
            Seat.status == SeatStatus.WAITING,
        )
        .values(status=SeatStatus.CANCELLED)
    )


def conflicts(delegate_id: int, visit: Visit) -> tuple[Engaged, tuple[Clash, ...]]:
    """What the delegate is engaged in between departure and return, as far as nobody has let it stand."""
    engaged = engagements.of_delegates(visit.event_id, [delegate_id])
    return engaged, tuple(engaged.conflicts(delegate_id, engaged.visit(visit)))


def refuse_conflict(delegate_id: int, visit: Visit) -> None:
    """Raises ``ForumError`` when the delegate is engaged elsewhere between departure and return."""
    engaged, found = conflicts(delegate_id, visit)
    if not found:
        return
    clash, wanted = found[0], engaged.visit(visit)
    zone = ZoneInfo(db.session.scalars(select(Event.time_zone).where(Event.id == visit.event_id)).one())
    other = clash.other(wanted)
    start, end = (
        instant.astimezone(zone).strftime("%H:%M") for instant in (other.interval.start, other.interval.end)
    )
    if clash.kind is ClashKind.TRAVEL:
        minutes = clash.needed // timedelta(minutes=1)
        raise ForumError("visit_too_far", starts=start, ends=end, minutes=minutes)
    if other.kind is EngagementKind.AWAY:
        raise ForumError("visit_while_away")
    raise ForumError(_REFUSALS[other.kind], starts=start, ends=end)


def _promote(visit: Visit, seat: Seat) -> None:
    if visit.offer_hours is None:
        accept(visit, seat)
        seat_mails.write(visit, seat)
        return
    seat.status = SeatStatus.OFFERED
    seat.offer_ends_at = min(clock.now() + timedelta(hours=visit.offer_hours), visit.departs_at)
    seat_mails.offer(visit, seat)


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
        row.asked_at, row.choice = clock.now(), 1
    row.status, row.is_tentative, row.offer_ends_at = status, False, None
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
