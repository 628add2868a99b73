"""Filling ordered plans: the worker's side.

A plan is taken with a lease that every sign of progress prolongs. A worker that dies leaves its lease to run
out, and the next round begins again; a worker that was only slow finds its lease gone and writes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import insert, select

from forum import clock, jobs
from forum.domain.states import PlanStatus
from forum.errors import StaleError
from forum.models import Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import scheduling_problem, unplaced
from forum.queries.scheduling_problem import Gathered
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import ProblemError
from forum.scheduling.solve import Effort, Progress, solve
from forum.services import claims, journal, leases
from forum.unit_of_work import transaction, transactional

_log = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 3
HEARTBEAT: Final = timedelta(seconds=1)
_WAITING: Final = (PlanStatus.QUEUED, PlanStatus.SOLVING)
Listener = Callable[[Progress], None]


def waiting() -> list[int]:
    """Ids of plans that nobody is working on."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Plan.id)
            .where(Plan.status.in_(_WAITING), (Plan.leased_until.is_(None)) | (Plan.leased_until < now))
            .order_by(Plan.id)
        )
    )


def work(plan_id: int, *, effort: Effort | None = None, listener: Listener | None = None) -> bool:
    """Take the plan if it waits, and fill it; False when it was not to be had or has been taken away.

    Args:
        listener: hears of progress besides the row (the command line's bar).
    """
    lease = leases.take(table=Plan, row_id=plan_id, statuses=_WAITING)
    if lease is None:
        return False
    try:
        return _Work(plan_id, lease, listener).do(effort)
    except ProblemError as error:
        return _fail(plan_id, lease, error.code)
    except StaleError as error:
        return _fail(plan_id, lease, error.code)
    except Exception:
        _log.exception("plan %s could not be computed", plan_id)
        return _fail(plan_id, lease, "plan_failed")


@jobs.handles("solve", waiting=waiting)
def _answer(plan_id: int) -> None:
    work(plan_id)


class _Work:
    """One attempt at one plan."""

    def __init__(self, plan_id: int, lease: int, listener: Listener | None = None) -> None:
        self.plan_id = plan_id
        self.lease = lease
        self.listener = listener
        self.progress: dict[str, Any] = {}
        self.told_at: datetime | None = None
        self.is_lost = False
        self.stop = False

    def do(self, effort: Effort | None) -> bool:
        row = db.session.get_one(Plan, self.plan_id)
        event_id, seed = row.event_id, row.seed
        if row.attempts > MOST_ATTEMPTS:
            return _fail(self.plan_id, self.lease, "plan_gave_up")
        self._beat(status=PlanStatus.SOLVING)
        gathered = scheduling_problem.gather(event_id=event_id)
        db.session.rollback()
        schedule = solve(
            gathered.problem,
            seed=seed,
            effort=effort,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )
        if self.is_lost:
            return False
        return store(plan_id=self.plan_id, lease=self.lease, gathered=gathered, schedule=schedule)

    def on_progress(self, progress: Progress) -> None:
        self.progress = asdict(progress)
        if self.listener is not None:
            self.listener(progress)
        self.should_stop()

    def should_stop(self) -> bool:
        """Every second: show how far it is, prolong the lease, and hear whether to stop."""
        now = clock.now()
        if not self.stop and (self.told_at is None or now - self.told_at >= HEARTBEAT):
            self.told_at = now
            self._beat(progress=self.progress)
        return self.stop

    def _beat(self, **values: Any) -> None:
        with transaction():
            self.is_lost = not leases.keep(table=Plan, row_id=self.plan_id, lease=self.lease, **values)
            asked = db.session.scalar(select(Plan.stop_asked).where(Plan.id == self.plan_id))
        self.stop = self.is_lost or bool(asked)


@transactional
def store(*, plan_id: int, lease: int, gathered: Gathered, schedule: Schedule) -> bool:
    """Turn the plan into a draft with the schedule; False, and nothing written, when the lease is gone."""
    certificate = asdict(schedule.certificate) if schedule.certificate else {}
    wished = len(gathered.problem.requests) + len(gathered.unplaceable)
    kept = leases.release(
        table=Plan,
        row_id=plan_id,
        lease=lease,
        status=PlanStatus.DRAFT,
        finished_at=clock.now(),
        progress={},
        certificate={**certificate, "requests": wished, "proven": _is_proven(schedule)},
        unplaced=_reasons(gathered, schedule),
    )
    if not kept:
        return False
    _write_meetings(plan_id, gathered, schedule)
    plan = db.session.get_one(Plan, plan_id)
    journal.record(
        actor=SYSTEM,
        action="plan_computed",
        event_id=plan.event_id,
        subject_kind="plan",
        subject_id=plan_id,
        placed=len(schedule.placements),
        unplaced=len(plan.unplaced),
    )
    return True


def _write_meetings(plan_id: int, gathered: Gathered, schedule: Schedule) -> None:
    problem = gathered.problem
    rows = [
        {
            "plan_id": plan_id,
            "request_id": each.request,
            "slot_id": each.slot,
            "table_id": each.table,
            "interpreter_id": each.interpreter,
            "is_locked": each.request in problem.lock_by_request,
        }
        for each in schedule.placements
    ]
    if not rows:
        return
    db.session.execute(insert(Meeting), rows)
    meetings = db.session.execute(
        select(Meeting.id, Meeting.request_id, Meeting.slot_id, Meeting.table_id, Meeting.interpreter_id)
        .where(Meeting.plan_id == plan_id)
        .order_by(Meeting.id)
    ).all()
    people, taken = [], []
    for meeting_id, request_id, slot_id, table_id, interpreter_id in meetings:
        request = problem.request_by_id[request_id]
        members = [cast("int", person) for person in request.people]
        people += [{"meeting_id": meeting_id, "delegate_id": member} for member in members]
        taken += claims.rows_of(
            meeting_id,
            plan_id=plan_id,
            slot_ids=cast("tuple[int, ...]", problem.slots_held(request, slot_id)),
            people=members,
            table_id=table_id,
            interpreter_id=interpreter_id,
        )
    db.session.execute(insert(MeetingParticipant), people)
    claims.take(taken)


def _reasons(gathered: Gathered, schedule: Schedule) -> list[dict[str, Any]]:
    """Why requests stayed out, as codes with data: those that could not be tried, then the others."""
    untried = [
        {"request_id": each.request_id, "code": each.code, "company_id": each.company_id}
        for each in gathered.unplaceable
    ]
    reasons = unplaced.nearest_reasons(gathered.problem, schedule)
    return untried + [
        {"request_id": request_id, "code": reasons.get(request_id, "nothing")}
        for request_id in schedule.unplaced
    ]


def _is_proven(schedule: Schedule) -> bool:
    return schedule.certificate is not None and schedule.certificate.proven


@transactional
def _fail(plan_id: int, lease: int, code: str) -> bool:
    failed = leases.release(
        table=Plan, row_id=plan_id, lease=lease, status=PlanStatus.FAILED, error=code, finished_at=clock.now()
    )
    if failed:
        plan = db.session.get_one(Plan, plan_id)
        journal.record(
            actor=SYSTEM,
            action="plan_failed",
            event_id=plan.event_id,
            subject_kind="plan",
            subject_id=plan_id,
            code=code,
        )
    return False
