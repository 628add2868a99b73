"""Steps that commands about requests have in common: who speaks, which request, what is told of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from forum import clock
from forum.domain.requests import LONGEST, MESSAGE_LENGTH, REASON_LENGTH, Wish
from forum.domain.roles import Permission
from forum.domain.states import RequestStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Delegate, Event, Request
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may, require
from forum.queries import request_sides
from forum.services import calling_off, journal, request_mails
from forum.services import request_rules as rules
from forum.services.request_mails import Heard, Told


def speaker(actor: Actor, event_id: int, delegate_id: int, *, speaks: bool = True) -> Delegate:
    """Within a command: the delegate in whose name ``actor`` acts; the office acts in anybody's.

    A coordinator acts for members, but not for VIPs: those are reached through their aides.

    Raises:
        NotAllowedError, ForumError: as ``ask``; ``cannot_ask`` only where somebody who ``speaks`` is needed:
            an aide answers as well.
    """
    row = db.session.get(Delegate, delegate_id, populate_existing=True)
    if row is None or row.event_id != event_id or row.erased_at is not None:
        raise ForumError("no_such_delegate")
    if not _acts_for_themselves(actor, row):
        seen = delegations_seen(actor, event_id)
        require(actor, Permission.MANAGE_MEMBERS, event_id)
        if row.is_vip or (seen is not None and row.delegation_id not in seen):
            raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEETINGS.value)
    if speaks and not request_sides.may_speak(row):
        raise ForumError("cannot_ask")
    return row


def sent_by(actor: Actor, me: Delegate) -> ColumnElement[bool]:
    """Requests for whose sender ``actor`` may speak in the name of ``me``."""
    return request_sides.is_sent_by(me, as_aide=_acts_for_themselves(actor, me))


def received_by(actor: Actor, me: Delegate) -> ColumnElement[bool]:
    """Requests for whose receiver ``actor`` may speak in the name of ``me``."""
    return request_sides.is_received_by(me, as_aide=_acts_for_themselves(actor, me))


def _acts_for_themselves(actor: Actor, me: Delegate) -> bool:
    """Or the office, for which there is no difference."""
    is_own = actor.account_id is not None and me.account_id == actor.account_id
    return is_own or may(actor, Permission.MANAGE_MEETINGS, me.event_id)


def locked(event_id: int, request_id: int, where: ColumnElement[bool]) -> Request:
    """Within a command: the request, if it is one of those ``where`` says; nobody else changes it meanwhile.

    Raises:
        ForumError: ``request_is_gone``, ``requests_frozen``.
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
    return row


def refuse_stale(row: Request, version: int | None) -> None:
    """Raises ``StaleError`` (``request_stale``): it is not as somebody saw it; None: nobody has."""
    if version is not None and row.version != version:
        raise StaleError("request_stale")


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
    row.is_imposed = False
    row.expires_at = now + timedelta(hours=hours) if hours is not None else None
    row.updated_at = now
    db.session.add(row)
    db.session.flush()
    return row


def note(actor: Actor, row: Request, action: str, heard: tuple[Heard, ...], what: Told | None = None) -> None:
    """Within a command: the journal's line about what became of ``row``, and a mail to each who hears."""
    db.session.flush()
    request_mails.write([row], heard=heard, entry_id=_entry(actor, row, action), what=what)


def end(
    actor: Actor,
    rows: Sequence[Request],
    action: str,
    heard: tuple[Heard, ...],
    *,
    agreed: Collection[int] | None,
) -> None:
    """Within a command that holds the plan: ``rows`` have ended, and with them their meetings.

    Whoever was at one of those gets the letter about it, the others who hear one about the request.

    Raises:
        ForumError: as ``calling_off.call_off``.
    """
    db.session.flush()
    entry_id = 0
    for row in rows:
        entry_id = _entry(actor, row, action)
    by_id = {row.id: row for row in rows}
    told = calling_off.call_off(
        actor=actor,
        event_id=rows[0].event_id,
        request_ids=list(by_id),
        agreed=agreed,
        news=lambda request_id, language: request_mails.why_it_ended(by_id[request_id], language),
    )
    request_mails.write(rows, heard=heard, entry_id=entry_id, besides=told)


def _entry(actor: Actor, row: Request, action: str) -> int:
    return journal.record(
        actor=actor, action=action, event_id=row.event_id, subject_kind="request", subject_id=row.id
    )


def speaks_for(company_id: int, delegate_id: int, *, speaker: Delegate | None = None) -> bool:
    """Whether the delegate can sit at the table for that company.

    Nobody sends a VIP there but themselves, the aide and the office, which has no ``speaker``.
    """
    row = db.session.get(Delegate, delegate_id)
    if row is None or row.company_id != company_id or not request_sides.may_speak(row):
        return False
    return speaker is None or not row.is_vip or speaker.id in (row.id, row.aide_id)
