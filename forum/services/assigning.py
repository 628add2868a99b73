"""Computing who goes on which visit by wishes: ordered in a request, done by a worker.

A row is taken with a lease that every round of the computation prolongs. A worker that dies leaves its lease
to run out, and the next one begins again; one that was only slow finds its lease gone and writes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import AssignmentStatus
from forum.errors import ForumError
from forum.models import Assignment, Wish
from forum.models.base import db
from forum.policy import SYSTEM, Actor, require
from forum.queries import assignment_problem
from forum.queries.assignment_problem import Gathered
from forum.scheduling.assignment.assign import assign
from forum.scheduling.assignment.explain import Explanation, WhyNot, explain
from forum.scheduling.assignment.problem import Assignment as Found
from forum.scheduling.assignment.problem import Party
from forum.services import journal, leases, seats
from forum.services.leases import LEASE
from forum.unit_of_work import transaction, transactional

_log = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 3
HEARTBEAT: Final = timedelta(seconds=1)
_UNDER_WAY: Final = (AssignmentStatus.QUEUED, AssignmentStatus.COMPUTING)
Listener = Callable[[int], None]


@transactional
def order(*, actor: Actor, event_id: int, keeps_together: bool = True) -> int:
    """Have computed who would go where; nobody gets a seat by it. One computation of a forum at a time.

    Args:
        keeps_together: whether colleagues should rather go on one visit.

    Returns:
        The proposal's id, or that of the one which is under way.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``nobody_has_wishes``.
    """
    row = _ordered(actor, event_id, keeps_together)
    if row.leased_until is None:
        jobs.ring("assign", row.id)
    return row.id


@transactional
def stop(*, actor: Actor, event_id: int, assignment_id: int) -> None:
    """End a computation without a result, at once or with its next round.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_assignment``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = _row(assignment_id)
    if row is None or row.event_id != event_id or row.status not in _UNDER_WAY:
        raise ForumError("no_such_assignment")
    _note(actor, row, "assignment_stopped")
    if row.leased_until is None:
        db.session.delete(row)
    else:
        row.stop_asked = True


def propose(*, actor: Actor, event_id: int, keeps_together: bool = True) -> int:
    """Compute here and now, as the command line does; what nobody else may take meanwhile.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``nobody_has_wishes``, ``assignment_under_way``, ``assignment_failed``.
    """
    with transaction():
        row = _ordered(actor, event_id, keeps_together)
        if row.lease:
            raise ForumError("assignment_under_way")
        row.lease, row.leased_until, row.attempts = 1, clock.now() + LEASE, 1
        assignment_id = row.id
    if not _attempt(assignment_id, 1, None):
        found = db.session.get(Assignment, assignment_id, populate_existing=True)
        raise ForumError(found.error if found and found.error else "assignment_failed")
    return assignment_id


def waiting() -> list[int]:
    """Ids of those that nobody is working on."""
    rows = select(Assignment.id).where(
        Assignment.status.in_(_UNDER_WAY),
        (Assignment.leased_until.is_(None)) | (Assignment.leased_until < clock.now()),
    )
    return list(db.session.scalars(rows.order_by(Assignment.id)))


def work(assignment_id: int, *, listener: Listener | None = None) -> bool:
    """Take the row if it waits, and compute; False when it was not to be had or there is no result."""
    lease = leases.take(table=Assignment, row_id=assignment_id, statuses=_UNDER_WAY)
    return lease is not None and _attempt(assignment_id, lease, listener)


@jobs.handles("assign", waiting=waiting)
def _answer(assignment_id: int) -> None:
    work(assignment_id)


def _attempt(assignment_id: int, lease: int, listener: Listener | None) -> bool:
    try:
        return _Work(assignment_id, lease, listener).do()
    except ForumError as error:
        return _fail(assignment_id, lease, error.code)
    except Exception:
        _log.exception("assignment %s could not be computed", assignment_id)
        return _fail(assignment_id, lease, "assignment_failed")


