"""One person's forum: sessions, meetings and visits in the order of time. The published plan is the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select

from forum.domain.localized import Localized
from forum.domain.states import MeetingStatus, SeatStatus
from forum.models import Attendance, Bus, Interpreter, Meeting, Room, Seat, Session, Table, Visit
from forum.models.base import db
from forum.queries import appointments, buses, plans
from forum.queries.appointments import Appointment, Seated, with_delegates
from forum.queries.buses import StopView
from forum.queries.comparisons import Change, ChangeKind, changes_between


class AgendaKind(StrEnum):
    SESSION = "session"
    MEETING = "meeting"
    VISIT = "visit"


@dataclass(frozen=True)
class Earlier:
    """Where a moved meeting was in the plan before."""

    starts_at: datetime
    table: int


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One line of an agenda. ``row_id`` is the session's, request's or visit's: it outlives plans.

    ``part`` is what the person does there, as a speaker or an ``interpreter``. A meeting has ``title`` (the
    company met), ``partners``, ``table``, ``zone`` and maybe ``interpreter``; a visit lasts from departure to
    return, with ``site_starts_at`` to ``site_ends_at`` at the site, ``bus``, and ``place`` where one meets
    for it; ``change_number`` grows with every change of a visit. ``change`` says how a meeting differs from
    the plan before.
    """

    kind: AgendaKind
    row_id: int
    starts_at: datetime
    ends_at: datetime
    title: Localized
    place: Localized
    part: str | None = None
    partners: tuple[Seated, ...] = ()
    table: int | None = None
    zone: str | None = None
    interpreter: str | None = None
    site_starts_at: datetime | None = None
    site_ends_at: datetime | None = None
    bus: str | None = None
    change: ChangeKind | None = None
    earlier: Earlier | None = None
    status: MeetingStatus = MeetingStatus.PLANNED
    late_minutes: int | None = None
    change_number: int = 0


@dataclass(frozen=True)
class AgendaView:
    """``items`` in the order of time; ``cancelled`` are meetings of the plan before that are gone, and those
    of the plan in force that were called off.
    """

    delegate_id: int
    revision: int | None
    published_at: datetime | None
    items: tuple[AgendaItem, ...]
    cancelled: tuple[AgendaItem, ...]

    @property
    def has_changes(self) -> bool:
        return bool(self.cancelled) or any(item.change for item in self.items)


def agenda_of(event_id: int, delegate_id: int) -> AgendaView:
    """The agenda of one delegate of the event."""
    return agendas_of(event_id, [delegate_id])[delegate_id]


def agendas_of(event_id: int, delegate_ids: Collection[int]) -> Mapping[int, AgendaView]:
    """Agendas by delegate, in the order asked for, with the same few queries for one and for all."""
    plan, before = plans.in_force(event_id), plans.before_the_one_in_force(event_id)
    interpreters = _interpreters(event_id, delegate_ids)
    narrow = or_(with_delegates(delegate_ids), Meeting.interpreter_id.in_(interpreters))
    now = appointments.of_plan(plan.id, narrow) if plan else ()
    then = appointments.of_plan(before.id, narrow) if plan and before else ()
    fallen = appointments.called_off(plan.id, narrow) if plan else ()
    changes = changes_between(then, now) if plan and before else {}
    rooms = _table_rooms(event_id)
    items: dict[int, list[AgendaItem]] = defaultdict(list)
    for meeting in now:
        for person in meeting.people:
            change = _change_of(meeting, changes.get(person.delegate_id, ()))
            items[person.delegate_id].append(_meeting(meeting, person.delegate_id, rooms, change))
        if meeting.interpreter_id in interpreters:
            items[interpreters[meeting.interpreter_id]].append(_interpreted(meeting, rooms))
    for delegate_id, item in (*_visits(event_id, delegate_ids), *_sessions(event_id, delegate_ids)):
        items[delegate_id].append(item)
    return {
        key: AgendaView(
            delegate_id=key,
            revision=plan.revision if plan else None,
            published_at=plan.published_at if plan else None,
            items=tuple(sorted(items[key], key=lambda item: (item.starts_at, item.ends_at))),
            cancelled=(
                *(_meeting(each.meeting, key, rooms, each) for each in _gone(changes.get(key, ()), fallen)),
                *(_meeting(each, key, rooms, None) for each in fallen if key in each.people_ids),
                *(
                    _interpreted(each, rooms)
                    for each in fallen
                    if each.interpreter_id in interpreters and interpreters[each.interpreter_id] == key
                ),
            ),
        )
        for key in delegate_ids
    }


def gone(meeting: Appointment, delegate_id: int) -> AgendaItem:
    """A meeting that is not on the person's agenda any more, for the calendar that still has it."""
    return _meeting(meeting, delegate_id, {}, None)


def _gone(changes: Collection[Change], fallen: Collection[Appointment]) -> list[Change]:
    """Meetings that the plan in force has not had from the beginning."""
    known = {each.request_id for each in fallen}
    return [
        each for each in changes if each.kind is ChangeKind.CANCELLED and each.meeting.request_id not in known
    ]


