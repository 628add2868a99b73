"""In which slots people and interpreters of an event cannot meet, and whether they wait meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select

from forum.domain.states import SeatStatus
from forum.models import (
    Absence,
    Attendance,
    Delegate,
    Seat,
    Session,
    Slot,
    Visit,
)
from forum.models.base import db
from forum.queries import overruns

_FOR_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass
class Occupied:
    """Ids of slots by delegate: ``away`` they still wait, ``elsewhere`` (session, visit) they do not.

    ``interpreting`` are slots by interpreter that a meeting before takes up.
    """

    away: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    interpreting: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def all_of(self, delegate_id: int) -> set[int]:
        return self.away.get(delegate_id, set()) | self.elsewhere.get(delegate_id, set())


def of_delegates(
    event_id: int, slots: Sequence[Slot], people: Mapping[int, tuple[datetime | None, datetime | None]]
) -> Occupied:
    """What keeps ``people`` (id to arrival and departure) from meeting.

    Absences and the time before arrival and after departure are ``away``, and on the day the time in which
    a meeting overran and everything after a no-show; visits in which they have a seat (from departure to
    return) and sessions that block meetings are ``elsewhere``.
    """
    occupied = Occupied()
    for delegate_id, (arrives_at, leaves_at) in people.items():
        occupied.away[delegate_id] |= {
            slot.id
            for slot in slots
            if (arrives_at and slot.starts_at < arrives_at) or (leaves_at and slot.ends_at > leaves_at)
        }
    for delegate_id, starts_at, ends_at in (*_absences(event_id), *_no_shows(event_id)):
        occupied.away[delegate_id] |= overlapping(slots, starts_at, ends_at)
    for overrun in overruns.of_event(event_id):
        later = overlapping(slots, overrun.starts_at, overrun.ends_at)
        for delegate_id in overrun.people:
            occupied.away[delegate_id] |= later
        if overrun.interpreter_id is not None:
            occupied.interpreting[overrun.interpreter_id] |= later
    for delegate_id, starts_at, ends_at in (*_visits(event_id), *_attended_sessions(event_id)):
        occupied.elsewhere[delegate_id] |= overlapping(slots, starts_at, ends_at)
    everyone = _slots_of_everyone(event_id, slots)
    for delegate_id in people:
        occupied.elsewhere[delegate_id] |= everyone
    return occupied


def outside_hours(slots: Iterable[Slot], hours: Sequence[tuple[datetime, datetime]]) -> frozenset[int]:
    """Slots that are not within any of the hours; without hours, none."""
    return frozenset(
        slot.id
        for slot in slots
        if hours and not any(start <= slot.starts_at and slot.ends_at <= end for start, end in hours)
    )


def overlapping(slots: Iterable[Slot], starts_at: datetime, ends_at: datetime) -> set[int]:
    """Ids of the slots that have an instant in common with the stretch."""
    return {slot.id for slot in slots if slot.starts_at < ends_at and starts_at < slot.ends_at}


def _slots_of_everyone(event_id: int, slots: Sequence[Slot]) -> set[int]:
    rows = db.session.execute(
        select(Session.starts_at, Session.ends_at).where(
            Session.event_id == event_id, Session.blocks_meetings, Session.is_for_everyone
        )
    )
    return {slot for starts_at, ends_at in rows for slot in overlapping(slots, starts_at, ends_at)}


def _attended_sessions(event_id: int) -> list[tuple[int, datetime, datetime]]:
    rows = db.session.execute(
        select(Attendance.delegate_id, Session.starts_at, Session.ends_at)
        .join(Session, Session.id == Attendance.session_id)
        .where(Session.event_id == event_id, Session.blocks_meetings)
    )
    return [(who, start, end) for who, start, end in rows]


def _absences(event_id: int) -> list[tuple[int, datetime, datetime]]:
    rows = db.session.execute(
        select(Absence.delegate_id, Absence.starts_at, Absence.ends_at)
        .join(Delegate, Delegate.id == Absence.delegate_id)
        .where(Delegate.event_id == event_id)
    )
    return [(who, start, end) for who, start, end in rows]


def _no_shows(event_id: int) -> list[tuple[int, datetime, datetime]]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.no_show_at).where(
            Delegate.event_id == event_id, Delegate.no_show_at.is_not(None)
        )
    )
    return [(who, since, _FOR_EVER) for who, since in rows if since]


def _visits(event_id: int) -> list[tuple[int, datetime, datetime]]:
    rows = db.session.execute(
        select(Seat.delegate_id, Visit.departs_at, Visit.returns_at)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Visit.event_id == event_id, Seat.status == SeatStatus.SEATED)
    )
    return [(who, start, end) for who, start, end in rows]
