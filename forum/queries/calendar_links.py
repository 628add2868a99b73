"""Secret addresses of calendars: how often one was made anew decides which address is good."""

from __future__ import annotations

from sqlalchemy import select

from forum.models import CalendarLink
from forum.models.base import db

DELEGATE = "delegate"


def number_of(*, event_id: int, kind: str, subject_id: int) -> int:
    """0 as long as the first address is good."""
    row = select(CalendarLink.number).filter_by(event_id=event_id, kind=kind, subject_id=subject_id)
    return db.session.scalar(row) or 0
