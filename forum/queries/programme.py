"""The programme by day and room."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from forum.catalogues import text_in
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.states import RegistrationStatus, Visibility
from forum.models import Attendance, Company, Delegate, Session, Slot
from forum.models.base import db
from forum.queries import visits
from forum.queries.people import full_name, latin_parts


@dataclass(frozen=True)
class SpeakerView:
    """Somebody on the stage; ``part`` is speaker or moderator."""

    name: str
    latin_name: str
    position: Localized
    company: Localized
    part: str


@dataclass(frozen=True)
class ItemView:
    """Something on the programme: a session, a stretch of bilateral meetings, a visit.

    What has the same ``track`` happens in the same place; ``kind`` is the session's, ``meetings`` or
    ``visit``. ``key`` is one of its own in the event.
    """

    key: str
    kind: str
    title: Localized
    summary: Localized
    starts_at: datetime
    ends_at: datetime
    track: str
    place: Localized
    speakers: tuple[SpeakerView, ...] = ()


@dataclass(frozen=True)
class DayView:
    """A day of the programme by the clock of the event's city."""

    on: date
    items: tuple[ItemView, ...]


def days(*, event_id: int, zone: ZoneInfo) -> tuple[DayView, ...]:
    """The programme day by day in order of time."""
    by_day = groupby(of_event(event_id=event_id), key=lambda item: item.starts_at.astimezone(zone).date())
    return tuple(DayView(on, tuple(items)) for on, items in by_day)


def of_event(*, event_id: int) -> tuple[ItemView, ...]:
    """The whole programme in order of time."""
    items = (*_sessions(event_id), *_meetings(event_id), *_visits(event_id))
    return tuple(sorted(items, key=lambda item: (item.starts_at, item.track)))


def _sessions(event_id: int) -> list[ItemView]:
    speakers = _speakers(event_id)
    rows = db.session.scalars(select(Session).where(Session.event_id == event_id).order_by(Session.id))
    return [_session(row, tuple(speakers.get(row.id, ()))) for row in rows]


def _meetings(event_id: int) -> list[ItemView]:
    rows = db.session.execute(
        select(Slot.block, func.min(Slot.starts_at), func.max(Slot.ends_at))
        .where(Slot.event_id == event_id)
        .group_by(Slot.block)
    )
    title = Localized({language: text_in(language, "Bilateral meetings") for language in LANGUAGES})
    return [
        ItemView(f"meetings-{block}", "meetings", title, Localized(), start, end, "meetings", Localized())
        for block, start, end in rows
    ]


def _visits(event_id: int) -> list[ItemView]:
    return [
        ItemView(
            key=f"visit-{visit.id}",
            kind="visit",
            title=visit.site,
            summary=Localized(),
            starts_at=visit.departs_at,
            ends_at=visit.returns_at,
            track=f"visits-{visit.site_id}",
            place=visit.meeting_point,
        )
        for visit in visits.of_event(event_id=event_id)
    ]


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
        latin = full_name(*reversed(latin_parts(person)))
        found[session_id].append(SpeakerView(name, latin, person.position, company or Localized(), part))
    return found


def _session(row: Session, speakers: tuple[SpeakerView, ...]) -> ItemView:
    return ItemView(
        key=f"session-{row.id}",
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        track=f"hall-{row.room_id or row.id:06}",
        place=row.room.title if row.room else Localized(),
        speakers=speakers,
    )
