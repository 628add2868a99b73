"""Requests for meetings by those who take part: ask, accept, decline, withdraw."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from forum import clock
from forum.domain.requests import (
    REOPENED_BY_ASKING,
    STANDING,
    Wish,
)
from forum.domain.states import RequestStatus
from forum.domain.visibility import Audience, Reader
from forum.errors import ForumError
from forum.models import Delegate, Request
from forum.policy import Actor
from forum.queries import catalogue_index
from forum.services import calling_off
from forum.services import request_rules as rules
from forum.services import request_steps as steps
from forum.services.request_mails import Heard, Told
from forum.unit_of_work import transactional

_ANSWERS: Final = {
    RequestStatus.ACCEPTED: (RequestStatus.PENDING, RequestStatus.DECLINED),
    RequestStatus.DECLINED: STANDING,
    RequestStatus.WITHDRAWN: STANDING,
}
"""From where a request may come to each of these by those who take part."""


@transactional
def ask(*, actor: Actor, event_id: int, delegate_id: int, receiver_id: int, wish: Wish) -> int:
    """Ask a company for a meeting, in the name of ``delegate_id`` and their own company.

    What was withdrawn or has expired stands again. Returns the request's id.

    Raises:
        NotAllowedError: the delegate is not the actor's own.
        ForumError: ``no_such_delegate``, ``cannot_ask``; ``requests_not_open``, ``requests_closed``,
            ``requests_frozen``; ``no_such_company``, ``no_such_person``: not there for this reader;
            ``asks_itself``, ``cannot_be_arranged``, ``already_asked``, ``was_declined``, ``asked_by_them``;
            ``company_asks_too_many``, ``person_asks_too_many``; and those of ``check``.
    """
    me = steps.speaker(actor, event_id, delegate_id)
    rules.refuse_out_of_time(event_id)
    steps.check(wish)
    if me.company_id is None:
        raise ForumError("cannot_ask")
    _refuse_unseen(me, receiver_id, wish)
    rules.lock_pair(event_id, me.company_id, receiver_id)
    if rules.are_separated(event_id, me.company_id, receiver_id):
        raise ForumError("cannot_be_arranged")
    row = rules.earlier(me.company_id, receiver_id)
    if row is not None and row.status not in REOPENED_BY_ASKING:
        raise ForumError("was_declined" if row.status is RequestStatus.DECLINED else "already_asked")
    back = rules.earlier(receiver_id, me.company_id)
    if back is not None and back.status in STANDING and not rules.is_over(back):
        raise ForumError("asked_by_them")
    rules.refuse_over_limit(event_id, me)
    row = steps.put(row, event_id, me.company_id, receiver_id, wish)
    row.asked_by_id = me.id
    steps.note(actor, row, "request_made", (Heard.RECEIVER,))
    return row.id


@transactional
def accept(
    *, actor: Actor, event_id: int, delegate_id: int, request_id: int, version: int | None = None
) -> None:
    """Agree to meet, for the company that is asked.

    Raises:
        NotAllowedError: the delegate is neither the actor's own nor of a delegation that they look after.
        StaleError: ``request_stale``, it is not the ``version`` any more that its reader saw.
        ForumError: ``request_is_gone``, ``requests_frozen``, ``request_has_expired``, ``request_is_closed``,
            ``cannot_be_arranged``.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    row = steps.locked(event_id, request_id, steps.received_by(actor, me))
    if row.status is RequestStatus.ACCEPTED:
        return
    steps.refuse_stale(row, version)
    _move(row, RequestStatus.ACCEPTED)
    if rules.are_separated(event_id, row.sender_id, row.receiver_id):
        raise ForumError("cannot_be_arranged")
    row.reason, row.answered_at = None, clock.now()
    steps.note(actor, row, "request_accepted", (Heard.SENDER, Heard.GUESTS))


