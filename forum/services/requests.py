"""Requests for meetings: the organiser's decisions."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import RequestStatus
from forum.models import Request
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def accept(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> int:
    """Let these requests enter the next schedule; returns how many were not accepted before."""
    return _decide(actor, event_id, request_ids, RequestStatus.ACCEPTED)


@transactional
def decline(*, actor: Actor, event_id: int, request_ids: Collection[int]) -> int:
    """Keep these requests out of the next schedule; returns how many were not declined before."""
    return _decide(actor, event_id, request_ids, RequestStatus.DECLINED)


def _decide(actor: Actor, event_id: int, request_ids: Collection[int], status: RequestStatus) -> int:
    """Withdrawn requests stay withdrawn: what a company takes back is not the organiser's to accept."""
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    rows = db.session.scalars(
        select(Request)
        .where(
            Request.event_id == event_id,
            Request.id.in_(request_ids),
            Request.status.not_in((status, RequestStatus.WITHDRAWN)),
        )
        .order_by(Request.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.status = status
        row.updated_at = clock.now()
        journal.record(
            actor=actor,
            action=f"request_{status.value}",
            event_id=event_id,
            subject_kind="request",
            subject_id=row.id,
        )
    return len(rows)
