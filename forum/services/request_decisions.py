"""What the organisers do with requests: on behalf of anybody, one or many at once, at any time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.requests import REASON_LENGTH, REOPENED_BY_ASKING, Arranged, Wish
from forum.domain.roles import Permission
from forum.domain.states import RequestRank, RequestStatus
from forum.errors import ForumError
from forum.models import Request
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import falling_meetings
from forum.services import calling_off, journal, request_mails
from forum.services import request_rules as rules
from forum.services import request_steps as steps
from forum.services.request_mails import ALL, BOTH, Heard
from forum.unit_of_work import transactional

_REOPENED: Final = (*REOPENED_BY_ASKING, RequestStatus.DECLINED)
_ARRANGED: Final = {Arranged.AGREED: "request_arranged", Arranged.IMPOSED: "request_imposed"}


@dataclass(frozen=True)
class LeftOut:
    """A request that stays as it was, and the code of the reason; no names where there is none such."""

    request_id: int
    code: str
    sender: Localized | None = None
    receiver: Localized | None = None


@dataclass(frozen=True)
class Decided:
    """How many requests are different now, and which could not be. What was so already is neither."""

    changed: int
    left_out: tuple[LeftOut, ...] = ()


@transactional
def ask(
    *,
    actor: Actor,
    event_id: int,
    sender_id: int,
    receiver_id: int,
    wish: Wish,
    arranged: Arranged = Arranged.ASKED,
) -> int:
    """Ask on behalf of a company: neither limits nor times hold, and also what was declined is asked again.

    What is agreed or imposed enters the next schedule at once; what is imposed matters as much as anything
    can, and nobody but the office takes it back.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``no_such_company``, ``no_such_person``, ``asks_itself``, ``kept_apart``,
            ``already_asked``; ``message_too_long``, ``bad_length``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    steps.check(wish)
    rules.lock_pair(event_id, sender_id, receiver_id)
    for company_id, named in ((sender_id, wish.mine), (receiver_id, wish.theirs)):
        if named is not None and not steps.speaks_for(company_id, named):
            raise ForumError("no_such_person")
    if rules.are_separated(event_id, sender_id, receiver_id):
        raise ForumError("kept_apart")
    row = rules.earlier(sender_id, receiver_id)
    if row is not None and row.status not in _REOPENED:
        raise ForumError("already_asked")
    row = steps.put(row, event_id, sender_id, receiver_id, wish)
    if arranged is Arranged.ASKED:
        steps.note(actor, row, "request_made", (Heard.RECEIVER,))
    else:
        _agree(row, is_imposed=arranged is Arranged.IMPOSED)
        steps.note(actor, row, _ARRANGED[arranged], BOTH)
    return row.id


