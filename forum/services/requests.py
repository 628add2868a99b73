"""Requests for meetings by those who take part: ask, accept, decline, withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, select

from forum import clock
from forum.domain.requests import (
    LONGEST,
    MESSAGE_LENGTH,
    REASON_LENGTH,
    REOPENED_BY_ASKING,
    STANDING,
    Wish,
)
from forum.domain.roles import Permission
from forum.domain.states import RequestStatus
from forum.domain.visibility import Audience, Reader
from forum.errors import ForumError, StaleError
from forum.models import Delegate, Event, Request
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import catalogue_index, request_sides
from forum.services import journal, request_mails
from forum.services import request_rules as rules
from forum.services.request_mails import Heard
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
    me = speaker(actor, event_id, delegate_id)
    rules.refuse_out_of_time(event_id)
    check(wish)
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
    row = put(row, event_id, me.company_id, receiver_id, wish)
    row.asked_by_id = me.id
    note(actor, row, "request_made", (Heard.RECEIVER,))
    return row.id


@transactional
def accept(
    *, actor: Actor, event_id: int, delegate_id: int, request_id: int, version: int | None = None
) -> None:
    """Agree to meet, for the company that is asked.

    Raises:
        NotAllowedError: the delegate is not the actor's own.
        StaleError: ``request_stale``, it is not the ``version`` any more that its reader saw.
        ForumError: ``request_is_gone``, ``requests_frozen``, ``request_has_expired``, ``request_is_closed``,
            ``cannot_be_arranged``.
    """
    me = speaker(actor, event_id, delegate_id, speaks=False)
    row = locked(event_id, request_id, request_sides.is_received_by(me), version)
    if row.status is RequestStatus.ACCEPTED:
        return
    _move(row, RequestStatus.ACCEPTED)
    if rules.are_separated(event_id, row.sender_id, row.receiver_id):
        raise ForumError("cannot_be_arranged")
    row.reason, row.answered_at = None, clock.now()
    note(actor, row, "request_accepted", (Heard.SENDER,))


@transactional
def decline(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    request_id: int,
    reason: str,
    version: int | None = None,
) -> None:
    """Refuse to meet, for the company that is asked, also after having agreed; the asker reads ``reason``.

    Raises:
        NotAllowedError, StaleError: as ``accept``.
        ForumError: as ``accept``; ``reason_missing``, ``reason_too_long``.
    """
    me = speaker(actor, event_id, delegate_id, speaks=False)
    row = locked(event_id, request_id, request_sides.is_received_by(me), version)
    said = read_reason(reason)
    if row.status is RequestStatus.DECLINED:
        return
    _move(row, RequestStatus.DECLINED)
    row.reason, row.answered_at = said, clock.now()
    note(actor, row, "request_declined", (Heard.SENDER,))


@transactional
def withdraw(
    *, actor: Actor, event_id: int, delegate_id: int, request_id: int, version: int | None = None
) -> None:
    """Take a request back, for the company that asks; that makes room for another.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``accept``.
    """
    me = speaker(actor, event_id, delegate_id, speaks=False)
    row = locked(event_id, request_id, request_sides.is_sent_by(me), version)
    if row.status is RequestStatus.WITHDRAWN:
        return
    _move(row, RequestStatus.WITHDRAWN)
    note(actor, row, "request_withdrawn", (Heard.RECEIVER,))


def speaker(actor: Actor, event_id: int, delegate_id: int, *, speaks: bool = True) -> Delegate:
    """Within a command: the delegate in whose name ``actor`` acts; the office acts in anybody's.

    Raises:
        NotAllowedError, ForumError: as ``ask``; ``cannot_ask`` only where somebody who ``speaks`` is needed:
            an aide answers as well.
    """
    row = db.session.get(Delegate, delegate_id, populate_existing=True)
    if row is None or row.event_id != event_id or row.erased_at is not None:
        raise ForumError("no_such_delegate")
    if actor.account_id is None or row.account_id != actor.account_id:
        require(actor, Permission.MANAGE_MEETINGS, event_id)
    if speaks and not request_sides.may_speak(row):
        raise ForumError("cannot_ask")
    return row


def locked(event_id: int, request_id: int, where: ColumnElement[bool], version: int | None = None) -> Request:
    """Within a command: the request, if it is one of those ``where`` says; nobody else changes it meanwhile.

    Raises:
        StaleError, ForumError: as ``accept``.
    """
    rules.refuse_frozen(event_id)
    row = db.session.scalar(
        select(Request)
        .where(Request.event_id == event_id, Request.id == request_id, where)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ForumError("request_is_gone")
    if version is not None and row.version != version:
        raise StaleError("request_stale")
    return row


def check(wish: Wish) -> None:
    """Raises ``ForumError``: ``message_too_long``, ``bad_length``."""
    if len(wish.message.strip()) > MESSAGE_LENGTH:
        raise ForumError("message_too_long", most=MESSAGE_LENGTH)
    if not 1 <= wish.length <= LONGEST:
        raise ForumError("bad_length", most=LONGEST)


def read_reason(text: str) -> str:
    """A reason that somebody reads: ``reason_missing``, ``reason_too_long`` are refused."""
    said = text.strip()
    if not said:
        raise ForumError("reason_missing")
    if len(said) > REASON_LENGTH:
        raise ForumError("reason_too_long", most=REASON_LENGTH)
    return said


def put(row: Request | None, event_id: int, sender_id: int, receiver_id: int, wish: Wish) -> Request:
    """Within a command that holds both companies: a request that waits for an answer, new or once more."""
    now, hours = clock.now(), db.session.get_one(Event, event_id).request_expiry_hours
    row = row or Request(event_id=event_id, sender_id=sender_id, receiver_id=receiver_id, created_at=now)
    row.rank, row.message = wish.rank, wish.message.strip() or None
    row.sender_delegate_id, row.receiver_delegate_id = wish.mine, wish.theirs
    row.length, row.part_of_day = wish.length, wish.part_of_day
    row.status, row.reason, row.answered_at, row.asked_by_id = RequestStatus.PENDING, None, None, None
    row.expires_at = now + timedelta(hours=hours) if hours is not None else None
    row.updated_at = now
    db.session.add(row)
    db.session.flush()
    return row


def note(actor: Actor, row: Request, action: str, heard: tuple[Heard, ...]) -> None:
    """Within a command: the journal's line about what became of ``row``, and a mail to each who hears."""
    db.session.flush()
    entry_id = journal.record(
        actor=actor, action=action, event_id=row.event_id, subject_kind="request", subject_id=row.id
    )
    request_mails.write([row], heard=heard, entry_id=entry_id)


def _move(row: Request, status: RequestStatus) -> None:
    rules.refuse_expired(row)
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
    if theirs is not None and not (theirs in seen.people and speaks_for(receiver_id, theirs)):
        raise ForumError("no_such_person")
    if mine is not None and not (me.company_id and speaks_for(me.company_id, mine, speaker=me)):
        raise ForumError("no_such_person")


def speaks_for(company_id: int, delegate_id: int, *, speaker: Delegate | None = None) -> bool:
    """Whether the delegate can sit at the table for that company.

    Nobody sends a VIP there but themselves, the aide and the office, which has no ``speaker``.
    """
    row = db.session.get(Delegate, delegate_id)
    if row is None or row.company_id != company_id or not request_sides.may_speak(row):
        return False
    return speaker is None or not row.is_vip or speaker.id in (row.id, row.aide_id)
