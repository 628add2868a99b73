"""The programme by day and room."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus, Visibility
from forum.models import Attendance, Company, Delegate, Session
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class SpeakerView:
    """Somebody on the stage; ``part`` is speaker or moderator."""

    name: str
    position: Localized
    company: Localized
    part: str


@dataclass(frozen=True)
class SessionView:
    """A programme item; one without a room is everywhere."""

    id: int
    kind: str
    title: Localized
    summary: Localized
    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    room: Localized
    is_for_everyone: bool
    speakers: tuple[SpeakerView, ...]


@dataclass(frozen=True)
class DayView:
    """A day of the programme by the clock of the event's city."""

    on: date
    sessions: tuple[SessionView, ...]


def days(*, event_id: int, zone: ZoneInfo) -> tuple[DayView, ...]:
    """The sessions day by day in order of time."""
    sessions = of_event(event_id=event_id)
    by_day = groupby(sessions, key=lambda session: session.starts_at.astimezone(zone).date())
    return tuple(DayView(on, tuple(items)) for on, items in by_day)


def of_event(*, event_id: int) -> tuple[SessionView, ...]:
    """Every session in order of time."""
    speakers = _speakers(event_id)
    rows = db.session.scalars(
        select(Session)
        .where(Session.event_id == event_id)
        .order_by(Session.starts_at, Session.room_id, Session.id)
    )
    return tuple(_view(row, tuple(speakers.get(row.id, ()))) for row in rows)


def _speakers(event_id: int) -> dict[int, list[SpeakerView]]:
    """Who is on the stage, as far as they let everybody know."""
    rows = db.session.execute(
        select(Attendance.session_id, Attendance.part, Delegate, Company.short_name)
        .join(Session, Session.id == Attendance.session_id)
        .join(Delegate, Delegate.id == Attendance.delegate_id)
        .outerjoin(Company, Company.id == Delegate.company_id)
        .where(
            Session.event_id == event_id,
            Attendance.part.in_(("speaker", "moderator")),
            Delegate.visibility == Visibility.PUBLIC,
            Delegate.status == RegistrationStatus.APPROVED,
        )
        .order_by(Attendance.part, Delegate.precedence.nulls_last(), Delegate.number)
    )
    found: dict[int, list[SpeakerView]] = defaultdict(list)
    for session_id, part, person, company in rows:
        name = full_name(person.given_name, person.family_name)
        found[session_id].append(SpeakerView(name, person.position, company or Localized(), part))
    return found


def _view(row: Session, speakers: tuple[SpeakerView, ...]) -> SessionView:
    return SessionView(
        id=row.id,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room_id=row.room_id,
        room=row.room.title if row.room else Localized(),
        is_for_everyone=row.is_for_everyone,
        speakers=speakers,
    )