@transactional
def accept(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> Decided:
    """Let these requests enter the next schedule.

    Withdrawn requests stay withdrawn: what a company takes back is not the organiser's to accept. Those
    between companies that never meet stay as they are too.
    """
    rows, left_out = _rows(actor, event_id, request_ids, _why_not_agreed(event_id))
    chosen = [row for row in rows if row.status is not RequestStatus.ACCEPTED]
    for row in chosen:
        _agree(row, is_imposed=False)
    _tell(actor, chosen, "request_accepted")
    return Decided(len(chosen), left_out)


@transactional
def impose(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> Decided:
    """Set these meetings: they need no answer, come before all others, and stay until the office says else.

    The same stay as they are as with ``accept``.
    """
    rows, left_out = _rows(actor, event_id, request_ids, _why_not_agreed(event_id))
    chosen = [row for row in rows if not row.is_imposed]
    for row in chosen:
        _agree(row, is_imposed=True)
    _tell(actor, chosen, "request_imposed")
    return Decided(len(chosen), left_out)


@transactional
def release(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> Decided:
    """Leave meetings that were set to the two companies: from now on they may decline or take them back."""
    rows, left_out = _rows(actor, event_id, request_ids, _never)
    chosen = [row for row in rows if row.is_imposed]
    for row in chosen:
        row.is_imposed, row.updated_at = False, clock.now()
        _record(actor, row, "request_released")
    return Decided(len(chosen), left_out)


@transactional
def decline(
    *,
    actor: Actor,
    event_id: int,
    request_ids: Collection[int],
    reason: str = "",
    agreed: Collection[int] | None = (),
) -> Decided:
    """Keep these requests out of the next schedule; meetings in the one in force are called off.

    Args:
        agreed: the requests of which somebody has read that their meetings fall away; None: whichever do.

    Raises:
        ForumError: ``reason_too_long``; ``meeting_would_fall``: nobody has agreed to it.
    """
    said = reason.strip()
    if len(said) > REASON_LENGTH:
        raise ForumError("reason_too_long", most=REASON_LENGTH)
    return _end(actor, event_id, request_ids, RequestStatus.DECLINED, said or None, agreed=agreed)


@transactional
def withdraw(
    *, actor: Actor, event_id: int, request_ids: Collection[int], agreed: Collection[int] | None = ()
) -> Decided:
    """Take these requests back for those who asked; meetings in the schedule in force are called off.

    Arguments and refusals as those of ``decline``.
    """
    return _end(actor, event_id, request_ids, RequestStatus.WITHDRAWN, None, agreed=agreed)


@transactional
def set_rank(*, actor: Actor, event_id: int, request_ids: Collection[int], rank: RequestRank) -> Decided:
    """Say how much these meetings matter; what the office has set matters most and stays so."""
    rows, left_out = _rows(actor, event_id, request_ids, _why_not_ranked)
    chosen = [row for row in rows if row.rank is not rank]
    for row in chosen:
        row.rank, row.updated_at = rank, clock.now()
        _record(actor, row, "request_ranked", rank=rank.value)
    return Decided(len(chosen), left_out)


def _rows(
    actor: Actor, event_id: int, request_ids: Collection[int], refuse: Callable[[Request], str | None]
) -> tuple[Sequence[Request], tuple[LeftOut, ...]]:
    """The rows in question, locked, and those of them to be left alone with the reason."""
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    rows = db.session.scalars(
        select(Request)
        .where(Request.event_id == event_id, Request.id.in_(request_ids))
        .order_by(Request.id)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True)
    ).all()
    found = {row.id: refuse(row) for row in rows}
    unknown = [LeftOut(key, "request_is_gone") for key in sorted(set(request_ids) - found.keys())]
    refused = [
        LeftOut(row.id, code, row.sender.short_name, row.receiver.short_name)
        for row in rows
        if (code := found[row.id])
    ]
    return [row for row in rows if not found[row.id]], (*refused, *unknown)


def _never(_row: Request) -> None:
    """Nothing is left out."""


def _why_not_agreed(event_id: int) -> Callable[[Request], str | None]:
    never = rules.never_meeting(event_id)

    def refuse(row: Request) -> str | None:
        if row.status is RequestStatus.WITHDRAWN:
            return "was_taken_back"
        return "kept_apart" if frozenset({row.sender_id, row.receiver_id}) in never else None

    return refuse


def _why_not_ranked(row: Request) -> str | None:
    return "request_is_imposed" if row.is_imposed else None


def _agree(row: Request, *, is_imposed: bool) -> None:
    row.status, row.reason, row.expires_at = RequestStatus.ACCEPTED, None, None
    row.is_imposed = is_imposed
    if is_imposed:
        row.rank = RequestRank.MUST
    row.answered_at = row.updated_at = clock.now()


def _end(
    actor: Actor,
    event_id: int,
    request_ids: Collection[int],
    status: RequestStatus,
    reason: str | None,
    *,
    agreed: Collection[int] | None,
) -> Decided:
    calling_off.hold(event_id)
    found = falling_meetings.of_requests(event_id=event_id, request_ids=request_ids)
    begun = {each.request_id for each in found if each.has_begun}

    def refuse(row: Request) -> str | None:
        if row.id in begun:
            return "meeting_has_begun"
        is_gone = row.status is RequestStatus.WITHDRAWN and status is not RequestStatus.WITHDRAWN
        return "was_taken_back" if is_gone else None

    rows, left_out = _rows(actor, event_id, request_ids, refuse)
    chosen = [row for row in rows if row.status is not status]
    for row in chosen:
        row.status, row.reason, row.is_imposed = status, reason, False
        row.answered_at = row.updated_at = clock.now()
    if chosen:
        steps.end(actor, chosen, f"request_{status.value}", ALL, agreed=agreed)
    return Decided(len(chosen), left_out)


def _tell(actor: Actor, rows: Sequence[Request], action: str) -> None:
    db.session.flush()
    entry_id = 0
    for row in rows:
        entry_id = _record(actor, row, action)
    request_mails.write(rows, heard=ALL, entry_id=entry_id)


def _record(actor: Actor, row: Request, action: str, **data: str) -> int:
    return journal.record(
        actor=actor, action=action, event_id=row.event_id, subject_kind="request", subject_id=row.id, **data
    )
