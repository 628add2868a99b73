"""Whether somebody has a form under way."""

from __future__ import annotations

from sqlalchemy import select

from forum import clock
from forum.models import RegistrationDraft
from forum.models.base import db


def has_unsent(*, event_id: int, account_id: int | None) -> bool:
    """Whether the account has begun a form of the forum, and neither sent it nor let it lapse."""
    if account_id is None:
        return False
    found = db.session.scalar(
        select(RegistrationDraft.id)
        .where(
            RegistrationDraft.event_id == event_id,
            RegistrationDraft.account_id == account_id,
            RegistrationDraft.delegate_id.is_(None),
            RegistrationDraft.expires_at > clock.now(),
        )
        .limit(1)
    )
    return found is not None
