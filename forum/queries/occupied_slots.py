"""In which slots people and interpreters of an event cannot meet, and whether they wait meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select

from forum.domain.conflicts import ANY_MEETING, DUTIES, Engagement, EngagementKind, clash
from forum.domain.intervals import Interval
from forum.models import Room, Slot, Table
from forum.models.base import db
from forum.queries import engagements, overruns
from forum.queries.engagements import Engaged

_ELSEWHERE: Final = DUTIES | {EngagementKind.PROGRAMME}


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


def of_people(event_id: int, slots: Sequence[Slot], people: Iterable[int]) -> Occupied:
    """What keeps ``people`` from meeting, as ``domain.conflicts`` has it of a meeting in each slot.

    Visits with their ways, sessions with a part in them and those for everybody are ``elsewhere``; what they
    want for themselves, the time before arrival and after departure, and on the day the time in which a
    meeting overran and everything after a no-show are ``away``. Meetings of a plan keep nobody from another.
    What an organiser has let stand is no obstacle.
    """
    occupied = Occupied()
    engaged = engagements.of_event(event_id, with_meetings=False)
    kept = _Kept(slots, _places_of_tables(event_id), engaged)
    everyone = {slot for each in engaged.common for slot in kept.by(each)}
    for delegate_id in people:
        occupied.elsewhere[delegate_id] |= everyone
        allowed = _allowed(engaged, delegate_id)
        for each in engaged.of.get(delegate_id, ()):
            if each.key not in allowed:
                where = occupied.elsewhere if each.kind in _ELSEWHERE else occupied.away
                where[delegate_id] |= kept.by(each)
    for overrun in overruns.of_event(event_id):
        if overrun.interpreter_id is not None:
            later = overlapping(slots, overrun.starts_at, overrun.ends_at)
            occupied.interpreting[overrun.interpreter_id] |= later
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


class _Kept:
    """In which slots something lets nobody meet, wherever the tables are; asked once for a visit of many."""

    def __init__(self, slots: Iterable[Slot], places: Iterable[int], engaged: Engaged) -> None:
        self.ways = engaged.ways
        self.meetings = [
            Engagement(EngagementKind.MEETING, slot.id, Interval(slot.starts_at, slot.ends_at), place)
            for slot in slots
            for place in places or (engaged.venue,)
        ]
        self.known: dict[Engagement, frozenset[int]] = {}

    def by(self, taken: Engagement) -> frozenset[int]:
        found = self.known.get(taken)
        if found is None:
            found = frozenset(each.row_id for each in self.meetings if clash(each, taken, self.ways))
            self.known[taken] = found
        return found


def _places_of_tables(event_id: int) -> frozenset[int]:
    rows = select(Room.place_id).join(Table, Table.room_id == Room.id)
    places = db.session.scalars(rows.where(Table.event_id == event_id, Room.place_id.is_not(None)).distinct())
    return frozenset(place for place in places if place is not None)


def _allowed(engaged: Engaged, delegate_id: int) -> frozenset[tuple[str, int]]:
    """What an organiser has said that meetings may overlap, any of them."""
    return frozenset(
        one if other == ANY_MEETING else other
        for one, other in engaged.allowed.get(delegate_id, {})
        if ANY_MEETING in (one, other)
    )