@transactional
def decline(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    request_id: int,
    reason: str,
    version: int | None = None,
    agreed: Collection[int] | None = (),
) -> None:
    """Refuse to meet, for the company that is asked, also after having agreed; the asker reads ``reason``.

    A meeting in the schedule in force is called off by this.

    Args:
        agreed: holds the request where its reader knows that; None where it does not matter.

    Raises:
        NotAllowedError, StaleError: as ``accept``.
        ForumError: as ``accept``; ``request_is_imposed``; ``reason_missing``, ``reason_too_long``;
            ``meeting_would_fall`` (nobody has agreed to it), ``meeting_has_begun``.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    calling_off.hold(event_id)
    row = steps.locked(event_id, request_id, steps.received_by(actor, me))
    said = steps.read_reason(reason)
    if row.status is RequestStatus.DECLINED:
        return
    steps.refuse_stale(row, version)
    _move(row, RequestStatus.DECLINED)
    row.reason, row.answered_at = said, clock.now()
    steps.end(actor, [row], "request_declined", (Heard.SENDER, Heard.GUESTS), agreed=agreed)


@transactional
def withdraw(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    request_id: int,
    version: int | None = None,
    agreed: Collection[int] | None = (),
) -> None:
    """Take a request back, for the company that asks; that makes room for another.

    A meeting in the schedule in force is called off by this.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``decline``, without its reason.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    calling_off.hold(event_id)
    row = steps.locked(event_id, request_id, steps.sent_by(actor, me))
    if row.status is RequestStatus.WITHDRAWN:
        return
    steps.refuse_stale(row, version)
    _move(row, RequestStatus.WITHDRAWN)
    steps.end(actor, [row], "request_withdrawn", (Heard.RECEIVER, Heard.GUESTS), agreed=agreed)


@transactional
def change(
    *, actor: Actor, event_id: int, delegate_id: int, request_id: int, version: int, wish: Wish
) -> bool:
    """Change a request that was sent: rank, line why, length and part of the day while it is not answered.

    Of one that is accepted the rank alone changes, which the other company does not see then. Who is meant
    on the two sides stays as it was asked.

    Returns:
        Whether anything is different now; the other company hears of what they see.

    Raises:
        NotAllowedError, StaleError: as ``accept``.
        ForumError: as ``accept``; ``request_is_imposed``; those of ``check``.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    steps.check(wish)
    row = steps.locked(event_id, request_id, steps.sent_by(actor, me))
    steps.refuse_stale(row, version)
    rules.refuse_expired(row)
    if row.status not in STANDING:
        raise ForumError("request_is_closed")
    if row.is_imposed:
        raise ForumError("request_is_imposed")
    before = (row.rank, row.message, row.length, row.part_of_day)
    row.rank = wish.rank
    if row.status is RequestStatus.PENDING:
        row.message, row.length = wish.message.strip() or None, wish.length
        row.part_of_day = wish.part_of_day
    if (row.rank, row.message, row.length, row.part_of_day) == before:
        return False
    row.updated_at = clock.now()
    is_seen = row.status is RequestStatus.PENDING
    steps.note(actor, row, "request_changed", (Heard.RECEIVER,) if is_seen else (), what=Told.CHANGED)
    return True


def _move(row: Request, status: RequestStatus) -> None:
    rules.refuse_expired(row)
    if row.is_imposed:
        raise ForumError("request_is_imposed")
    if row.status not in _ANSWERS[status]:
        raise ForumError("request_is_closed")
    row.status, row.updated_at = status, clock.now()


def _refuse_unseen(me: Delegate, receiver_id: int, wish: Wish) -> None:
    """Numbers in a form are the sender's word: only who is there for this reader can be asked for."""
    known = catalogue_index.of_event(me.event_id)
    seen = known.seen_by(Reader(Audience.PARTICIPANTS, me.category))
    if receiver_id not in seen.companies:
        raise ForumError("no_such_company")
    theirs, mine = wish.theirs, wish.mine
    if theirs is not None and not (theirs in seen.people and steps.speaks_for(receiver_id, theirs)):
        raise ForumError("no_such_person")
    if mine is not None and not (me.company_id and steps.speaks_for(me.company_id, mine, speaker=me)):
        raise ForumError("no_such_person")
