"""What a plan would change: against the one in force, meeting by meeting and person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forum.queries import appointments, plans
from forum.queries.appointments import Appointment


class ChangeKind(StrEnum):
    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Change:
    """``before`` is in force, ``after`` would be; one of them is None when the meeting is new or gone."""

    kind: ChangeKind
    before: Appointment | None
    after: Appointment | None

    @property
    def meeting(self) -> Appointment:
        """Where the meeting will be, or was."""
        meeting = self.after or self.before
        if meeting is None:
            raise ValueError("a change has a before or an after")
        return meeting


@dataclass(frozen=True)
class Comparison:
    """What is new, moved and gone when a plan replaces another, and how many people it concerns."""

    new: tuple[Change, ...]
    moved: tuple[Change, ...]
    cancelled: tuple[Change, ...]
    people: int

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.moved or self.cancelled)


def compare(*, event_id: int, plan_id: int) -> Comparison:
    """The plan against the one in force."""
    before, after = _both(event_id, plan_id)
    changes = _changes(before, after)
    return Comparison(
        new=tuple(change for change in changes if change.kind is ChangeKind.NEW),
        moved=tuple(change for change in changes if change.kind is ChangeKind.MOVED),
        cancelled=tuple(change for change in changes if change.kind is ChangeKind.CANCELLED),
        people=len(_by_person(before, after)),
    )


def changes_for_people(*, event_id: int, plan_id: int) -> Mapping[int, tuple[Change, ...]]:
    """For everybody whom the plan changes something for (by delegate id): what, in the order of time."""
    return _by_person(*_both(event_id, plan_id))


def changes_between(
    before: tuple[Appointment, ...], after: tuple[Appointment, ...]
) -> Mapping[int, tuple[Change, ...]]:
    """The same for any two lists of meetings."""
    return _by_person(before, after)


def _both(event_id: int, plan_id: int) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
    published = plans.in_force(event_id)
    before = appointments.of_plan(published.id) if published and published.id != plan_id else ()
    return before, appointments.of_plan(plan_id)


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
