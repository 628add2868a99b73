"""Addresses that are told what happens: adding them, and delivering to them until they take it."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, select, update

from forum import clock, config, http_post, jobs
from forum.domain.roles import Permission
from forum.domain.states import DeliveryStatus
from forum.errors import ForumError
from forum.models import Webhook, WebhookDelivery
from forum.models.base import db
from forum.policy import Actor, require
from forum.sealing import seal, unseal
from forum.services import journal, leases
from forum.services.notices import OCCASIONS, enqueue
from forum.unit_of_work import transactional

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
_LEASE: Final = timedelta(minutes=2)  # longer than a delivery's timeout
_SECRET_BYTES: Final = 32
_LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True)
class NewWebhook:
    """``secret`` signs the notices; it is shown once."""

    id: int
    secret: str


@dataclass(frozen=True)
class _Taken:
    address: str
    secret: bytes
    key: str
    body: dict[str, Any]
    lease: int
    attempts: int


@transactional
def add(*, actor: Actor, event_id: int, address: str, occasions: Iterable[str]) -> NewWebhook:
    """Tell ``address`` of ``occasions`` from now on.

    Raises:
        ForumError: ``webhook_bad_address``, ``webhook_https_needed``, ``webhook_no_occasion``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    address, chosen = address.strip()[:_LONGEST_ADDRESS], sorted(set(occasions) & set(OCCASIONS))
    reason = http_post.refusal(address, to_own_network=config.in_force().webhooks_to_own_network)
    if reason is not None:
        raise ForumError(f"webhook_{reason}")
    if not chosen:
        raise ForumError("webhook_no_occasion")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = Webhook(
        event_id=event_id,
        address=address,
        occasions=chosen,
        sealed_secret=b"",
        created_by_id=actor.account_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    row.sealed_secret = seal(secret.encode(), binding=binding(row.id))
    journal.record(actor=actor, action="webhook_added", event_id=event_id, address=address)
    return NewWebhook(row.id, secret)


@transactional
def remove(*, actor: Actor, event_id: int, webhook_id: int) -> None:
    """Tell the address nothing more; what still waits is not sent.

    Raises:
        ForumError: ``no_such_webhook``.
    """
    row = _own(actor, event_id, webhook_id)
    row.is_active = False
    db.session.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.webhook_id == row.id, WebhookDelivery.status == DeliveryStatus.QUEUED
        )
    )
    journal.record(actor=actor, action="webhook_removed", event_id=event_id, address=row.address)


@transactional
def try_out(*, actor: Actor, event_id: int, webhook_id: int) -> None:
    """Send a notice that says nothing but that notices arrive."""
    enqueue(_own(actor, event_id, webhook_id), "test", subjects=[])


@transactional
def send_again(*, actor: Actor, event_id: int, webhook_id: int) -> int:
    """Try everything once more that was given up; returns how much that is."""
    row = _own(actor, event_id, webhook_id)
    again = db.session.scalars(
        update(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == row.id, WebhookDelivery.status == DeliveryStatus.FAILED)
        .values(status=DeliveryStatus.QUEUED, attempts=0, due_at=clock.now(), leased_until=None)
        .returning(WebhookDelivery.id)
    ).all()
    jobs.ring_for_all("webhook")
    return len(again)


def waiting() -> Iterable[int]:
    """Ids of notices that are due and that nobody is delivering."""
    now = clock.now()
    return db.session.scalars(
        select(WebhookDelivery.id)
        .where(
            WebhookDelivery.status == DeliveryStatus.QUEUED,
            WebhookDelivery.due_at <= now,
            or_(WebhookDelivery.leased_until.is_(None), WebhookDelivery.leased_until < now),
        )
        .order_by(WebhookDelivery.id)
    ).all()


@jobs.handles("webhook", waiting=waiting)
def deliver(delivery_id: int) -> None:
    """One try. Who receives may get a notice twice, and tells by its id."""
    taken = _take(delivery_id=delivery_id)
    if taken is None:
        return
    content = json.dumps(taken.body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "Forum-Delivery": taken.key,
        "Forum-Signature": signature(taken.secret, content, at=int(clock.now().timestamp())),
        "User-Agent": f"forum/{config.version()}",
    }
    to_own_network = config.in_force().webhooks_to_own_network
    try:
        answer = http_post.post(taken.address, content, headers, to_own_network=to_own_network)
    except http_post.NotDeliveredError as error:
        _conclude(delivery_id, taken, is_good=False, words=error.code)
    else:
        _conclude(delivery_id, taken, is_good=answer.is_good, words=f"{answer.status} {answer.words}".strip())


def signature(secret: bytes, content: bytes, *, at: int) -> str:
    """``t=<seconds>,v1=<hex>``: HMAC-SHA256 over ``<seconds>.<content>``; the time stops replays."""
    digest = hmac.new(secret, f"{at}.".encode() + content, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


@transactional
def _take(*, delivery_id: int) -> _Taken | None:
    lease = leases.take(
        table=WebhookDelivery, row_id=delivery_id, statuses=(DeliveryStatus.QUEUED,), length=_LEASE
    )
    if lease is None:
        return None
    row = db.session.get_one(WebhookDelivery, delivery_id, populate_existing=True)
    hook = db.session.get_one(Webhook, row.webhook_id)
    secret = unseal(hook.sealed_secret, binding=binding(hook.id))
    return _Taken(hook.address, secret, row.key, row.body, lease, row.attempts)


def _conclude(delivery_id: int, taken: _Taken, *, is_good: bool, words: str) -> None:
    values: dict[str, Any] = {"answer": words}
    if is_good:
        values |= {"status": DeliveryStatus.DELIVERED, "delivered_at": clock.now()}
    elif taken.attempts > len(PAUSES):
        values |= {"status": DeliveryStatus.FAILED}
    else:
        values |= {"due_at": clock.now() + PAUSES[taken.attempts - 1]}
    leases.release(table=WebhookDelivery, row_id=delivery_id, lease=taken.lease, **values)


def _own(actor: Actor, event_id: int, webhook_id: int) -> Webhook:
    require(actor, Permission.MANAGE_EVENT, event_id)
    row = db.session.scalar(
        select(Webhook).filter_by(id=webhook_id, event_id=event_id, is_active=True).with_for_update()
    )
    if row is None:
        raise ForumError("no_such_webhook")
    return row


def binding(webhook_id: int) -> str:
    """What the sealed secret of a webhook is bound to."""
    return f"webhook {webhook_id}"
