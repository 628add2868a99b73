"""Other programs that read and write: their tokens, and what they are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.roles import Role
from forum.domain.states import DeliveryStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign
from forum.models.leases import Leased


class ApiToken(Base):
    """A program acts with ``role`` in the forum. Only the hash of its secret is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        UniqueConstraint("secret_hash"),
        CheckConstraint(
            "role <> 'coordinator' OR delegation_id IS NOT NULL", name="coordinator_of_delegation"
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegation_id: Mapped[int | None] = foreign("delegations.id", ondelete="CASCADE")
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(enumerated(Role, "role"))
    can_write: Mapped[bool] = mapped_column(default=False)
    secret_hash: Mapped[str]
    hint: Mapped[str]  # the last letters of the secret, by which people tell tokens apart
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Webhook(Base):
    """Where to send notices. ``sealed_secret`` signs them and is sealed like ID documents."""

    __tablename__ = "webhooks"

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    address: Mapped[str]
    occasions: Mapped[list[str]]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]


class WebhookDelivery(Leased, Base):
    """One notice to one address: tried until it is taken or ``attempts`` run out."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index("ix_webhook_deliveries_status_due", "status", "due_at"),)

    id: Mapped[Key]
    webhook_id: Mapped[int] = foreign("webhooks.id")
    key: Mapped[str]  # the receiver tells repeats by it
    occasion: Mapped[str]
    body: Mapped[dict[str, Any]]
    status: Mapped[DeliveryStatus] = mapped_column(enumerated(DeliveryStatus, "status"))
    due_at: Mapped[datetime]
    answer: Mapped[str | None]  # what the receiver said last
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