class _Work:
    """One attempt."""

    def __init__(self, assignment_id: int, lease: int, listener: Listener | None) -> None:
        self.assignment_id, self.lease, self.listener = assignment_id, lease, listener
        self.told_at: datetime | None = None
        self.is_lost = self.is_stopped = False

    def do(self) -> bool:
        row = db.session.get_one(Assignment, self.assignment_id, populate_existing=True)
        if row.attempts > MOST_ATTEMPTS:
            return _fail(self.assignment_id, self.lease, "assignment_gave_up")
        event_id, keeps_together = row.event_id, row.keeps_together
        if not self._go_on(0):
            return self._end()
        gathered = assignment_problem.gather(event_id=event_id, keeps_together=keeps_together)
        db.session.rollback()
        if not gathered.problem.parties:
            raise ForumError("nobody_has_wishes")
        found = assign(gathered.problem, go_on=self._go_on)
        if self.is_stopped or self.is_lost:
            return self._end()
        return _store(self.assignment_id, self.lease, gathered, found)

    def _go_on(self, rounds: int) -> bool:
        """After every round: show how far it is, prolong the lease, and hear whether to stop."""
        now = clock.now()
        if self.told_at is None or now - self.told_at >= HEARTBEAT:
            self.told_at = now
            self._beat(rounds)
        if self.listener is not None:
            self.listener(rounds)
        return not (self.is_lost or self.is_stopped)

    def _beat(self, rounds: int) -> None:
        values = {"rounds": rounds, "status": AssignmentStatus.COMPUTING}
        with transaction():
            where = {"table": Assignment, "row_id": self.assignment_id, "lease": self.lease}
            self.is_lost = not leases.keep(**where, **values)  # type: ignore[arg-type]
            asked = select(Assignment.stop_asked).where(Assignment.id == self.assignment_id)
            self.is_stopped = bool(db.session.scalar(asked))

    @transactional
    def _end(self) -> bool:
        """Without a result: what was stopped is gone, unless it has passed into other hands."""
        db.session.execute(
            delete(Assignment).where(
                Assignment.id == self.assignment_id,
                Assignment.lease == self.lease,
                Assignment.stop_asked,
                Assignment.status.in_(_UNDER_WAY),
            )
        )
        return False


def _ordered(actor: Actor, event_id: int, keeps_together: bool) -> Assignment:
    """The row that waits or is under way, else a new one."""
    require(actor, Permission.MANAGE_VISITS, event_id)
    seats.lock_all(event_id)
    running = select(Assignment).where(
        Assignment.event_id == event_id, Assignment.status.in_(_UNDER_WAY), Assignment.stop_asked.is_(False)
    )
    if row := db.session.scalar(running.order_by(Assignment.id).limit(1)):
        return row
    if db.session.scalar(select(Wish.id).where(Wish.event_id == event_id).limit(1)) is None:
        raise ForumError("nobody_has_wishes")
    _drop(event_id, AssignmentStatus.FAILED)
    row = Assignment(
        event_id=event_id,
        status=AssignmentStatus.QUEUED,
        digest="",
        keeps_together=keeps_together,
        created_by_id=actor.account_id,
        created_at=clock.now(),
        lease=0,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def _store(assignment_id: int, lease: int, gathered: Gathered, found: Found) -> bool:
    """The result instead of the proposals before it; False, and nothing written, when the lease is gone."""
    explained = explain(gathered.problem, found)
    kept = leases.release(
        table=Assignment,
        row_id=assignment_id,
        lease=lease,
        status=AssignmentStatus.READY,
        digest=gathered.digest,
        certificate={**asdict(found.certificate), "gap": found.certificate.gap},
        result={
            str(person): _data(gathered, party, explained[party.id])
            for party in gathered.problem.parties
            for person in party.people
        },
    )
    if not kept:
        return False
    row = db.session.get_one(Assignment, assignment_id, populate_existing=True)
    _drop(row.event_id, AssignmentStatus.READY, but=assignment_id)
    _note(SYSTEM, row, "assignment_proposed", without=found.certificate.without)
    return True


@transactional
def _fail(assignment_id: int, lease: int, code: str) -> bool:
    failed = leases.release(
        table=Assignment, row_id=assignment_id, lease=lease, status=AssignmentStatus.FAILED, error=code
    )
    if failed:
        _note(SYSTEM, db.session.get_one(Assignment, assignment_id), "assignment_failed")
    return False


def _row(assignment_id: int) -> Assignment | None:
    rows = select(Assignment).where(Assignment.id == assignment_id).with_for_update()
    return db.session.scalar(rows.execution_options(populate_existing=True))


def _drop(event_id: int, status: AssignmentStatus, *, but: int = 0) -> None:
    db.session.execute(
        delete(Assignment).where(
            Assignment.event_id == event_id, Assignment.status == status, Assignment.id != but
        )
    )


def _data(gathered: Gathered, party: Party, found: Explanation) -> dict[str, Any]:
    """What the proposal keeps of one person."""
    return {
        "visit": found.trip,
        "choice": found.choice,
        "sector": found.in_own_sector,
        "language": found.in_own_language,
        "lost": found.lost,
        "with": party.id if party.size > 1 else None,
        "colleagues": found.colleagues,
        "not": [_why_not(gathered, party, each) for each in found.not_granted],
    }


def _why_not(gathered: Gathered, party: Party, each: WhyNot) -> dict[str, Any]:
    data: dict[str, Any] = {"visit": each.trip, "choice": each.choice, "why": each.why.value}
    if found := gathered.clashes.get((party.id, each.trip)):
        data |= {
            "why": "clash",
            "kind": found.kind.value,
            "starts": found.starts_at.isoformat(),
            "ends": found.ends_at.isoformat(),
        }
    elif each.barred is not None:
        data["why"] = each.barred
    return data | {"seats": each.seats, "higher": each.higher, "lost": each.lost}


def _note(actor: Actor, row: Assignment, action: str, **data: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="assignment",
        subject_id=row.id,
        people=len(row.result or {}),
        **data,
    )
