"""Requests that nobody has answered in time."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.states import RequestStatus
from forum.models import Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import request_rules as rules
from forum.services import request_steps as steps
from forum.services.request_mails import ALL
from forum.unit_of_work import transactional


def over(event_id: int | None = None) -> Iterable[int]:
    """Ids of the requests (of one forum, or of all) whose time for an answer has run out."""
    rows = select(Request.id).where(
        Request.status == RequestStatus.PENDING, Request.expires_at <= clock.now()
    )
    if event_id is not None:
        rows = rows.where(Request.event_id == event_id)
    return db.session.scalars(rows.order_by(Request.expires_at, Request.id)).all()


@jobs.handles("request_expiry", waiting=over)
@transactional
def end(request_id: int) -> bool:
    """Note that nobody has answered in time, and write to both; any other request is left alone.

    Returns:
        Whether it has come to its end by this.
    """
    row = db.session.scalar(
        select(Request)
        .where(Request.id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None or not rules.is_over(row):
        return False
    row.status, row.updated_at = RequestStatus.EXPIRED, clock.now()
    steps.note(SYSTEM, row, "request_expired", ALL)
    return True
