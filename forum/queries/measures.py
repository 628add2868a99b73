"""What the office would do to take a remedy: which rows it changes, and who has to agree first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum.models import Absence, Delegate, Interpreter, Request, Slot, Table
from forum.models.base import db
from forum.queries import scheduling_facts
from forum.queries.people import full_name
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.remedies import Change, ChangeKind, Remedy


@dataclass(frozen=True)
class Measure:
    """One step: ``subject_id`` is of the person, the interpreter, the request or the meeting's request.

    ``number`` is the new table's; ``asks`` names who has said otherwise and has to agree.
    """

    kind: ChangeKind
    subject_id: int | None = None
    number: int | None = None
    name: str | None = None
    asks: str | None = None


class Measures:
    """Of a few remedies of one plan; everything that they need is read at once."""

    def __init__(self, event_id: int, now: Occupancy, remedies: Iterable[Remedy]) -> None:
        self.now = now
        self.facts = scheduling_facts.of_event(event_id)
        changes = [change for remedy in remedies for change in remedy.changes]
        people = {change.person for change in changes} - {None}
        self._people = _people(people)
        self._absences = _absences(people)
        self._interpreters = _interpreters(event_id)
        self._times = _times(event_id)
        self._table = 1 + (
            db.session.scalar(select(func.max(Table.number)).filter_by(event_id=event_id)) or 0
        )
        self._asking = _asking({change.request for change in changes if change.kind is ChangeKind.ALLOW_SLOT})

    def of(self, remedy: Remedy) -> tuple[Measure, ...] | None:
        """Step by step; None when one of them is not the office's to take."""
        request = self.now.problem.request_by_id[remedy.request]
        held = self.now.held(request, remedy.slot)
        found = [self._measure(change, remedy, held) for change in remedy.changes]
        return None if None in found else tuple(one for one in found if one is not None)

    def _measure(self, change: Change, remedy: Remedy, held: Collection[Hashable]) -> Measure | None:
        subject: Any = change.person if change.person is not None else change.request
        match change.kind:
            case ChangeKind.ADD_TABLE:
                return Measure(change.kind, number=self._table)
            case ChangeKind.ADD_INTERPRETER:
                return self._helper(remedy, held)
            case ChangeKind.CANCEL:
                return Measure(change.kind, subject)
            case ChangeKind.ALLOW_SLOT:
                return Measure(change.kind, subject, asks=self._asking.get(subject))
            case ChangeKind.RAISE_LIMIT | ChangeKind.SKIP_REST:
                return Measure(change.kind, subject, asks=self._name(subject))
            case ChangeKind.FREE_PERSON:
                is_free = self._would_be_free(subject, held)
                return Measure(change.kind, subject, asks=self._name(subject)) if is_free else None
        return None

    def _helper(self, remedy: Remedy, held: Collection[Hashable]) -> Measure | None:
        """Somebody who speaks their languages, has nothing else to do then, and only has other hours."""
        request = self.now.problem.request_by_id[remedy.request]
        for one in self.now.problem.interpreters:
            row = self._interpreters[one.id]
            own = self.facts.persons.get(row.delegate_id)
            if (
                self.now.problem.can_interpret(one, request)
                and not one.unavailable.isdisjoint(held)
                and not any((one.id, slot) in self.now.served for slot in held)
                and (own is None or own.blocked.isdisjoint(held))
            ):
                return Measure(ChangeKind.ADD_INTERPRETER, row.id, name=row.name, asks=row.name)
        return None

    def _would_be_free(self, person: int, held: Collection[Hashable]) -> bool:
        """Is it only that they have said so themselves? Flights, visits and sessions are not the office's."""
        row, known = self._people.get(person), self.facts.persons.get(person)
        if row is None or known is None or person not in self.facts.taking_part or row.no_show_at is not None:
            return False
        return known.busy_elsewhere.isdisjoint(held) and all(
            self._is_absence(row, *self._times[slot]) for slot in held if slot in known.unavailable
        )

    def _is_absence(self, row: Any, starts_at: datetime, ends_at: datetime) -> bool:
        travels = (row.arrives_at and starts_at < row.arrives_at) or (
            row.leaves_at and ends_at > row.leaves_at
        )
        absences = self._absences.get(row.id, ())
        return not travels and any(start < ends_at and starts_at < end for start, end in absences)

    def _name(self, person: int) -> str:
        row = self._people[person]
        return full_name(row.family_name, row.given_name)


def mark_of(remedy: Remedy, measures: tuple[Measure, ...]) -> str:
    """Short, and another one whenever something else would be done."""
    return hashlib.sha256(repr((remedy, measures)).encode()).hexdigest()[:12]


def _people(ids: Collection[Any]) -> Mapping[int, Any]:
    columns = select(
        Delegate.id,
        Delegate.family_name,
        Delegate.given_name,
        Delegate.arrives_at,
        Delegate.leaves_at,
        Delegate.no_show_at,
    )
    return {row.id: row for row in db.session.execute(columns.where(Delegate.id.in_(ids)))}


def _absences(ids: Collection[Any]) -> Mapping[int, list[tuple[datetime, datetime]]]:
    rows = select(Absence.delegate_id, Absence.starts_at, Absence.ends_at).where(Absence.delegate_id.in_(ids))
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for person, starts_at, ends_at in db.session.execute(rows):
        found.setdefault(person, []).append((starts_at, ends_at))
    return found


def _interpreters(event_id: int) -> Mapping[Any, Any]:
    rows = select(Interpreter.id, Interpreter.name, Interpreter.delegate_id).filter_by(event_id=event_id)
    return {row.id: row for row in db.session.execute(rows)}


def _times(event_id: int) -> Mapping[Any, tuple[datetime, datetime]]:
    rows = select(Slot.id, Slot.starts_at, Slot.ends_at).where(Slot.event_id == event_id)
    return {row.id: (row.starts_at, row.ends_at) for row in db.session.execute(rows)}


def _asking(ids: Collection[Any]) -> Mapping[int, str]:
    """By request the person who wished for a part of the day."""
    rows = (
        select(Request.id, Delegate.family_name, Delegate.given_name)
        .join(Delegate, Delegate.id == Request.asked_by_id)
        .where(Request.id.in_(ids))
    )
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}
