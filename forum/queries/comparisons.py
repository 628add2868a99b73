"""What a plan would change: against the one in force, meeting by meeting and person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from forum.domain.states import MeetingStatus
from forum.models import Meeting, MeetingParticipant
from forum.models.base import db
from forum.queries import appointments, plans
from forum.queries.appointments import Appointment, Seated
from forum.queries.plan_readers import interpreters, of_one_letter, readers_of
from forum.queries.rereading import Reread

# Up to so many requests are named in a statement; beyond, whole plans are read.
_FEW: Final = 1_000


class ChangeKind(StrEnum):
    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    INTERPRETED = "interpreted"


@dataclass(frozen=True)
class Change:
    """``before`` is in force, ``after`` would be; one of them is None when the meeting is new or gone."""

    kind: ChangeKind
    before: Appointment | None
    after: Appointment | None

    @property
    def is_in_place(self) -> bool:
        """Only other people come: time and table stay."""
        before, after = self.before, self.after
        return (
            before is not None
            and after is not None
            and (before.slot_id, before.table_id) == (after.slot_id, after.table_id)
        )

    @property
    def is_reseated(self) -> bool:
        """The same people at the same time, at another table."""
        before, after = self.before, self.after
        return (
            before is not None
            and after is not None
            and (before.slot_id, before.people_ids) == (after.slot_id, after.people_ids)
            and before.table_id != after.table_id
        )

    @property
    def meeting(self) -> Appointment:
        """Where the meeting will be, or was."""
        meeting = self.after or self.before
        if meeting is None:
            raise ValueError("a change has a before or an after")
        return meeting


@dataclass(frozen=True)
class Changed:
    """Everything that changes for a person or at a table (``table`` is its number), in the order of time."""

    person: Seated | None
    table: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """What is new, moved and gone when a plan replaces another; the same by person and by table.

    ``reseated`` are at another table and otherwise as before, ``interpreted`` have another interpreter, or
    one more or less, and are otherwise as before. Each is in one of the five.
    ``people`` counts those whom it concerns, with the ``interpreters`` who do not meet anybody themselves,
    ``told`` those of them who have an address or an aide.
    """

    new: tuple[Change, ...]
    moved: tuple[Change, ...]
    reseated: tuple[Change, ...]
    interpreted: tuple[Change, ...]
    cancelled: tuple[Change, ...]
    by_person: tuple[Changed, ...]
    by_table: tuple[Changed, ...]
    told: int
    interpreters: int

    @property
    def people(self) -> int:
        return len(self.by_person) + self.interpreters

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.moved or self.reseated or self.interpreted or self.cancelled)


def compare(*, event_id: int, plan_id: int, before_id: int | None = None) -> Comparison:
    """The plan against the one in force, or against any other. It is shared and must not be changed."""
    return _COMPARED.of((event_id, plan_id, before_id))


def _compared(key: tuple[int, int, int | None]) -> Comparison:
    event_id, plan_id, before_id = key
    before, after = _both(event_id, plan_id, before_id)
    changes = _changes(before, after)
    people = _people(before, after)
    own = readers_of([each.person.delegate_id for each in people if each.person])
    interpreted = _interpreted(before, after)
    helpers = interpreters(interpreted.keys())
    moved = [change for change in changes if change.kind is ChangeKind.MOVED]
    as_one = of_one_letter(own, helpers)
    return Comparison(
        new=tuple(change for change in changes if change.kind is ChangeKind.NEW),
        moved=tuple(change for change in moved if not change.is_reseated),
        reseated=tuple(change for change in moved if change.is_reseated),
        interpreted=_only_interpreted(before, after),
        cancelled=tuple(change for change in changes if change.kind is ChangeKind.CANCELLED),
        by_person=people,
        by_table=_tables(before, after),
        told=len(own) + len(helpers) - len(as_one),
        interpreters=len(interpreted) - len(as_one),
    )


# One alone: of two schedules of thousands it holds every meeting of both.
_COMPARED: Final[Reread[tuple[int, int, int | None], Comparison]] = Reread(_compared, most=1)


def changes_for_people(*, event_id: int, plan_id: int) -> Mapping[int, tuple[Change, ...]]:
    """For everybody whom the plan changes something for (by delegate id): what, in the order of time."""
    return _by_person(*_both(event_id, plan_id))


def changes_for_interpreters(*, event_id: int, plan_id: int) -> Mapping[int, tuple[Change, ...]]:
    """The same for every interpreter (by id): a meeting that another one interprets now is gone for them."""
    published = plans.in_force(event_id)
    narrow = Meeting.interpreter_id.is_not(None)
    before = appointments.of_plan(published.id, narrow) if published and published.id != plan_id else ()
    return _interpreted(before, appointments.of_plan(plan_id, narrow))


def changes_between(
    before: tuple[Appointment, ...], after: tuple[Appointment, ...]
) -> Mapping[int, tuple[Change, ...]]:
    """The same for any two lists of meetings."""
    return _by_person(before, after)


def _both(
    event_id: int, plan_id: int, before_id: int | None = None
) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
    """Both plans' meetings; where few differ, those only."""
    published = plans.in_force(event_id)
    before_id = before_id or (published.id if published else None)
    if before_id in (None, plan_id):
        return (), appointments.of_plan(plan_id)
    differ = _arrangements(before_id) ^ _arrangements(plan_id)
    requests = {arrangement[0] for arrangement in differ}
    narrow = (Meeting.request_id.in_(requests),) if len(requests) <= _FEW else ()
    return appointments.of_plan(before_id, *narrow), appointments.of_plan(plan_id, *narrow)


