"""Addresses that are told what happens, and what became of each notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from forum.domain.states import DeliveryStatus
from forum.models import Webhook, WebhookDelivery
from forum.models.base import db

_LATEST = 50


@dataclass(frozen=True)
class WebhookView:
    """An address with how its notices fare."""

    id: int
    address: str
    occasions: tuple[str, ...]
    created_at: datetime
    queued: int
    delivered: int
    failed: int


@dataclass(frozen=True)
class DeliveryView:
    """One notice; ``answer`` is a code of ``http_post`` or what the receiver said."""

    id: int
    occasion: str
    status: DeliveryStatus
    attempts: int
    answer: str | None
    created_at: datetime
    due_at: datetime


def of_event(*, event_id: int) -> tuple[WebhookView, ...]:
    """Every address in use, in the order they were added."""
    hooks = db.session.scalars(
        select(Webhook).filter_by(event_id=event_id, is_active=True).order_by(Webhook.id)
    ).all()
    rows = db.session.execute(
        select(WebhookDelivery.webhook_id, WebhookDelivery.status, func.count())
        .where(WebhookDelivery.webhook_id.in_([hook.id for hook in hooks]))
        .group_by(WebhookDelivery.webhook_id, WebhookDelivery.status)
    )
    counts = {(row[0], row[1]): row[2] for row in rows}
    return tuple(
        WebhookView(
            id=hook.id,
            address=hook.address,
            occasions=tuple(hook.occasions),
            created_at=hook.created_at,
            **{status.value: counts.get((hook.id, status), 0) for status in DeliveryStatus},
        )
        for hook in hooks
    )


def find(*, event_id: int, row_id: int) -> WebhookView | None:
    """That address of the event."""
    return next((hook for hook in of_event(event_id=event_id) if hook.id == row_id), None)


def deliveries(*, webhook_id: int) -> tuple[DeliveryView, ...]:
    """The latest notices to one address, the latest first."""
    rows = db.session.scalars(
        select(WebhookDelivery)
        .filter_by(webhook_id=webhook_id)
        .order_by(WebhookDelivery.id.desc())
        .limit(_LATEST)
    )
    return tuple(
        DeliveryView(
            id=row.id,
            occasion=row.occasion,
            status=row.status,
            attempts=row.attempts,
            answer=row.answer,
            created_at=row.created_at,
            due_at=row.due_at,
        )
        for row in rows
    )
