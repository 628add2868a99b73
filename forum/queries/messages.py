"""The outbox as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, or_, select

from forum import config
from forum.domain.states import MessageStatus
from forum.models import Message
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.searching import searched

_SECRET_KINDS: Final = ("sign_in_link", "registration_link")
_COLUMNS: Final[tuple[Any, ...]] = (
    Message.id,
    Message.created_at,
    Message.recipient,
    Message.subject,
    Message.status,
)


@dataclass(frozen=True)
class MessageLine:
    """A mail in the list."""

    id: int
    created_at: datetime
    recipient: str
    subject: str
    status: MessageStatus


@dataclass(frozen=True)
class MessageView:
    """One mail. ``body`` is None where it opens somebody's account and is none of the reader's business.

    ``reason`` is a code that says why it was not sent, ``server_words`` what the mail server answered.
    """

    id: int
    created_at: datetime
    sent_at: datetime | None
    due_at: datetime | None
    recipient: str
    language: str
    subject: str
    body: str | None
    status: MessageStatus
    reason: str | None
    server_words: str
    attempts: int

    @property
    def may_be_sent_again(self) -> bool:
        return self.status in (MessageStatus.FAILED, MessageStatus.UNKNOWN)


def page(
    *, event_id: int, status: MessageStatus | None = None, text: str = "", number: int = 1
) -> Page[MessageLine]:
    """A page of the forum's mails, the latest first; ``text`` is part of an address or a subject."""
    rows: Select[Any] = select(*_COLUMNS).where(Message.event_id == event_id)
    if status is not None:
        rows = rows.where(Message.status == status)
    text = searched(text)
    if text:
        rows = rows.where(
            or_(
                Message.recipient.contains(text.lower(), autoescape=True),
                Message.subject.contains(text, autoescape=True),
            )
        )
    order = (Message.created_at.desc(), Message.id.desc())
    return page_of(rows, _line, number=number, order_by=order)


def counts(*, event_id: int) -> dict[MessageStatus, int]:
    """How many mails there are in each status that has any."""
    rows = db.session.execute(
        select(Message.status, func.count()).where(Message.event_id == event_id).group_by(Message.status)
    )
    return {row[0]: row[1] for row in rows}


def find(*, event_id: int, row_id: int) -> MessageView | None:
    """One mail of the forum."""
    message = db.session.scalar(select(Message).where(Message.event_id == event_id, Message.id == row_id))
    if message is None:
        return None
    reason, _, server_words = (message.error or "").partition(": ")
    return MessageView(
        id=message.id,
        created_at=message.created_at,
        sent_at=message.sent_at,
        due_at=message.leased_until if message.status is MessageStatus.QUEUED else None,
        recipient=message.recipient,
        language=message.language,
        subject=message.subject,
        body=readable_body(message),
        status=message.status,
        reason=reason or None,
        server_words=server_words,
        attempts=message.attempts,
    )


def readable_body(message: Message) -> str | None:
    """The text of a mail, None where it opens somebody's account."""
    return None if _is_secret(message) else message.body


def is_sending() -> bool:
    """Whether mails leave the house at all, or stay in the outbox to be read there."""
    return config.in_force().smtp_url is not None


def _is_secret(message: Message) -> bool:
    # Without a mail server the outbox is the only place where a link can be read: that is development.
    return message.kind in _SECRET_KINDS and is_sending()


def _line(row: Any) -> MessageLine:
    return MessageLine(row.id, row.created_at, row.recipient, row.subject, row.status)
