"""Which meetings come before which others: said by the organisers, kept by every schedule from then on."""

from __future__ import annotations

from sqlalchemy import select

from forum.domain.meeting_orders import Pair, without_rings
from forum.domain.requests import STANDING
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import MeetingOrder, Request
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import meeting_orders as queries
from forum.services import journal, plans
from forum.unit_of_work import transactional


@transactional
def put(*, actor: Actor, event_id: int, before_id: int, after_id: int) -> int:
    """Let the meeting of one request end before that of another begins; returns the order's id.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``request_is_gone``; ``request_is_closed``: one of them does not stand; ``order_of_one``:
            both are about the same two companies; ``order_goes_round``: the other one comes first already.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plans.one_at_a_time(event_id)
    before, after = _pair(event_id, before_id), _pair(event_id, after_id)
    if before == after:
        raise ForumError("order_of_one")
    there = db.session.scalar(
        select(MeetingOrder.id).where(MeetingOrder.before_id == before_id, MeetingOrder.after_id == after_id)
    )
    if there is not None:
        return there
    known = [*_known(event_id), (before, after)]
    if len(without_rings(known)) < len(known):
        raise ForumError("order_goes_round")
    row = MeetingOrder(event_id=event_id, before_id=before_id, after_id=after_id)
    db.session.add(row)
    db.session.flush()
    _note(actor, "meetings_ordered", row)
    return row.id


@transactional
def drop(*, actor: Actor, event_id: int, order_id: int) -> None:
    """Let the two be in any order again.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``no_such_order``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    row = db.session.get(MeetingOrder, order_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_order")
    _note(actor, "meetings_unordered", row)
    db.session.delete(row)


def _pair(event_id: int, request_id: int) -> Pair:
    """The companies of a request."""
    row = db.session.get(Request, request_id)
    if row is None or row.event_id != event_id:
        raise ForumError("request_is_gone")
    if row.status not in STANDING:
        raise ForumError("request_is_closed")
    return frozenset({row.sender_id, row.receiver_id})


def _known(event_id: int) -> list[tuple[Pair, Pair]]:
    # What contradicts itself since two companies became one is no reason to refuse anything else.
    return list(without_rings(queries.pairs(event_id).values()))


def _note(actor: Actor, action: str, row: MeetingOrder) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="request",
        subject_id=row.before_id,
        other_request=row.after_id,
    )
