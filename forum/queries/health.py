"""Whether the database can be used."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from forum.models import Event
from forum.models.base import db


def is_ready() -> bool:
    """Whether the database answers and has been migrated."""
    db.session.rollback()
    try:
        db.session.execute(select(Event.id).limit(1))
    except DBAPIError:
        return False
    return True
