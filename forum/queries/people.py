"""How a person's name is put together from its parts."""

from __future__ import annotations

from sqlalchemy import select

from forum.models import Delegate
from forum.models.base import db


def full_name(*parts: str | None) -> str:
    """The parts that there are, in the order given."""
    return " ".join(part for part in parts if part)


def numbered(*, event_id: int, number: int) -> int | None:
    """The id of whoever has that number in the forum, None for nobody and for the erased."""
    return db.session.scalar(
        select(Delegate.id).where(
            Delegate.event_id == event_id, Delegate.number == number, Delegate.erased_at.is_(None)
        )
    )
