"""What kind of reader of the catalogue somebody is."""

from __future__ import annotations

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.domain.visibility import Audience, Reader
from forum.models import Delegate
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may

STRANGER = Reader(Audience.EVERYBODY)


def reader_of(actor: Actor, event_id: int) -> Reader:
    """The office sees everybody; whoever takes part sees participants, and is not yet one by applying."""
    if not may(actor, Permission.SEE_CATALOGUE, event_id):
        return STRANGER
    if may(actor, Permission.SEE_DELEGATES, event_id):
        is_office = delegations_seen(actor, event_id) is None
        return Reader(Audience.OFFICE if is_office else Audience.PARTICIPANTS)
    category = db.session.scalar(
        select(Delegate.category)
        .where(
            Delegate.event_id == event_id,
            Delegate.account_id == actor.account_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.erased_at.is_(None),
        )
        .order_by(Delegate.id)
        .limit(1)
    )
    return Reader(Audience.PARTICIPANTS, category) if category else STRANGER