def _change_of(meeting: Appointment, changes: Collection[Change]) -> Change | None:
    return next((each for each in changes if each.meeting.request_id == meeting.request_id), None)


def _meeting(
    meeting: Appointment, delegate_id: int, rooms: Mapping[int, Localized], change: Change | None
) -> AgendaItem:
    was = change.before if change and change.kind is ChangeKind.MOVED and not change.is_in_place else None
    return AgendaItem(
        kind=AgendaKind.MEETING,
        row_id=meeting.request_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.partner_of(delegate_id),
        place=rooms.get(meeting.table_id, Localized()),
        partners=meeting.others_than(delegate_id),
        table=meeting.table_number,
        zone=meeting.table_zone,
        interpreter=meeting.interpreter,
        change=change.kind if change else None,
        earlier=Earlier(was.starts_at, was.table_number) if was else None,
        status=meeting.status,
        late_minutes=meeting.late_minutes,
    )


def _interpreters(event_id: int, delegate_ids: Collection[int]) -> dict[int, int]:
    """Those of the people who interpret: the delegate by the interpreter's id."""
    rows = db.session.execute(
        select(Interpreter.id, Interpreter.delegate_id).where(
            Interpreter.event_id == event_id, Interpreter.delegate_id.in_(delegate_ids)
        )
    )
    return {row.id: row.delegate_id for row in rows}


def _interpreted(meeting: Appointment, rooms: Mapping[int, Localized]) -> AgendaItem:
    languages = {*meeting.sender, *meeting.receiver}
    both = {
        language: f"{meeting.sender.in_language(language)} – {meeting.receiver.in_language(language)}"
        for language in languages
    }
    return AgendaItem(
        kind=AgendaKind.MEETING,
        row_id=meeting.request_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=Localized(both),
        place=rooms.get(meeting.table_id, Localized()),
        part="interpreter",
        partners=meeting.people,
        table=meeting.table_number,
        zone=meeting.table_zone,
        status=meeting.status,
        late_minutes=meeting.late_minutes,
    )


def _table_rooms(event_id: int) -> dict[int, Localized]:
    rows = db.session.execute(
        select(Table.id, Room.title).join(Room, Room.id == Table.room_id).where(Table.event_id == event_id)
    )
    return {row.id: row.title for row in rows}


def _visits(event_id: int, delegate_ids: Collection[int]) -> list[tuple[int, AgendaItem]]:
    rows = db.session.execute(
        select(Seat.delegate_id, Visit, Bus.label, Seat.bus_id, Seat.stop_id)
        .join(Visit, Visit.id == Seat.visit_id)
        .outerjoin(Bus, Bus.id == Seat.bus_id)
        .where(
            Visit.event_id == event_id,
            Seat.delegate_id.in_(delegate_ids),
            Seat.status == SeatStatus.SEATED,
            Seat.is_tentative.is_(False),
        )
    ).all()
    stops = buses.stops_of({bus_id for *_, bus_id, _stop in rows if bus_id})
    return [
        (delegate_id, visit_item(visit, label, buses.boarding_stop(stops.get(bus_id or 0, ()), stop_id)))
        for delegate_id, visit, label, bus_id, stop_id in rows
    ]


def visit_item(visit: Visit, bus: str | None = None, stop: StopView | None = None) -> AgendaItem:
    """A visit as a line of an agenda, from where and when the bus takes the person in."""
    return AgendaItem(
        kind=AgendaKind.VISIT,
        row_id=visit.id,
        starts_at=stop.at if stop else visit.departs_at,
        ends_at=visit.returns_at,
        title=visit.site.title,
        place=stop.title if stop else visit.meeting_point,
        site_starts_at=visit.starts_at,
        site_ends_at=visit.ends_at,
        bus=bus,
        change_number=visit.change_number,
    )


def _sessions(event_id: int, delegate_ids: Collection[int]) -> list[tuple[int, AgendaItem]]:
    """Sessions for everyone, and those that a person must attend (with the ``part`` in it)."""
    sessions = db.session.scalars(select(Session).where(Session.event_id == event_id)).all()
    rows = db.session.execute(
        select(Attendance.session_id, Attendance.delegate_id, Attendance.part).where(
            Attendance.delegate_id.in_(delegate_ids)
        )
    )
    parts = {(session_id, delegate_id): part for session_id, delegate_id, part in rows}
    return [
        (delegate_id, _session(session, parts.get((session.id, delegate_id))))
        for session in sessions
        for delegate_id in delegate_ids
        if session.is_for_everyone or (session.id, delegate_id) in parts
    ]


def _session(session: Session, part: str | None) -> AgendaItem:
    return AgendaItem(
        kind=AgendaKind.SESSION,
        row_id=session.id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        place=session.room.title if session.room else Localized(),
        part=part,
    )
