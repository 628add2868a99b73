"""What of an event's tables concerns meetings, apart from any plan: people, places, interpreters, wishes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Row, select

from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.states import Category, RegistrationStatus
from forum.models import Delegate, Interpreter, InterpreterAvailability
from forum.models.base import db
from forum.queries import accepted_requests, meeting_orders, meeting_places, occupied_slots
from forum.queries.accepted_requests import AcceptedRows
from forum.queries.occupied_slots import Occupied
from forum.queries.representatives import Candidate
from forum.queries.rereading import Reread
from forum.scheduling.problem import Interpreter as Helper
from forum.scheduling.problem import Person, Separation
from forum.scheduling.problem import Slot as Time
from forum.scheduling.problem import Table as Seat


@dataclass(frozen=True)
class Facts:
    """``persons`` are all delegates; who does not take part is away all the time. ``orders`` are pairs of
    requests, the one whose meeting comes first before the other.
    """

    slots: tuple[Time, ...]
    tables: tuple[Seat, ...]
    interpreters: tuple[Helper, ...]
    separations: tuple[Separation, ...]
    persons: Mapping[int, Person]
    taking_part: frozenset[int]
    candidates: tuple[Candidate, ...]
    accepted: AcceptedRows
    orders: tuple[tuple[int, int], ...]

    @cached_property
    def mark(self) -> str:
        """Another one as soon as any of it is another; the same in every process."""
        return hashlib.blake2b(repr(_plain(self)).encode(), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    """Without whatever has no order of its own."""
    if is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return sorted((repr(key), _plain(each)) for key, each in value.items())
    if isinstance(value, frozenset):
        return sorted(map(repr, value))
    return [_plain(each) for each in value] if isinstance(value, list | tuple | Row) else value


def of_event(event_id: int) -> Facts:
    """As things stand now."""
    return _FACTS.of(event_id)


def _read(event_id: int) -> Facts:
    slots = meeting_places.slots(event_id)
    people = _people(event_id)
    occupied = occupied_slots.of_people(event_id, slots, people)
    taking_part = frozenset(key for key, row in people.items() if row.status is RegistrationStatus.APPROVED)
    everything = frozenset(slot.id for slot in slots)
    persons = {
        key: _person(row, occupied, None if key in taking_part else everything) for key, row in people.items()
    }
    return Facts(
        slots=meeting_places.times(event_id, slots),
        tables=meeting_places.tables(event_id, slots),
        interpreters=_interpreters(event_id, slots, occupied),
        separations=meeting_places.separations(event_id),
        persons=persons,
        taking_part=taking_part,
        candidates=tuple(
            Candidate(key, row.company_id, row.number, len(slots) - len(occupied.all_of(key)))
            for key, row in people.items()
            if row.company_id is not None and key in taking_part and row.category in SPEAK_FOR_COMPANIES
        ),
        accepted=accepted_requests.read(event_id),
        orders=meeting_orders.read(event_id),
    )


_FACTS: Final[Reread[int, Facts]] = Reread(_read)


def _people(event_id: int) -> dict[int, Any]:
    """Columns and not objects: there may be thousands, and every page of a plan reads them."""
    columns = select(
        Delegate.id,
        Delegate.number,
        Delegate.company_id,
        Delegate.status,
        Delegate.category,
        Delegate.spoken,
        Delegate.most_meetings,
        Delegate.least_meetings,
        Delegate.rest_after,
        Delegate.meeting_language,
        Delegate.wants_interpreter,
    )
    rows = db.session.execute(columns.where(Delegate.event_id == event_id).order_by(Delegate.id))
    return {row.id: row for row in rows}


def _person(row: Any, occupied: Occupied, away: frozenset[int] | None) -> Person:
    return Person(
        id=row.id,
        unavailable=frozenset(occupied.away[row.id]) if away is None else away,
        busy_elsewhere=frozenset(occupied.elsewhere[row.id]),
        languages=frozenset(row.spoken),
        max_meetings=row.most_meetings,
        min_meetings=row.least_meetings,
        party=row.company_id,
        rest_after=row.rest_after,
        meets_in=_language_wished(row),
        is_official=row.category is Category.OFFICIAL,
    )


def _language_wished(row: Any) -> str | None:
    """The language to be interpreted into and from, for one who wishes an interpreter: else the first."""
    if not row.wants_interpreter:
        return None
    return row.meeting_language or next(iter(row.spoken), None)


def _interpreters(event_id: int, slots: Any, occupied: Occupied) -> tuple[Helper, ...]:
    """Not there outside their hours, when they do something as delegates, or when a meeting goes on."""
    hours: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    stretches = (
        select(
            InterpreterAvailability.interpreter_id,
            InterpreterAvailability.starts_at,
            InterpreterAvailability.ends_at,
        )
        .join(Interpreter, Interpreter.id == InterpreterAvailability.interpreter_id)
        .where(Interpreter.event_id == event_id)
        .order_by(InterpreterAvailability.id)
    )
    for interpreter_id, starts_at, ends_at in db.session.execute(stretches):
        hours[interpreter_id].append((starts_at, ends_at))
    rows = db.session.execute(
        select(Interpreter.id, Interpreter.spoken, Interpreter.max_in_a_row, Interpreter.delegate_id)
        .where(Interpreter.event_id == event_id)
        .order_by(Interpreter.id)
    )
    return tuple(
        Helper(
            row.id,
            frozenset(row.spoken),
            occupied_slots.outside_hours(slots, hours[row.id])
            | (occupied.all_of(row.delegate_id) if row.delegate_id else set())
            | occupied.interpreting.get(row.id, set()),
            row.max_in_a_row,
        )
        for row in rows
    )
