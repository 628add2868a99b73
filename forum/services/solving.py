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

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.assumptions import Assumptions
from forum.domain.states import PlanStatus
from forum.errors import StaleError
from forum.models import Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import next_plans, unplaced, what_ifs
from forum.queries.next_plans import Task
from forum.scheduling.apart import solve_apart
from forum.scheduling.certify import certified
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem, ProblemError
from forum.scheduling.solve import Effort, Progress, solve
from forum.services import journal, leases
from forum.services.filling import Booking, fill
from forum.unit_of_work import transaction, transactional

_log = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 3
MOST_REQUESTS_WITHIN: Final = 1_000  # a second or two: about as long as another process takes to begin
HEARTBEAT: Final = timedelta(seconds=1)
_WAITING: Final = (PlanStatus.QUEUED, PlanStatus.SOLVING)
Listener = Callable[[Progress], None]


def waiting() -> list[int]:
    """Ids of plans that nobody is working on."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Plan.id)
            .where(
                Plan.status.in_(_WAITING),
                Plan.is_repair.is_(False),
                (Plan.leased_until.is_(None)) | (Plan.leased_until < now),
            )
            .order_by(Plan.id)
        )
    )


def work(
    plan_id: int,
    *,
    effort: Effort | None = None,
    listener: Listener | None = None,
    solver: Callable[..., Schedule] = solve,
) -> bool:
    """Take the plan if it waits, and fill it; False when it was not to be had or has been taken away.

    Args:
        listener: hears of progress besides the row (the command line's bar).
        solver: computes what ``solve`` computes.
    """
    lease = leases.take(table=Plan, row_id=plan_id, statuses=_WAITING)
    if lease is None:
        return False
    try:
        return _Work(plan_id, lease, solver, listener).do(effort)
    except ProblemError as error:
        return _fail(plan_id, lease, error.code)
    except StaleError as error:
        return _fail(plan_id, lease, error.code)
    except Exception:
        _log.exception("plan %s could not be computed", plan_id)
        return _fail(plan_id, lease, "plan_failed")


@jobs.handles("solve", waiting=waiting)
def _answer(plan_id: int) -> None:
    work(plan_id, solver=_solve_beside if jobs.is_serving() else solve)


def _solve_beside(problem: Problem, **how: Any) -> Schedule:
    """What takes long goes into a process of its own, or repairs and papers would wait for it."""
    is_long = len(problem.requests) > MOST_REQUESTS_WITHIN
    return (solve_apart if is_long else solve)(problem, **how)


class _Work:
    """One attempt at one plan."""

    def __init__(
        self,
        plan_id: int,
        lease: int,
        solver: Callable[..., Schedule],
        listener: Listener | None = None,
    ) -> None:
        self.plan_id = plan_id
        self.lease = lease
        self.solver = solver
        self.listener = listener
        self.progress: dict[str, Any] = {}
        self.told_at: datetime | None = None
        self.is_lost = False
        self.stop = False

    def do(self, effort: Effort | None) -> bool:
        row = db.session.get_one(Plan, self.plan_id)
        seed, is_trial = row.seed, bool(row.assumptions)
        if row.attempts > MOST_ATTEMPTS:
            return _fail(self.plan_id, self.lease, "plan_gave_up")
        self._beat(status=PlanStatus.SOLVING)
        task, beside = _task(row)
        db.session.rollback()
        schedule = self.solver(
            task.problem,
            seed=seed,
            effort=effort,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
            **({"previous": task.previous} if is_trial else {"announced": task.previous}),
        )
        if self.is_lost:
            return False
        return store(
            plan_id=self.plan_id,
            lease=self.lease,
            task=task,
            schedule=schedule,
            reasons=reasons_of(
                task, schedule
            ),  # before anything is locked: it takes seconds where many stay out
            beside=certified(beside.problem, beside.previous) if beside and beside.previous else None,
        )

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


def _task(plan: Plan) -> tuple[Task, Task | None]:
    """The task, and for what might be also how things stand."""
    task = next_plans.task(event_id=plan.event_id, based_on_id=plan.based_on_id)
    if not plan.assumptions:
        return task, None
    return what_ifs.assumed(plan.event_id, task, Assumptions.read(plan.assumptions)), task


@transactional
def store(
    *,
    plan_id: int,
    lease: int,
    task: Task,
    schedule: Schedule,
    reasons: list[dict[str, Any]],
    beside: Schedule | None = None,
) -> bool:
    """Turn the plan into a draft with the schedule; False, and nothing written, when the lease is gone.

    Of what was only tried the figures stay: its meetings may be at tables that are not there. With them stay
    those of the schedule ``beside``, as it was then: it may be changed by hand later.
    """
    plan = db.session.get_one(Plan, plan_id)
    is_trial = bool(plan.assumptions)
    kept = leases.release(
        table=Plan,
        row_id=plan_id,
        lease=lease,
        status=PlanStatus.TRIED if is_trial else PlanStatus.DRAFT,
        finished_at=clock.now(),
        progress={},
        certificate=certificate_of(task, schedule, beside),
        unplaced=reasons,
    )
    if not kept:
        return False
    if not is_trial:
        fill(plan_id, bookings_of(task, schedule))
    journal.record(
        actor=SYSTEM,
        action="plan_tried" if is_trial else "plan_computed",
        event_id=plan.event_id,
        subject_kind="plan",
        subject_id=plan_id,
        placed=len(schedule.placements),
        unplaced=len(schedule.unplaced) + len(task.unplaceable),
    )
    return True


def certificate_of(task: Task, schedule: Schedule, beside: Schedule | None = None) -> dict[str, Any]:
    """How good a schedule is, as its plan keeps it; and the one ``beside`` which it was tried out."""
    certificate = asdict(schedule.certificate) if schedule.certificate else {}
    wished = len(task.problem.requests) + len(task.unplaceable)
    compared = {"beside": asdict(beside.certificate)} if beside and beside.certificate else {}
    return {
        **certificate, "requests": wished, "proven": _is_proven(schedule), **compared, "basis": _basis(task),
    }  # fmt: skip


def _basis(task: Task) -> dict[str, Any]:
    """What the bounds rest on, as ``plan_standing`` asks later whether they still hold."""
    return {
        "facts": task.facts,
        "begun": sorted(task.far.begun),
        "pinned": sorted(task.far.pinned),
        "locks": {str(lock.request): lock.slot for lock in task.problem.locks},
    }


def bookings_of(task: Task, schedule: Schedule) -> list[Booking]:
    """The schedule's meetings as rows to be written."""
    problem = task.problem
    return [
        Booking(
            request_id=cast("int", each.request),
            slots=cast("tuple[int, ...]", problem.slots_held(problem.request_by_id[each.request], each.slot)),
            table_id=cast("int", each.table),
            interpreter_id=cast("int | None", each.interpreter),
            people=[cast("int", person) for person in problem.request_by_id[each.request].people],
            is_locked=each.request in task.kept,
        )
        for each in schedule.placements
    ]


def reasons_of(task: Task, schedule: Schedule) -> list[dict[str, Any]]:
    """Why requests stayed out, as codes with data: those that could not be tried, then the others."""
    untried = [
        {"request_id": each.request_id, "code": each.code, "company_id": each.company_id}
        for each in task.unplaceable
    ]
    reasons = unplaced.nearest_reasons(task.problem, schedule)
    return untried + [
        {
            "request_id": request_id,
            "code": reasons.get(request_id, "nothing"),
            "people": list(task.problem.request_by_id[request_id].people),
        }
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
