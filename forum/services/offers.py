"""Places that are kept for somebody from the waiting list: taken, refused, or not answered in time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from forum import clock, jobs
from forum.catalogues import text_in
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import places as numbers
from forum.services import places, precedence, profiles, standing
from forum.unit_of_work import transactional

_OFFERED: Final = RegistrationStatus.OFFERED


@transactional
def accept(*, actor: Actor, event_id: int, delegate_id: int) -> None:
    """Take the place that is kept for the delegate.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor ``MANAGE_DELEGATES``.
        ForumError: ``no_such_delegate``, ``no_offer`` or ``offer_has_ended``.
    """
    occupancy = places.lock(event_id)
    row = _offered(actor, event_id, delegate_id)
    standing.move(row, RegistrationStatus.APPROVED, occupancy=occupancy)
    places.tell(row, actor=actor, action="offer_accepted")


@transactional
def refuse(*, actor: Actor, event_id: int, delegate_id: int) -> None:
    """Let the place go to the next in the waiting list, and withdraw.

    Raises:
        NotAllowedError, ForumError: as ``accept``.
    """
    occupancy = places.lock(event_id)
    precedence.lock_of(event_id, [delegate_id])
    row = _offered(actor, event_id, delegate_id)
    standing.move(row, RegistrationStatus.WITHDRAWN, occupancy=occupancy)
    places.tell(row, actor=actor, action="offer_refused")
    places.promote(event_id)


def ended() -> Iterable[int]:
    """Ids of those who have not answered in time."""
    return db.session.scalars(
        select(Delegate.id)
        .where(Delegate.status == _OFFERED, Delegate.offer_ends_at <= clock.now())
        .order_by(Delegate.offer_ends_at, Delegate.id)
    ).all()


@jobs.handles("offer", waiting=ended)
@transactional
def end(delegate_id: int) -> None:
    """Pass a place on that nobody has answered for in time; any other row is left alone."""
    event_id = db.session.scalar(select(Delegate.event_id).where(Delegate.id == delegate_id))
    if event_id is None:
        return
    occupancy = places.lock(event_id)
    precedence.lock_of(event_id, [delegate_id])
    for row in places.lock_people(event_id, [delegate_id]):
        if row.status is _OFFERED and _is_over(row):
            note = text_in(row.language, "The place was not accepted in time.")
            standing.move(row, RegistrationStatus.WITHDRAWN, occupancy=occupancy, note=note)
            places.tell(row, actor=SYSTEM, action="offer_ended")
            places.promote(event_id)


@jobs.handles("waiting_list", waiting=numbers.events_to_promote)
@transactional
def promote(event_id: int) -> None:
    """Offer what has become free without anybody seeing to it: a workbook was imported, or undone."""
    places.promote(event_id)


def _offered(actor: Actor, event_id: int, delegate_id: int) -> Delegate:
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status is not _OFFERED:
        raise ForumError("no_offer")
    if _is_over(row):
        raise ForumError("offer_has_ended")
    return row


def _is_over(row: Delegate) -> bool:
    return row.offer_ends_at is not None and row.offer_ends_at <= clock.now()
