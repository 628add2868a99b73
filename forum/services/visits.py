"""Seats in visits: asking for one, giving it back, and what the organiser decides."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, tuple_

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus, SeatStatus, SignUpMode, VisitStatus
from forum.errors import ForumError, StaleError
from forum.models import Delegate, Seat, Visit
from forum.models.base import db
from forum.policy import Actor, may, require
from forum.queries import assignments
from forum.services import form_keys, journal, overrides, seats, visit_settings
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class SeatOutcome:
    """Where a delegate stands with a visit; ``place`` counts from 1 in the waiting list."""

    status: SeatStatus
    place: int | None = None


@transactional
def sign_up(
    *, actor: Actor, event_id: int, visit_id: int, delegate_id: int, form_key: str | None = None
) -> SeatOutcome:
    """Give the delegate a seat, or a place at the end of the waiting list. Asking again changes nothing.

    Raises:
        NotAllowedError: it is somebody else's delegate and ``actor`` does not manage visits.
        ForumError: ``no_such_visit``, ``visit_has_departed``, ``delegate_not_approved``,
            ``visit_cancelled``, ``visit_not_for_category``, ``visit_closed``, ``sign_up_not_open``,
            ``visit_by_wishes``, ``visit_overlaps``, ``visit_meets_meeting``, ``visit_meets_session``,
            ``visit_while_away`` or ``visit_too_far``.
    """
    delegate = own_delegate(actor, event_id, delegate_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    seat = seats.find(visit_id, delegate_id)
    if not form_keys.is_first_use(form_key) or (seat and seat.status is not SeatStatus.CANCELLED):
        return _outcome(seat)
    _refuse_departed(actor, visit)
    _refuse_unfit(actor, delegate, visit)
    seat = seats.ask(visit, delegate_id)
    journal.record(
        actor=actor,
        action="visits.sign_up",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        delegate=delegate_id,
        status=seat.status.value,
    )
    return _outcome(seat)


@transactional
def cancel(
    *, actor: Actor, event_id: int, visit_id: int, delegate_id: int, form_key: str | None = None
) -> SeatOutcome:
    """Give the seat or the place in the waiting list back; whoever waits first gets a freed seat at once.

    Raises:
        NotAllowedError: as ``sign_up``.
        ForumError: ``no_such_visit`` or ``visit_has_departed``.
    """
    own_delegate(actor, event_id, delegate_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    seat = seats.find(visit_id, delegate_id)
    if not form_keys.is_first_use(form_key) or seat is None or seat.status is SeatStatus.CANCELLED:
        return _outcome(seat)
    _refuse_departed(actor, visit)
    seats.give_back(visit, seat)
    promoted = seats.promote(visit)
    journal.record(
        actor=actor,
        action="visits.cancel",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        delegate=delegate_id,
        promoted=promoted,
    )
    return SeatOutcome(SeatStatus.CANCELLED)


@transactional
def seat_by_organiser(
    *, actor: Actor, event_id: int, visit_id: int, delegate_id: int, reason: str = ""
) -> SeatOutcome:
    """Seat the delegate now, past the waiting list.

    Args:
        reason: why, where they are engaged elsewhere at that time; it stays with what they are engaged in.

    Raises:
        NotAllowedError: ``actor`` does not manage visits.
        ForumError: ``visit_full``, ``no_such_delegate``, or as ``sign_up``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    delegate = _delegate(event_id, delegate_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    seat = seats.find(visit_id, delegate_id)
    if seat and seat.status is SeatStatus.SEATED:
        return _outcome(seat)
    if reason.strip():
        overrides.let_stand_for_visit(actor=actor, visit=visit, delegate_id=delegate_id, reason=reason)
    _refuse_unfit(actor, delegate, visit)
    _seat_now(visit, delegate_id)
    journal.record(
        actor=actor,
        action="visits.seat",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        delegate=delegate_id,
    )
    return SeatOutcome(SeatStatus.SEATED)


@transactional
def move(*, actor: Actor, event_id: int, visit_id: int, delegate_id: int, to_visit_id: int) -> SeatOutcome:
    """Take the delegate off one visit and seat them in another, or leave everything as it was.

    Raises:
        NotAllowedError: ``actor`` does not manage visits.
        ForumError: ``not_on_visit``, ``visit_full``, or as ``sign_up``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    delegate = _delegate(event_id, delegate_id)
    old, new = (seats.locked(event_id=event_id, visit_id=key) for key in (visit_id, to_visit_id))
    seat = seats.find(visit_id, delegate_id)
    if seat is None or seat.status is SeatStatus.CANCELLED:
        raise ForumError("not_on_visit")
    if visit_id == to_visit_id:
        return _outcome(seat)
    seats.give_back(old, seat)
    _refuse_unfit(actor, delegate, new)
    _seat_now(new, delegate_id)
    promoted = seats.promote(old)
    journal.record(
        actor=actor,
        action="visits.move",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        delegate=delegate_id,
        to=to_visit_id,
        promoted=promoted,
    )
    return SeatOutcome(SeatStatus.SEATED)


@transactional
def change_capacity(
    *, actor: Actor, event_id: int, visit_id: int, capacity: int, version: int, may_send_back: bool = False
) -> int:
    """Set how many people may go; the first of the waiting list get the new seats.

    Args:
        version: of the visit as the organiser saw it.
        may_send_back: where fewer may go than have a seat, the last of them go back to the waiting list.

    Returns:
        How many people have been given a seat by it.

    Raises:
        NotAllowedError: ``actor`` does not manage visits.
        StaleError: the visit has been changed since.
        ForumError: ``no_such_visit`` or ``capacity_below_taken``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    if visit.version != version:
        raise StaleError("stale")
    before, visit.version = visit.capacity, version + 1
    sent_back, promoted = visit_settings.set_capacity(visit, capacity, may_send_back=may_send_back)
    journal.record(
        actor=actor,
        action="visits.change_capacity",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        before=before,
        after=capacity,
        promoted=promoted,
        sent_back=sent_back,
    )
    return len(promoted)


def _seat_now(visit: Visit, delegate_id: int) -> None:
    if not seats.seat(visit, delegate_id):
        raise ForumError("visit_full", capacity=visit.capacity)


def own_delegate(actor: Actor, event_id: int, delegate_id: int) -> Delegate:
    """The delegate, if it is the actor's own or they manage visits, within a command.

    Raises:
        NotAllowedError: neither.
        ForumError: ``no_such_delegate``.
    """
    delegate = db.session.get(Delegate, delegate_id)
    is_own = (
        delegate is not None
        and delegate.event_id == event_id
        and delegate.account_id is not None
        and delegate.account_id == actor.account_id
        and may(actor, Permission.OWN_CABINET, event_id)
    )
    if not is_own:
        require(actor, Permission.MANAGE_VISITS, event_id)
    return _delegate(event_id, delegate_id)


def _delegate(event_id: int, delegate_id: int) -> Delegate:
    delegate = db.session.get(Delegate, delegate_id)
    if delegate is None or delegate.event_id != event_id:
        raise ForumError("no_such_delegate")
    return delegate


def _refuse_departed(actor: Actor, visit: Visit) -> None:
    # The organiser still mends the list of those who went, afterwards.
    if clock.now() >= visit.departs_at and not may(actor, Permission.MANAGE_VISITS, visit.event_id):
        raise ForumError("visit_has_departed")


def _refuse_unfit(actor: Actor, delegate: Delegate, visit: Visit) -> None:
    # Whoever withdrew while this command waited for the visits has been read as still taking part.
    db.session.refresh(delegate, ["status", "category"])
    if delegate.status is not RegistrationStatus.APPROVED:
        raise ForumError("delegate_not_approved")
    if visit.status is VisitStatus.CANCELLED:
        raise ForumError("visit_cancelled")
    if visit.categories and delegate.category.value not in visit.categories:
        raise ForumError("visit_not_for_category")
    if not may(actor, Permission.MANAGE_VISITS, visit.event_id):
        _refuse_closed(visit)
    seats.refuse_conflict(delegate.id, visit)


def _refuse_closed(visit: Visit) -> None:
    """For an assigned visit one wishes; once people have been told, its seats go as others do."""
    now = clock.now()
    if visit.status is VisitStatus.CLOSED:
        raise ForumError("visit_closed")
    if visit.sign_up_opens_at and now < visit.sign_up_opens_at:
        raise ForumError("sign_up_not_open")
    if visit.sign_up_mode is SignUpMode.ASSIGNED and not assignments.is_told(event_id=visit.event_id):
        raise ForumError("visit_by_wishes")
    is_over = visit.sign_up_closes_at is not None and now >= visit.sign_up_closes_at
    if is_over and visit.sign_up_mode is SignUpMode.FIRST_COME:
        raise ForumError("visit_closed")


def _outcome(seat: Seat | None) -> SeatOutcome:
    if seat is None:
        return SeatOutcome(SeatStatus.CANCELLED)
    if seat.status is not SeatStatus.WAITING:
        return SeatOutcome(seat.status)
    ahead = db.session.scalar(
        select(func.count()).where(
            Seat.visit_id == seat.visit_id,
            Seat.status == SeatStatus.WAITING,
            tuple_(Seat.choice, Seat.position) < (seat.choice, seat.position),
        )
    )
    return SeatOutcome(SeatStatus.WAITING, (ahead or 0) + 1)
