"""How far somebody has come in the waiting list."""

from __future__ import annotations

from sqlalchemy import or_, select

from forum.domain.places import Seeker
from forum.domain.states import RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.queries import places


def place_in_line(row: Delegate) -> int:
    """1 for whoever is next: how many wait for the same places as the person of ``row``, and are not after
    them.
    """
    if row.waiting_since is None:
        return 0
    own = [
        limit
        for limit in places.limits(row.event_id)
        if limit.counts(Seeker(row.category, row.delegation_id))
    ]
    is_before = or_(
        Delegate.waiting_since < row.waiting_since,
        (Delegate.waiting_since == row.waiting_since) & (Delegate.id <= row.id),
    )
    rows = db.session.execute(
        select(Delegate.category, Delegate.delegation_id).where(
            Delegate.event_id == row.event_id,
            Delegate.status == RegistrationStatus.WAITING,
            Delegate.erased_at.is_(None),
            is_before,
        )
    )
    return sum(any(limit.counts(Seeker(*each)) for limit in own) for each in rows) or 1
