"""What has become of a registration, for the page that thanks for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.states import RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.queries.people import full_name
from forum.queries.waiting_places import place_in_line


@dataclass(frozen=True)
class Outcome:
    """``place`` in the waiting list, 0 for whoever does not wait."""

    number: int
    name: str
    email: str | None
    status: RegistrationStatus
    place: int


def find(*, event_id: int, row_id: int) -> Outcome | None:
    """The outcome for that delegate of the event, None for nobody and for whoever has been erased."""
    row = db.session.scalar(
        select(Delegate).where(
            Delegate.event_id == event_id, Delegate.id == row_id, Delegate.erased_at.is_(None)
        )
    )
    if row is None:
        return None
    name = full_name(row.given_name, row.patronymic, row.family_name)
    is_waiting = row.status is RegistrationStatus.WAITING
    return Outcome(row.number, name, row.email, row.status, place_in_line(row) if is_waiting else 0)
