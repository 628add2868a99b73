"""The outbox: the worker takes mails out of it, and never sends one twice of its own accord.

A mail is taken with a lease (queued -> sending). What the server said decides: sent, or queued
again for later, or failed. Where nobody knows whether the server accepted it - no answer, or a
worker that died while sending - it is parked as unknown until an organiser decides.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select, update

from forum import clock, config, jobs, smtp
from forum.domain.roles import Permission
from forum.domain.states import MessageStatus
from forum.errors import ForumError
from forum.models import Message
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, leases
from forum.unit_of_work import transactional

LEASE: Final = timedelta(minutes=10)  # longer than all timeouts of one delivery together
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Enclosed:
    """What a mail has only on its way: more text below its own, and files."""

    text: str
    attachments: tuple[smtp.Attachment, ...]


Encloser = Callable[[Mapping[str, Any]], Enclosed]
_enclosers: Final[dict[str, Encloser]] = {}


@dataclass(frozen=True)
class _Taken:
    message_id: int
    lease: int
    attempts: int
    letter: smtp.Letter
    enclosure: Mapping[str, Any]


def encloses(kind: str) -> Callable[[Encloser], Encloser]:
    """Register what puts to a mail that which is not to lie in the outbox: personal data that are erased
    elsewhere. It is given the mail's ``enclosure``; its ``ForumError`` says that there is nothing any more.
    """

    def register(encloser: Encloser) -> Encloser:
        _enclosers[kind] = encloser
        return encloser

    return register


def waiting() -> Iterable[int]:
    """Ids of mails to be sent now, and of those whose worker has died."""
    if config.in_force().smtp_url is None:
        return ()
    now = clock.now()
    is_due = and_(
        Message.status == MessageStatus.QUEUED,
        or_(Message.leased_until.is_(None), Message.leased_until < now),
    )
    is_abandoned = and_(Message.status == MessageStatus.SENDING, Message.leased_until < now)
    return db.session.scalars(select(Message.id).where(or_(is_due, is_abandoned)).order_by(Message.id)).all()


@jobs.handles("mail", waiting=waiting)
def send(message_id: int) -> None:
    """Send one mail of the outbox; without a mail server it stays there to be read."""
    url = config.in_force().smtp_url
    if url is None:
        return
    _park_abandoned(message_id=message_id)
    taken = _take(message_id=message_id)
    if taken is None:
        return
    try:
        smtp.deliver(_whole(taken), url)
    except ForumError as error:
        _conclude(taken, status=MessageStatus.FAILED, error=error.code)
    except smtp.UnsureError:
        _conclude(taken, status=MessageStatus.UNKNOWN, error="no_answer")
    except smtp.NotSentError as refusal:
        _put_back(taken, refusal)
    else:
        _conclude(taken, status=MessageStatus.SENT, sent_at=clock.now(), error=None)


@transactional
def send_again(*, actor: Actor, event_id: int, message_id: int) -> None:
    """Put a mail that failed, or whose fate nobody knows, into the queue once more.

    Raises:
        ForumError: ``not_to_be_sent_again``: it is under way or has been sent.
    """
    require(actor, Permission.SEE_MESSAGES, event_id)
    recipient = db.session.scalar(
        update(Message)
        .where(
            Message.id == message_id,
            Message.event_id == event_id,
            Message.status.in_((MessageStatus.FAILED, MessageStatus.UNKNOWN)),
        )
        .values(status=MessageStatus.QUEUED, leased_until=None, attempts=0, error=None)
        .returning(Message.recipient)
    )
    if recipient is None:
        raise ForumError("not_to_be_sent_again")
    journal.record(
        actor=actor,
        action="message_sent_again",
        event_id=event_id,
        subject_kind="message",
        subject_id=message_id,
        recipient=recipient,
    )
    jobs.ring("mail", message_id)


def withdraw(message_id: int) -> None:
    """Within a command: take a mail out that has not been sent. One that has gone stays as it is.

    Raises:
        ForumError: ``mail_under_way``: nobody can say at this moment whether it goes.
    """
    message = db.session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        return
    if message.status is MessageStatus.SENDING:
        raise ForumError("mail_under_way")
    if message.status in (MessageStatus.QUEUED, MessageStatus.FAILED):
        db.session.delete(message)


@transactional
def _take(*, message_id: int) -> _Taken | None:
    lease = leases.take(table=Message, row_id=message_id, statuses=(MessageStatus.QUEUED,), length=LEASE)
    if lease is None:
        return None
    message = db.session.get_one(Message, message_id, populate_existing=True)
    message.status = MessageStatus.SENDING
    letter = smtp.Letter(
        occasion=message.occasion,
        sender=config.in_force().mail_from,
        recipient=message.recipient,
        language=message.language,
        subject=message.subject,
        body=message.body,
        calendars=tuple((each["method"], each["text"]) for each in message.calendars),
    )
    return _Taken(message_id, lease, message.attempts, letter, message.enclosure)


def _whole(taken: _Taken) -> smtp.Letter:
    if not taken.enclosure:
        return taken.letter
    found = _enclosers[taken.enclosure["kind"]](taken.enclosure)
    body = f"{taken.letter.body}\n\n{found.text}" if found.text else taken.letter.body
    return replace(taken.letter, body=body, attachments=found.attachments)


@transactional
def _park_abandoned(*, message_id: int) -> None:
    """Whether a worker that died while sending had sent the mail, only its reader can say."""
    db.session.execute(
        update(Message)
        .where(
            Message.id == message_id,
            Message.status == MessageStatus.SENDING,
            Message.leased_until < clock.now(),
        )
        .values(status=MessageStatus.UNKNOWN, leased_until=None, error="worker_stopped")
    )


@transactional
def _conclude(taken: _Taken, *, status: MessageStatus, **values: Any) -> None:
    """Write what came of it, unless the mail has been taken anew or put into the queue meanwhile.

    A worker that was presumed dead and comes back knows better than "unknown", so it may still say.
    """
    values = {"leased_until": None, **values}
    concluded = db.session.scalar(
        update(Message)
        .where(
            Message.id == taken.message_id,
            Message.lease == taken.lease,
            Message.status.in_((MessageStatus.SENDING, MessageStatus.UNKNOWN)),
        )
        .values(status=status, **values)
        .returning(Message.id)
    )
    if concluded is None:
        _log.warning("mail %s was %s, but others have it now", taken.message_id, status.value)


def _put_back(taken: _Taken, refusal: smtp.NotSentError) -> None:
    error = f"{refusal.code}: {refusal.words}" if refusal.words else refusal.code
    if refusal.is_final or taken.attempts > len(PAUSES):
        _conclude(taken, status=MessageStatus.FAILED, error=error)
        return
    # Nobody may take it before the pause is over: that is what a lease says.
    due_at = clock.now() + PAUSES[taken.attempts - 1]
    _conclude(taken, status=MessageStatus.QUEUED, error=error, leased_until=due_at)
