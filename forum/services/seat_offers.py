"""Seats that are kept for somebody from the waiting list: taken, refused, or not answered in time."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.services import journal, seat_mails, seats
from forum.services.visits import own_delegate
from forum.unit_of_work import transactional


@transactional
def accept(*, actor: Actor, event_id: int, visit_id: int, delegate_id: int) -> None:
    """Take the seat that is kept for the delegate; once it is taken, nothing changes.

    Raises:
        NotAllowedError: it is somebody else's delegate and ``actor`` does not manage visits.
        ForumError: ``no_such_visit``, ``no_seat_offered``, ``seat_offer_has_ended``, or what stands against
            going as in ``visits.sign_up``.
    """
    own_delegate(actor, event_id, delegate_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    seat = seats.find(visit_id, delegate_id)
    if seat is not None and seat.status is SeatStatus.SEATED:
        return
    if seat is None or seat.status is not SeatStatus.OFFERED:
        raise ForumError("no_seat_offered")
    if _is_over(seat):
        raise ForumError("seat_offer_has_ended")
    seats.refuse_conflict(delegate_id, visit)
    seats.accept(visit, seat)
    _note(actor, visit, delegate_id, "visits.offer_accepted")


def ended() -> Iterable[int]:
    """Ids of the seats for which nobody has said yes in time."""
    return db.session.scalars(
        select(Seat.id)
        .where(Seat.status == SeatStatus.OFFERED, Seat.offer_ends_at <= clock.now())
        .order_by(Seat.offer_ends_at, Seat.id)
    ).all()


@jobs.handles("seat_offer", waiting=ended)
@transactional
def end(seat_id: int) -> bool:
    """Pass a seat on for which nobody has said yes in time; any other row is left alone.

    Returns:
        Whether it has been passed on by this.
    """
    found = db.session.execute(
        select(Visit.event_id, Visit.id).join(Seat, Seat.visit_id == Visit.id).where(Seat.id == seat_id)
    ).first()
    if found is None:
        return False
    visit = seats.locked(event_id=found.event_id, visit_id=found.id)
    seat = db.session.get_one(Seat, seat_id, populate_existing=True)
    if seat.status is not SeatStatus.OFFERED or not _is_over(seat):
        return False
    seat_mails.over(visit, seat)
    seats.give_back(visit, seat)
    promoted = seats.promote(visit)
    _note(SYSTEM, visit, seat.delegate_id, "visits.offer_ended", promoted=promoted)
    return True


def _is_over(seat: Seat) -> bool:
    return seat.offer_ends_at is not None and seat.offer_ends_at <= clock.now()


def _note(actor: Actor, visit: Visit, delegate_id: int, action: str, **data: list[int]) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=visit.event_id,
        subject_kind="visit",
        subject_id=visit.id,
        delegate=delegate_id,
        **data,
    )
