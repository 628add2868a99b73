"""What the organisers do with requests: on behalf of anybody, one or many at once, at any time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.requests import REASON_LENGTH, REOPENED_BY_ASKING, Wish
from forum.domain.roles import Permission
from forum.domain.states import RequestRank, RequestStatus
from forum.errors import ForumError
from forum.models import Request
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, request_mails, requests
from forum.services import request_rules as rules
from forum.services.request_mails import BOTH, Heard
from forum.unit_of_work import transactional

_REOPENED: Final = (*REOPENED_BY_ASKING, RequestStatus.DECLINED)


@transactional
def ask(
    *, actor: Actor, event_id: int, sender_id: int, receiver_id: int, wish: Wish, is_accepted: bool = False
) -> int:
    """Ask on behalf of a company: neither limits nor times hold, and also what was declined is asked again.

    Args:
        is_accepted: it enters the next schedule at once; else the other company is asked.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``no_such_company``, ``no_such_person``, ``asks_itself``, ``kept_apart``,
            ``already_asked``; ``message_too_long``, ``bad_length``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    requests.check(wish)
    rules.lock_pair(event_id, sender_id, receiver_id)
    for company_id, named in ((sender_id, wish.mine), (receiver_id, wish.theirs)):
        if named is not None and not requests.speaks_for(company_id, named):
            raise ForumError("no_such_person")
    if rules.are_separated(event_id, sender_id, receiver_id):
        raise ForumError("kept_apart")
    row = rules.earlier(sender_id, receiver_id)
    if row is not None and row.status not in _REOPENED:
        raise ForumError("already_asked")
    row = requests.put(row, event_id, sender_id, receiver_id, wish)
    if is_accepted:
        row.status, row.answered_at, row.expires_at = RequestStatus.ACCEPTED, row.updated_at, None
        requests.note(actor, row, "request_arranged", BOTH)
    else:
        requests.note(actor, row, "request_made", (Heard.RECEIVER,))
    return row.id


@transactional
def accept(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> int:
    """Let these requests enter the next schedule; returns how many were not accepted before.

    Withdrawn requests stay withdrawn: what a company takes back is not the organiser's to accept. Those
    between companies that never meet stay as they are too.
    """
    left = (RequestStatus.ACCEPTED, RequestStatus.WITHDRAWN)
    rows = [
        row
        for row in _rows(actor, event_id, request_ids, left)
        if not rules.are_separated(event_id, row.sender_id, row.receiver_id)
    ]
    return _decide(actor, rows, RequestStatus.ACCEPTED, None)


@transactional
def decline(*, actor: Actor, event_id: int, request_ids: Collection[int], reason: str = "") -> int:
    """Keep these requests out of the next schedule; returns how many were not declined before.

    Raises:
        ForumError: ``reason_too_long``.
    """
    said = reason.strip()
    if len(said) > REASON_LENGTH:
        raise ForumError("reason_too_long", most=REASON_LENGTH)
    left = (RequestStatus.DECLINED, RequestStatus.WITHDRAWN)
    rows = _rows(actor, event_id, request_ids, left)
    return _decide(actor, rows, RequestStatus.DECLINED, said or None)


@transactional
def withdraw(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> int:
    """Take these requests back for those who asked; returns how many were not withdrawn before."""
    rows = _rows(actor, event_id, request_ids, (RequestStatus.WITHDRAWN,))
    return _decide(actor, rows, RequestStatus.WITHDRAWN, None)


@transactional
def set_rank(*, actor: Actor, event_id: int, request_ids: Collection[int], rank: RequestRank) -> int:
    """Say how much these meetings matter; returns how many had another rank."""
    rows = [row for row in _rows(actor, event_id, request_ids, ()) if row.rank is not rank]
    for row in rows:
        row.rank, row.updated_at = rank, clock.now()
        journal.record(
            actor=actor,
            action="request_ranked",
            event_id=event_id,
            subject_kind="request",
            subject_id=row.id,
            rank=rank.value,
        )
    return len(rows)


def _rows(
    actor: Actor, event_id: int, request_ids: Collection[int], left: Sequence[RequestStatus]
) -> Sequence[Request]:
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    return db.session.scalars(
        select(Request)
        .where(
            Request.event_id == event_id,
            Request.id.in_(request_ids),
            Request.status.not_in(left),
        )
        .order_by(Request.id)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True)
    ).all()


def _decide(actor: Actor, rows: Sequence[Request], status: RequestStatus, reason: str | None) -> int:
    entry_id = 0
    for row in rows:
        row.status, row.reason = status, reason
        row.answered_at = row.updated_at = clock.now()
        entry_id = journal.record(
            actor=actor,
            action=f"request_{status.value}",
            event_id=row.event_id,
            subject_kind="request",
            subject_id=row.id,
        )
    request_mails.write(rows, heard=BOTH, entry_id=entry_id)
    return len(rows)
