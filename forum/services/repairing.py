"""Repairing the plan in force after something has happened: worked out as a draft, seen, then published.

On the day nobody waits for it: a tap orders the repair, a worker works it out. Its row is taken with a lease
like that of any computation (see ``solving``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import PlanStatus
from forum.errors import ForumError
from forum.models import Plan
from forum.models.base import db
from forum.policy import SYSTEM, Actor, require
from forum.queries import next_plans, plan_checks
from forum.queries.next_plans import Task
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.repair import repair
from forum.services import journal, leases, plans
from forum.services.filling import fill
from forum.services.solving import MOST_ATTEMPTS, bookings_of, certificate_of, reasons_of
from forum.unit_of_work import transactional

_log = logging.getLogger(__name__)
_WAITING: Final = (PlanStatus.QUEUED, PlanStatus.SOLVING)


@transactional
def order(*, actor: Actor, event_id: int) -> int:
    """Have a worker look whether the plan in force can still be held, and propose a repair if it cannot.

    One that nobody has begun yet will see what has just happened too: no second one is ordered.

    Returns:
        The id of the plan that becomes a draft, or is called off where there is nothing to repair.

    Raises:
        ForumError: ``nothing_in_force``.
    """
    require(actor, Permission.RUN_MEETINGS, event_id)
    plans.one_at_a_time(event_id)
    plan_id = _in_force(event_id)
    waits = db.session.scalar(
        select(Plan.id)
        .where(Plan.based_on_id == plan_id, Plan.is_repair, Plan.status == PlanStatus.QUEUED)
        .order_by(Plan.id.desc())
        .limit(1)
    )
    if waits is not None:
        return waits
    ordered = _added(actor, event_id, plan_id, status=PlanStatus.QUEUED)
    jobs.ring("repair", ordered.id)
    return ordered.id


@dataclass(frozen=True)
class _Found:
    """A repair, and why meetings stay out: both worked out before anything is locked."""

    task: Task
    schedule: Schedule
    reasons: list[dict[str, Any]]


def propose(*, actor: Actor, event_id: int) -> int:
    """Work out here and now how the plan in force can be held with the fewest cancelled, then moved.

    The computation holds no lock; what it finds replaces an earlier proposal that nobody has applied.

    Returns:
        The id of a draft.

    Raises:
        ForumError: ``nothing_in_force``; ``plan_overtaken`` when another plan came into force meanwhile.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan_id = _in_force(event_id)
    found = _worked_out(event_id, plan_id)
    return _store(actor=actor, event_id=event_id, plan_id=plan_id, found=found)


def waiting() -> list[int]:
    """Ids of ordered repairs that nobody is working on."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Plan.id)
            .where(
                Plan.is_repair,
                Plan.status.in_(_WAITING),
                (Plan.leased_until.is_(None)) | (Plan.leased_until < now),
            )
            .order_by(Plan.id)
        )
    )


@jobs.handles("repair", waiting=waiting)
def work(plan_id: int) -> None:
    """Take the ordered repair if it waits, and work it out."""
    lease = leases.take(table=Plan, row_id=plan_id, statuses=_WAITING, status=PlanStatus.SOLVING)
    if lease is None:
        return
    row = db.session.get_one(Plan, plan_id)
    event_id, based_on_id, attempts = row.event_id, row.based_on_id, row.attempts
    if attempts > MOST_ATTEMPTS:
        _end(plan_id, lease, error="plan_gave_up")
        return
    try:
        found = _needed(event_id, based_on_id) if based_on_id else None
        _finish(plan_id=plan_id, lease=lease, found=found)
    except Exception:
        _log.exception("repair %s could not be worked out", plan_id)
        _end(plan_id, lease, error="plan_failed")


def _needed(event_id: int, plan_id: int) -> _Found | None:
    """The repair when a meeting that is still to come cannot be held as it is; None when all can."""
    if not plan_checks.clashes_of(event_id=event_id, plan_id=plan_id):
        return None
    return _worked_out(event_id, plan_id)


def _worked_out(event_id: int, plan_id: int) -> _Found:
    task = next_plans.repair_task(event_id=event_id, plan_id=plan_id)
    db.session.rollback()
    if task.previous is None:
        raise ForumError("nothing_in_force")
    schedule = repair(task.problem, task.previous)
    return _Found(task, schedule, reasons_of(task, schedule))


@transactional
def _finish(*, plan_id: int, lease: int, found: _Found | None) -> None:
    """The row becomes the draft. Proposals that nobody has applied fall away: they know less."""
    row = db.session.get_one(Plan, plan_id)
    plans.one_at_a_time(row.event_id)
    is_current = plans.in_force_id(row.event_id) == row.based_on_id and not _is_ordered_again(row)
    if found is None or not is_current:
        if _end(plan_id, lease) and is_current:
            _drop_earlier(row.event_id)
        return
    kept = leases.release(table=Plan, row_id=plan_id, lease=lease, status=PlanStatus.DRAFT, **_outcome(found))
    if kept:
        _drop_earlier(row.event_id, but=plan_id)
        fill(plan_id, bookings_of(found.task, found.schedule))
        _note(SYSTEM, row.event_id, plan_id, found.schedule)


@transactional
def _store(*, actor: Actor, event_id: int, plan_id: int, found: _Found) -> int:
    plans.one_at_a_time(event_id)
    if plans.in_force_id(event_id) != plan_id:
        raise ForumError("plan_overtaken")
    _drop_earlier(event_id)
    draft = _added(actor, event_id, plan_id, status=PlanStatus.DRAFT, **_outcome(found))
    fill(draft.id, bookings_of(found.task, found.schedule))
    _note(actor, event_id, draft.id, found.schedule)
    return draft.id


def _in_force(event_id: int) -> int:
    plan_id = plans.in_force_id(event_id)
    if plan_id is None:
        raise ForumError("nothing_in_force")
    return plan_id


def _added(actor: Actor, event_id: int, plan_id: int, **values: Any) -> Plan:
    plan = Plan(
        event_id=event_id,
        based_on_id=plan_id,
        is_repair=True,
        created_by_id=actor.account_id,
        created_at=clock.now(),
        **values,
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def _outcome(found: _Found) -> dict[str, Any]:
    return {
        "certificate": certificate_of(found.task, found.schedule),
        "unplaced": found.reasons,
        "finished_at": clock.now(),
    }


def _is_ordered_again(row: Plan) -> bool:
    """Something happened while it was worked out: the next one knows of it."""
    later = select(Plan.id).where(
        Plan.event_id == row.event_id, Plan.is_repair, Plan.status.in_(_WAITING), Plan.id > row.id
    )
    return db.session.scalar(later.limit(1)) is not None


def _drop_earlier(event_id: int, *, but: int | None = None) -> None:
    db.session.execute(
        update(Plan)
        .where(Plan.event_id == event_id, Plan.is_repair, Plan.status == PlanStatus.DRAFT, Plan.id != but)
        .values(status=PlanStatus.CANCELLED)
    )


@transactional
def _end(plan_id: int, lease: int, *, error: str | None = None) -> bool:
    status = PlanStatus.FAILED if error else PlanStatus.CANCELLED
    return leases.release(
        table=Plan, row_id=plan_id, lease=lease, status=status, error=error, finished_at=clock.now()
    )


def _note(actor: Actor, event_id: int, plan_id: int, schedule: Schedule) -> None:
    journal.record(
        actor=actor,
        action="plan_repair_proposed",
        event_id=event_id,
        subject_kind="plan",
        subject_id=plan_id,
        placed=len(schedule.placements),
        unplaced=len(schedule.unplaced),
    )
