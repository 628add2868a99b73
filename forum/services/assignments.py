"""Seats by wishes: a proposal applied, undone, and told to those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import AssignmentStatus, SeatStatus, SignUpMode
from forum.errors import ForumError, StaleError
from forum.models import Assignment, Seat, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import assignment_problem
from forum.queries.engagements import HOLDS_A_SEAT
from forum.scheduling.assignment.problem import Party
from forum.services import assignment_mails, bulk, journal, seats
from forum.unit_of_work import transactional

_PASSED: Final = {
    (AssignmentStatus.APPLIED, AssignmentStatus.READY): "assignment_applied",
    (AssignmentStatus.TOLD, AssignmentStatus.READY): "assignment_told",
    (AssignmentStatus.TOLD, AssignmentStatus.APPLIED): "assignment_told",
    (AssignmentStatus.READY, AssignmentStatus.APPLIED): "assignment_not_applied",
}
"""What to say where an assignment is (first) and was wanted (second) in another state."""
_KEPT: Final = ("visit_id", "delegate_id", "status", "position", "choice", "is_tentative")


@transactional
def apply(*, actor: Actor, event_id: int, assignment_id: int) -> int:
    """Give the seats as proposed. Nobody is told yet, and all of it can be undone until then.

    Who goes nowhere waits for every visit that they could go on, by their choice and the order of asking.

    Returns:
        How many people have a seat by it.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``assignment_stale``, something that it depends on has changed since.
        ForumError: ``no_such_assignment``; ``assignment_applied`` or ``assignment_told`` where that was
            done already.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visits = {visit.id: visit for visit in seats.lock_all(event_id)}
    row = _row(event_id, assignment_id, AssignmentStatus.READY)
    gathered = assignment_problem.gather(event_id=event_id, keeps_together=row.keeps_together)
    if gathered.digest != row.digest:
        raise StaleError("assignment_stale")
    _forget_applied(event_id)
    trips = {trip.id for trip in gathered.problem.trips}
    people = [int(key) for key in row.result]
    row.before = _clear(trips, people)
    wanted = list(_seats(row.result, gathered.problem.parties))
    seated = _place(visits, wanted)
    _count(trips)
    row.status, row.applied_at = AssignmentStatus.APPLIED, clock.now()
    _note(actor, row, "assignment_applied", seated=seated)
    return seated


@transactional
def undo(*, actor: Actor, event_id: int, assignment_id: int) -> None:
    """Take the seats back, as long as nobody has been told of them.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_assignment``; ``assignment_not_applied``, ``assignment_told``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    seats.lock_all(event_id)
    row = _row(event_id, assignment_id, AssignmentStatus.APPLIED)
    _restore(row)
    row.status, row.applied_at, row.before = AssignmentStatus.READY, None, []
    _note(actor, row, "assignment_undone")


@transactional
def tell(*, actor: Actor, event_id: int, assignment_id: int) -> int:
    """Write to everybody for whom it changes something, one mail each; from then on they stay put.

    Returns:
        How many mails.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_assignment``; ``assignment_not_applied``, ``assignment_told``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visits = {visit.id: visit for visit in seats.lock_all(event_id)}
    row = _row(event_id, assignment_id, AssignmentStatus.APPLIED)
    tentative = db.session.scalars(
        select(Seat)
        .where(Seat.visit_id.in_(visits), Seat.is_tentative)
        .order_by(Seat.visit_id, Seat.position)
    ).all()
    for seat in tentative:
        seat.is_tentative = False
    db.session.flush()
    told = assignment_mails.tell(row, visits, tentative)
    row.status, row.told_at = AssignmentStatus.TOLD, clock.now()
    for visit in visits.values():
        if visit.sign_up_mode is SignUpMode.ASSIGNED:
            seats.promote(visit)
    _note(actor, row, "assignment_told", told=told)
    return told


def _row(event_id: int, assignment_id: int, status: AssignmentStatus) -> Assignment:
    row = db.session.get(Assignment, assignment_id, populate_existing=True)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_assignment")
    if row.status is not status:
        raise ForumError(_PASSED.get((row.status, status), "no_such_assignment"))
    return row


