"""Forums, as pages and commands need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.errors import ForumError
from forum.models import Event
from forum.models.base import db


@dataclass(frozen=True)
class EventView:
    """One forum. Instants are UTC; ``zone`` is where people read them."""

    id: int
    code: str
    title: Localized
    summary: Localized
    place: Localized
    address: Localized
    starts_on: date
    ends_on: date
    zone: ZoneInfo
    languages: tuple[str, ...]
    contact_email: str | None
    contact_phone: str | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    requests_open_at: datetime | None
    requests_close_at: datetime | None
    freeze_at: datetime | None
    catalogue_is_public: bool


def find(code: str) -> EventView | None:
    """The forum with that code in its address."""
    event = db.session.scalar(select(Event).where(Event.code == code))
    return _view(event) if event else None


def get(event_id: int) -> EventView:
    """The forum with that id, which must exist."""
    return _view(db.session.get_one(Event, event_id))


def all_events() -> tuple[EventView, ...]:
    """Every forum, the latest first."""
    rows = db.session.scalars(select(Event).order_by(Event.starts_on.desc(), Event.id.desc()))
    return tuple(_view(event) for event in rows)


def chosen(code: str | None) -> EventView:
    """The forum that a command means: the named one, else the latest.

    Raises:
        ForumError: ``no_such_event`` or ``no_event_yet``.
    """
    if code is not None:
        event = find(code)
        if event is None:
            raise ForumError("no_such_event", event=code)
        return event
    events = all_events()
    if not events:
        raise ForumError("no_event_yet")
    return events[0]


def _view(event: Event) -> EventView:
    return EventView(
        id=event.id,
        code=event.code,
        title=event.title,
        summary=event.summary,
        place=event.place,
        address=event.address,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        zone=ZoneInfo(event.time_zone),
        languages=tuple(event.languages),
        contact_email=event.contact_email,
        contact_phone=event.contact_phone,
        registration_opens_at=event.registration_opens_at,
        registration_closes_at=event.registration_closes_at,
        requests_open_at=event.requests_open_at,
        requests_close_at=event.requests_close_at,
        freeze_at=event.freeze_at,
        catalogue_is_public=event.catalogue_is_public,
    )
