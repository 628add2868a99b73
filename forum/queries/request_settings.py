"""What is set about requests, and what of it holds for somebody who is about to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.states import Category
from forum.models import Admission, Event, Slot
from forum.models.base import db
from forum.queries.events import EventView


@dataclass(frozen=True)
class RequestSettings:
    """None leaves a time or a limit open. ``most_of_person`` is by category."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    freezes_at: datetime | None = None
    most_of_company: int | None = None
    hours_to_answer: int | None = None
    most_of_person: Mapping[Category, int | None] = field(default_factory=dict)

    @property
    def refusal(self) -> str | None:
        """Why nobody may ask now, as the code of a refusal; None while one may."""
        now = clock.now()
        if self.opens_at is not None and now < self.opens_at:
            return "requests_not_open"
        if self.closes_at is not None and self.closes_at <= now:
            return "requests_closed"
        return "requests_frozen" if self.is_frozen else None

    @property
    def is_frozen(self) -> bool:
        """Whether the organisers alone change requests now."""
        return self.freezes_at is not None and self.freezes_at <= clock.now()


def times_of(event: EventView) -> RequestSettings:
    """The times alone, of a forum that is in hand: no statement."""
    return RequestSettings(event.requests_open_at, event.requests_close_at, event.freeze_at)


def of_event(*, event_id: int) -> tuple[RequestSettings, int]:
    """The settings, and the version of the forum that a form must bring back."""
    event = db.session.get_one(Event, event_id)
    rows = db.session.execute(
        select(Admission.category, Admission.most_requests).where(Admission.event_id == event_id)
    )
    limits = {row.category: row.most_requests for row in rows}
    settings = RequestSettings(
        opens_at=event.requests_open_at,
        closes_at=event.requests_close_at,
        freezes_at=event.freeze_at,
        most_of_company=event.most_requests,
        hours_to_answer=event.request_expiry_hours,
        most_of_person={category: limits.get(category) for category in SPEAK_FOR_COMPANIES},
    )
    return settings, event.version


def minutes_of_a_slot(*, event_id: int) -> int:
    """How long the first slot of the forum takes, 0 while there is none."""
    first = db.session.execute(
        select(Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event_id)
        .order_by(Slot.starts_at)
        .limit(1)
    ).first()
    return int((first.ends_at - first.starts_at).total_seconds() // 60) if first else 0
