"""Telling other programs what happened: what the journal notes becomes a notice to whoever asked for it.

A notice says that something happened and to which rows, never what is in them: whoever may know
reads that with a token.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.states import DeliveryStatus
from forum.models import Event, JournalEntry, Webhook, WebhookDelivery
from forum.models.base import db

OCCASIONS: Final[Mapping[str, frozenset[str]]] = {
    "registration.made": frozenset({"member_added", "registration_added", "registration_sent"}),
    "registration.changed": frozenset({"profile_changed"}),
    "registration.decided": frozenset(
        {
            "member_withdrawn",
            "offer_accepted",
            "offer_ended",
            "offer_refused",
            "place_offered",
            "registration_answered",
            "registration_applied_again",
            "registration_decided",
            "registration_let_in",
            "registration_withdrawn",
        }
    ),
    "arrival.marked": frozenset({"checked_in", "check_in_taken_back"}),
    "request.made": frozenset({"request_made"}),
    "request.answered": frozenset({"request_accepted", "request_declined"}),
    "request.ended": frozenset({"request_expired", "request_withdrawn"}),
    "schedule.published": frozenset({"plan_published", "plan_brought_back"}),
    "test": frozenset(),
}
"""What one can ask to be told of, and by which actions of the journal it happens."""

_BY_ACTION: Final = {action: occasion for occasion, actions in OCCASIONS.items() for action in actions}


def tell(entry: JournalEntry) -> None:
    """Within the command that ``entry`` is part of: a notice for every address that wants it."""
    occasion = _BY_ACTION.get(entry.action)
    if occasion is None or entry.event_id is None:
        return
    subjects = [{"kind": entry.subject_kind, "id": entry.subject_id}] if entry.subject_id else []
    for hook in db.session.scalars(select(Webhook).filter_by(event_id=entry.event_id, is_active=True)):
        if occasion in hook.occasions:
            enqueue(hook, occasion, subjects=subjects)


def enqueue(hook: Webhook, occasion: str, *, subjects: list[dict[str, Any]]) -> None:
    """Within a command: one notice to one address."""
    now, key = clock.now(), secrets.token_urlsafe(18)
    delivery = WebhookDelivery(
        webhook_id=hook.id,
        key=key,
        occasion=occasion,
        body={
            "id": key,
            "occasion": occasion,
            "at": now.isoformat(),
            "event": db.session.get_one(Event, hook.event_id).code,
            "subjects": subjects,
        },
        status=DeliveryStatus.QUEUED,
        due_at=now,
        created_at=now,
    )
    db.session.add(delivery)
    db.session.flush()
    jobs.ring_for_all("webhook")
