"""Seats for those of whom a workbook says that they want to come along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from forum import clock
from forum.domain.states import SeatStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.queries import engagements
from forum.services import bulk, import_snapshots, seats
from forum.services.import_targets import Decision, Kind, Note, PlanIssue, note


def sign_up(
    event_id: int,
    decisions: Sequence[Decision],
    undo: Mapping[int, list[dict[str, Any]]],
    issues: Mapping[int, list[Note]],
) -> None:
    """Within a command: seats in the order of the rows while there are any, then the waiting list.

    The same as if everybody asked one after the other, in a handful of statements. Whoever is engaged
    elsewhere at that time gets no seat but a warning.
    """
    asking: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.visit_id is not None:
            asking[decision.visit_id].append(decision)
    for visit_id in sorted(asking):
        visit = seats.locked(event_id=event_id, visit_id=visit_id)
        people = {decision.delegate_id: decision.number for decision in asking[visit_id]}
        engaged = engagements.of_delegates(event_id, list(people))
        wanted = engaged.visit(visit)
        free = [key for key in people if engaged.conflict(key, wanted) is None]
        for key in people.keys() - set(free):
            issues[people[key]].append(note(PlanIssue.VISIT_CONFLICT))
        _place(visit, free, people, undo)


def _place(
    visit: Visit, delegate_ids: Sequence[int], numbers: Mapping[int, int], undo: Mapping[int, list[Any]]
) -> None:
    """The visit is locked: nobody else counts its seats meanwhile, and its check forbids overselling."""
    now, seated = clock.now(), min(visit.capacity - visit.taken, len(delegate_ids))
    rows = [
        {
            "visit_id": visit.id,
            "delegate_id": delegate_id,
            "status": SeatStatus.SEATED if place < seated else SeatStatus.WAITING,
            "position": visit.last_position + place + 1,
            "choice": 1,
            "asked_at": now,
            "seated_at": now if place < seated else None,
        }
        for place, delegate_id in enumerate(delegate_ids)
    ]
    ids = bulk.add(Seat, rows)
    db.session.execute(
        update(Visit)
        .where(Visit.id == visit.id)
        .values(taken=Visit.taken + seated, last_position=Visit.last_position + len(rows))
    )
    snapshots = import_snapshots.of_rows(Kind.SEAT, ids)
    for delegate_id, seat_id in zip(delegate_ids, ids, strict=True):
        made = import_snapshots.digest(snapshots[seat_id])
        undo[numbers[delegate_id]].append({"kind": Kind.SEAT.value, "id": seat_id, "made": made})