def _arrangements(plan_id: int | None) -> set[tuple[int, int, int, int | None, frozenset[int]]]:
    """Request, slot, table, interpreter and people of every meeting that takes place."""
    people: dict[int, set[int]] = defaultdict(set)
    seats = select(MeetingParticipant.meeting_id, MeetingParticipant.delegate_id)
    for meeting_id, delegate_id in db.session.execute(
        seats.join(Meeting, Meeting.id == MeetingParticipant.meeting_id).where(Meeting.plan_id == plan_id)
    ):
        people[meeting_id].add(delegate_id)
    held = select(Meeting.id, Meeting.request_id, Meeting.slot_id, Meeting.table_id, Meeting.interpreter_id)
    return {
        (row.request_id, row.slot_id, row.table_id, row.interpreter_id, frozenset(people[row.id]))
        for row in db.session.execute(
            held.where(Meeting.plan_id == plan_id, Meeting.status != MeetingStatus.CANCELLED)
        )
    }


def _people(before: tuple[Appointment, ...], after: tuple[Appointment, ...]) -> tuple[Changed, ...]:
    """In the order of names."""
    known = {person.delegate_id: person for meeting in (*before, *after) for person in meeting.people}
    found = [Changed(known[key], None, changes) for key, changes in _by_person(before, after).items()]
    return tuple(sorted(found, key=lambda each: each.person.name if each.person else ""))


def _tables(before: tuple[Appointment, ...], after: tuple[Appointment, ...]) -> tuple[Changed, ...]:
    """In the order of numbers: what leaves a table is gone there, what comes to it is new."""
    was, will = _meetings_by_table(before), _meetings_by_table(after)
    found = []
    for number in sorted(was.keys() | will.keys()):
        changes = tuple(_changes(tuple(was[number]), tuple(will[number])))
        if changes:
            found.append(Changed(None, number, changes))
    return tuple(found)


def _meetings_by_table(meetings: tuple[Appointment, ...]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    for meeting in meetings:
        found[meeting.table_number].append(meeting)
    return found


def _changes(before: tuple[Appointment, ...], after: tuple[Appointment, ...]) -> list[Change]:
    was = {each.request_id: each for each in before}
    will = {each.request_id: each for each in after}
    found = [
        Change(kind, was.get(key), will.get(key))
        for key in dict.fromkeys([*will, *was])
        if (kind := _kind(was.get(key), will.get(key)))
    ]
    return sorted(found, key=lambda change: (change.meeting.starts_at, change.meeting.table_number))


def _kind(before: Appointment | None, after: Appointment | None) -> ChangeKind | None:
    if before is None:
        return ChangeKind.NEW
    if after is None:
        return ChangeKind.CANCELLED
    if (before.slot_id, before.table_id) != (after.slot_id, after.table_id):
        return ChangeKind.MOVED
    return None if before.people_ids == after.people_ids else ChangeKind.MOVED


def _by_person(
    before: tuple[Appointment, ...], after: tuple[Appointment, ...]
) -> Mapping[int, tuple[Change, ...]]:
    """Somebody who gives a meeting to a colleague loses it; the colleague gets a new one."""
    found: dict[int, tuple[Change, ...]] = {}
    was, will = _meetings_by_person(before), _meetings_by_person(after)
    for person in sorted(was.keys() | will.keys()):
        changes = tuple(_changes(tuple(was[person]), tuple(will[person])))
        if changes:
            found[person] = changes
    return found


def _meetings_by_person(meetings: tuple[Appointment, ...]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    for meeting in meetings:
        for person in meeting.people:
            found[person.delegate_id].append(meeting)
    return found


def _interpreted(
    before: tuple[Appointment, ...], after: tuple[Appointment, ...]
) -> Mapping[int, tuple[Change, ...]]:
    was, will = _by_interpreter(before), _by_interpreter(after)
    changes = {key: tuple(_changes(tuple(was[key]), tuple(will[key]))) for key in sorted({*was, *will})}
    return {key: found for key, found in changes.items() if found}


def _only_interpreted(before: tuple[Appointment, ...], after: tuple[Appointment, ...]) -> tuple[Change, ...]:
    """Who else interprets is no change for those who meet: they are not told."""
    was = {each.request_id: each for each in before}
    both = ((was[each.request_id], each) for each in after if each.request_id in was)
    return tuple(
        Change(ChangeKind.INTERPRETED, one, other)
        for one, other in both
        if one.interpreter_id != other.interpreter_id and _kind(one, other) is None
    )


def _by_interpreter(meetings: tuple[Appointment, ...]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    for meeting in meetings:
        if meeting.interpreter_id is not None:
            found[meeting.interpreter_id].append(meeting)
    return found
