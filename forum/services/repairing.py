"""Repairing the plan in force after something has happened: worked out as a draft, seen, then published."""

from __future__ import annotations

from sqlalchemy import update

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import PlanStatus
from forum.errors import ForumError
from forum.models import Plan
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import next_plans, plan_checks
from forum.queries.next_plans import Task
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.repair import repair
from forum.scheduling.solve import Effort
from forum.services import journal, plans
from forum.services.filling import fill
from forum.services.solving import bookings_of, certificate_of, reasons_of
from forum.unit_of_work import transactional

WHILE_SOMEBODY_WAITS = Effort(exact_work=1.0)


def propose_if_needed(*, actor: Actor, event_id: int) -> int | None:
    """``propose`` when a meeting that is still to come cannot be held as it is; None when all can."""
    plan_id = plans.in_force_id(event_id)
    if plan_id is None or not plan_checks.clashes_of(event_id=event_id, plan_id=plan_id):
        return None
    return propose(actor=actor, event_id=event_id)


def propose(*, actor: Actor, event_id: int) -> int:
    """Work out how the plan in force can be held with the fewest cancelled and then the fewest moved.

    The computation holds no lock; what it finds replaces an earlier proposal that nobody has applied.

    Returns:
        The id of a draft.

    Raises:
        ForumError: ``nothing_in_force``; ``plan_overtaken`` when another plan came into force meanwhile.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan_id = plans.in_force_id(event_id)
    if plan_id is None:
        raise ForumError("nothing_in_force")
    task = next_plans.repair_task(event_id=event_id, plan_id=plan_id)
    db.session.rollback()
    if task.previous is None:
        raise ForumError("nothing_in_force")
    schedule = repair(task.problem, task.previous, effort=WHILE_SOMEBODY_WAITS)
    return _store(actor=actor, event_id=event_id, plan_id=plan_id, task=task, schedule=schedule)


@transactional
def _store(*, actor: Actor, event_id: int, plan_id: int, task: Task, schedule: Schedule) -> int:
    plans.one_at_a_time(event_id)
    if plans.in_force_id(event_id) != plan_id:
        raise ForumError("plan_overtaken")
    db.session.execute(
        update(Plan)
        .where(Plan.event_id == event_id, Plan.is_repair, Plan.status == PlanStatus.DRAFT)
        .values(status=PlanStatus.CANCELLED)
    )
    now = clock.now()
    draft = Plan(
        event_id=event_id,
        status=PlanStatus.DRAFT,
        based_on_id=plan_id,
        is_repair=True,
        certificate=certificate_of(task, schedule),
        unplaced=reasons_of(task, schedule),
        created_by_id=actor.account_id,
        created_at=now,
        finished_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    fill(draft.id, bookings_of(task, schedule))
    journal.record(
        actor=actor,
        action="plan_repair_proposed",
        event_id=event_id,
        subject_kind="plan",
        subject_id=draft.id,
        placed=len(schedule.placements),
        unplaced=len(schedule.unplaced),
    )
    return draft.id
