"""What people are promised to and what stands against it, as rows: the one reader for every rule of time.

What conflicts with what, ``domain.conflicts`` says. A visit begins and ends at the venue, and so does
whatever has no room whose place is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.types import Integer

from forum.domain.conflicts import (
    ANY_MEETING,
    FOR_EVER,
    LONG_AGO,
    Clash,
    Engagement,
    EngagementKind,
    Ways,
    against,
    clashes,
)
from forum.domain.intervals import Interval
from forum.domain.states import MeetingStatus, PlanStatus, SeatStatus
from forum.models import (
    Absence,
    Attendance,
    Delegate,
    Meeting,
    MeetingParticipant,
    Override,
    Place,
    Plan,
    Request,
    Room,
    Seat,
    Session,
    Slot,
    Table,
    TravelTime,
    Visit,
)
from forum.models.base import Instant, db
from forum.queries import overruns
from forum.queries.appointments import end_of_meeting

VENUE: Final = "venue"  # the code of the place where the forum is
HOLDS_A_SEAT: Final = (SeatStatus.SEATED, SeatStatus.OFFERED)
_EVERYBODY: Final = 0  # no delegate has this id
_Rows = Select[Any]
_Key = tuple[str, int]


@dataclass(frozen=True)
class Engaged:
    """All that is known of some people's time.

    ``common`` stands against the meetings of everybody. ``allowed`` are the pairs that an organiser let
    stand, with the reason.
    """

    of: Mapping[int, tuple[Engagement, ...]]
    common: tuple[Engagement, ...]
    ways: Ways
    venue: int | None
    allowed: Mapping[int, Mapping[tuple[_Key, _Key], str]]

    def of_person(self, delegate_id: int) -> tuple[Engagement, ...]:
        """Their duties, then what else stands against meetings."""
        return (*self.of.get(delegate_id, ()), *self.common)

    def conflicts(self, delegate_id: int, wanted: Engagement) -> Iterable[Clash]:
        """Whatever stands against ``wanted`` that nobody has let stand, in order of time."""
        found = self.all_conflicts(delegate_id, wanted)
        return (each for each in found if self.reason(delegate_id, each) is None)

    def all_conflicts(self, delegate_id: int, wanted: Engagement) -> Iterable[Clash]:
        """The same with what was let stand."""
        return against(wanted, self.of_person(delegate_id), self.ways)

    def conflict(self, delegate_id: int, wanted: Engagement) -> Engagement | None:
        """The first thing that stands against ``wanted``; None if nothing does."""
        return next((each.other(wanted) for each in self.conflicts(delegate_id, wanted)), None)

    def clashes(self, delegate_id: int) -> tuple[Clash, ...]:
        """Every clash among what they have already, those that were let stand too."""
        return clashes(self.of_person(delegate_id), self.ways)

    def reason(self, delegate_id: int, clash: Clash) -> str | None:
        """Why somebody let the clash stand; None if nobody has."""
        allowed = self.allowed.get(delegate_id)
        if not allowed:
            return None
        pairs = (clash.key, *_with_any_meeting(clash))
        return next((allowed[pair] for pair in pairs if pair in allowed), None)

    def visit(self, visit: Any) -> Engagement:
        """What having a seat in ``visit`` (a row or a view) would mean: the way there and back counts."""
        away = Interval(visit.departs_at, visit.returns_at)
        return Engagement(EngagementKind.VISIT, visit.id, away, self.venue)


def _with_any_meeting(clash: Clash) -> Iterable[tuple[_Key, _Key]]:
    for meeting, other in ((clash.first, clash.second), (clash.second, clash.first)):
        if meeting.kind is EngagementKind.MEETING:
            one, two = sorted((ANY_MEETING, other.key))
            yield one, two


def of_delegates(event_id: int, delegate_ids: Collection[int]) -> Engaged:
    """Everything that ``delegate_ids`` are engaged in, each in order of time. Five statements at most."""
    return _read(event_id, lambda column: column.in_(delegate_ids), plan_id=None)


def of_event(event_id: int, *, plan_id: int | None = None, with_meetings: bool = True) -> Engaged:
    """The same of everybody; with the meetings of ``plan_id`` instead of those of the plan in force."""

    def among(column: Any) -> ColumnElement[bool]:
        """Asked of each row: SQLite would try everybody at each meeting if it were given a list of them."""
        person = aliased(Delegate)
        return exists().where(person.id == column, person.event_id == event_id)

    return _read(event_id, among, plan_id=plan_id, with_meetings=with_meetings)


def _read(event_id: int, among: Any, *, plan_id: int | None, with_meetings: bool = True) -> Engaged:
    ways, venue = _ways(event_id)
    found: dict[int, list[Engagement]] = defaultdict(list)
    rows = [_sessions(), _visits(), _absences(), _arrivals(), _departures(), _no_shows()]
    if with_meetings:
        rows.append(_meetings(event_id, plan_id))
    chosen = [each.where(among(each.selected_columns.delegate_id)) for each in rows]
    for row in db.session.execute(union_all(*chosen, _programme(event_id))):
        interval = Interval(row.starts_at, row.ends_at)
        engagement = Engagement(EngagementKind(row.kind), row.row_id, interval, row.place_id or venue)
        found[row.delegate_id].append(engagement)
    for overrun in overruns.of_event(event_id):
        interval = Interval(overrun.starts_at, overrun.ends_at)
        for delegate_id in overrun.people:
            found[delegate_id].append(Engagement(EngagementKind.OVERRUN, overrun.meeting_id, interval))
    ordered = {key: tuple(sorted(each, key=lambda one: one.interval)) for key, each in found.items()}
    common = ordered.pop(_EVERYBODY, ())
    return Engaged(ordered, common, ways, venue, _overrides(event_id, among))


def _row(kind: EngagementKind, delegate: Any, row: Any, starts: Any, ends: Any, place: Any = None) -> _Rows:
    return select(
        literal(kind.value).label("kind"),
        delegate.label("delegate_id"),
        row.label("row_id"),
        starts.label("starts_at"),
        ends.label("ends_at"),
        (literal(None, Integer()) if place is None else place).label("place_id"),
    )


def _meetings(event_id: int, plan_id: int | None) -> _Rows:
    in_force = Plan.status == PlanStatus.PUBLISHED if plan_id is None else Plan.id == plan_id
    return (
        _row(
            EngagementKind.MEETING,
            MeetingParticipant.delegate_id,
            Meeting.request_id,
            Slot.starts_at,
            end_of_meeting(),
            Room.place_id,
        )
        .select_from(MeetingParticipant)
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Request, Request.id == Meeting.request_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .outerjoin(Room, Room.id == Table.room_id)
        .where(Plan.event_id == event_id, in_force, Meeting.status != MeetingStatus.CANCELLED)
    )


def _sessions() -> _Rows:
    return (
        _row(
            EngagementKind.SESSION,
            Attendance.delegate_id,
            Session.id,
            Session.starts_at,
            Session.ends_at,
            Room.place_id,
        )
        .select_from(Attendance)
        .join(Session, Session.id == Attendance.session_id)
        .outerjoin(Room, Room.id == Session.room_id)
    )


def _visits() -> _Rows:
    return (
        _row(EngagementKind.VISIT, Seat.delegate_id, Visit.id, Visit.departs_at, Visit.returns_at)
        .select_from(Seat)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Seat.status.in_(HOLDS_A_SEAT))
    )


def _absences() -> _Rows:
    return _row(EngagementKind.ABSENCE, Absence.delegate_id, Absence.id, Absence.starts_at, Absence.ends_at)


def _arrivals() -> _Rows:
    return _row(EngagementKind.AWAY, Delegate.id, Delegate.id, _at(LONG_AGO), Delegate.arrives_at).where(
        Delegate.arrives_at.is_not(None)
    )


def _departures() -> _Rows:
    return _row(EngagementKind.AWAY, Delegate.id, -Delegate.id, Delegate.leaves_at, _at(FOR_EVER)).where(
        Delegate.leaves_at.is_not(None)
    )


def _no_shows() -> _Rows:
    return _row(EngagementKind.NO_SHOW, Delegate.id, Delegate.id, Delegate.no_show_at, _at(FOR_EVER)).where(
        Delegate.no_show_at.is_not(None)
    )


def _programme(event_id: int) -> _Rows:
    return _row(
        EngagementKind.PROGRAMME,
        literal(_EVERYBODY, Integer()),
        Session.id,
        Session.starts_at,
        Session.ends_at,
    ).where(Session.event_id == event_id, Session.blocks_meetings, Session.is_for_everyone)


def _at(instant: Any) -> ColumnElement[Any]:
    return literal(instant, Instant())


def _ways(event_id: int) -> tuple[Ways, int | None]:
    rows = db.session.execute(
        select(Place.id, Place.code, TravelTime.destination_id, TravelTime.minutes)
        .outerjoin(TravelTime, TravelTime.origin_id == Place.id)
        .where(Place.event_id == event_id)
    ).all()
    minutes = {(row.id, row.destination_id): row.minutes for row in rows if row.destination_id is not None}
    return Ways(minutes), next((row.id for row in rows if row.code == VENUE), None)


def _overrides(event_id: int, among: Any) -> Mapping[int, Mapping[tuple[_Key, _Key], str]]:
    found: dict[int, dict[tuple[_Key, _Key], str]] = defaultdict(dict)
    rows = select(
        Override.delegate_id,
        Override.kind,
        Override.row_id,
        Override.other_kind,
        Override.other_row_id,
        Override.reason,
    )
    for row in db.session.execute(
        rows.where(Override.event_id == event_id, among(Override.delegate_id)).order_by(Override.id)
    ):
        one, other = (row.kind, row.row_id), (row.other_kind, row.other_row_id)
        found[row.delegate_id][one, other] = row.reason
    return found
