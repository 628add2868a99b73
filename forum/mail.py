"""Mails: written into the outbox by commands, sent by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forum import clock, jobs
from forum.domain.states import MessageStatus
from forum.models import Message
from forum.models.base import db


def write(
    *,
    occasion: str,
    kind: str,
    recipient: str,
    language: str,
    subject: str,
    body: str,
    event_id: int | None = None,
    account_id: int | None = None,
    not_before: datetime | None = None,
    calendars: Mapping[str, str] | None = None,
    enclosure: Mapping[str, Any] | None = None,
) -> bool:
    """Put a mail into the outbox, in the transaction that gives cause to it. Returns whether one was written.

    Args:
        occasion: says what the mail is about and to whom, once and for all; the same one
            a second time writes nothing.
        body: plain text, wrapped by the reader's program.
        calendars: files that go along: their text by method.
        enclosure: what is put to the mail when it is sent (see ``services.outbox.encloses``).
        not_before: until then it stays in the outbox, where what gave cause to it can still be undone.
    """
    if db.session.query(Message.id).filter_by(occasion=occasion).first():
        return False
    _queue(
        event_id=event_id,
        account_id=account_id,
        occasion=occasion,
        kind=kind,
        recipient=recipient,
        language=language,
        subject=" ".join(subject.split()),
        body=body,
        calendars=[{"method": method, "text": text} for method, text in (calendars or {}).items()],
        enclosure=dict(enclosure or {}),
        leased_until=not_before,  # nobody may take it earlier: that is what a lease says
    )
    return True


def _queue(**values: Any) -> None:
    db.session.add(Message(**values, status=MessageStatus.QUEUED, created_at=clock.now()))
    db.session.flush()
    jobs.ring_for_all("mail")