def _forget_applied(event_id: int) -> None:
    """Another one that nobody was told of is overtaken: there is nothing left of it to undo."""
    db.session.execute(
        delete(Assignment).where(
            Assignment.event_id == event_id, Assignment.status == AssignmentStatus.APPLIED
        )
    )


def _clear(visit_ids: Iterable[int], people: Sequence[int]) -> list[dict[str, Any]]:
    """Take every place of ``people`` in the visits away, and all that nobody was told of; as it was."""
    where = (
        Seat.visit_id.in_(list(visit_ids)),
        Seat.delegate_id.in_(people) | Seat.is_tentative,
    )
    columns = [getattr(Seat, name) for name in (*_KEPT, "asked_at")]
    before = [
        {**dict(found._mapping), "status": found.status.value, "asked_at": found.asked_at.isoformat()}
        for found in db.session.execute(select(*columns).where(*where).order_by(Seat.id))
    ]
    db.session.execute(delete(Seat).where(*where).execution_options(synchronize_session="fetch"))
    return before


def _seats(result: Mapping[str, Any], parties: Iterable[Party]) -> Iterable[tuple[int, int, int, bool]]:
    """Visit, delegate, choice, seated or waiting; in the order of asking."""
    for party in parties:
        data = result[str(party.id)]
        if data["visit"] is not None:
            yield from ((data["visit"], person, data["choice"], True) for person in party.people)
            continue
        for each in data["not"]:
            if each["why"] not in (assignment_problem.CATEGORY,):
                yield from ((each["visit"], person, each["choice"], False) for person in party.people)


def _place(visits: Mapping[int, Visit], wanted: Sequence[tuple[int, int, int, bool]]) -> int:
    """Write the seats; returns how many there are."""
    now, positions = clock.now(), {key: visit.last_position for key, visit in visits.items()}
    rows = []
    for visit_id, delegate_id, choice, is_seated in wanted:
        positions[visit_id] += 1
        rows.append(
            {
                "visit_id": visit_id,
                "delegate_id": delegate_id,
                "status": SeatStatus.SEATED if is_seated else SeatStatus.WAITING,
                "position": positions[visit_id],
                "choice": choice,
                "asked_at": now,
                "seated_at": now if is_seated else None,
                "is_tentative": True,
            }
        )
    bulk.add(Seat, rows)
    for key in {visit_id for visit_id, *_ in wanted}:
        db.session.execute(update(Visit).where(Visit.id == key).values(last_position=positions[key]))
    return sum(is_seated for *_, is_seated in wanted)


def _count(visit_ids: Iterable[int]) -> None:
    """What is taken, counted anew: the visits are locked."""
    held = (
        select(func.count())
        .where(Seat.visit_id == Visit.id, Seat.status.in_(HOLDS_A_SEAT))
        .correlate(Visit)
        .scalar_subquery()
    )
    db.session.execute(
        update(Visit)
        .where(Visit.id.in_(list(visit_ids)))
        .values(taken=held)
        .execution_options(synchronize_session=False)
    )
    for visit_id in visit_ids:
        db.session.refresh(db.session.get_one(Visit, visit_id))


def _restore(row: Assignment) -> None:
    visit_ids = {
        visit
        for data in row.result.values()
        for visit in (data["visit"], *_visits(data))
        if visit is not None
    }
    people = [int(key) for key in row.result]
    _clear(visit_ids, people)
    rows = [
        {
            **{name: each[name] for name in _KEPT},
            "status": SeatStatus(each["status"]),
            "asked_at": datetime.fromisoformat(each["asked_at"]),
            "seated_at": datetime.fromisoformat(each["asked_at"]) if each["status"] == "seated" else None,
        }
        for each in row.before
    ]
    bulk.add(Seat, rows)
    _count(visit_ids | {each["visit_id"] for each in row.before})


def _visits(data: Mapping[str, Any]) -> Iterable[int]:
    return (each["visit"] for each in data["not"])


def _note(actor: Actor, row: Assignment, action: str, **data: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="assignment",
        subject_id=row.id,
        people=len(row.result),
        **data,
    )
