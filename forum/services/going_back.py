"""Going back to an earlier plan: its meetings, as far as they still hold, become a new revision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import PlanStatus
from forum.errors import ForumError, StaleError
from forum.models import Plan
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import going_back
from forum.queries.going_back import WayBack
from forum.queries.next_plans import Task
from forum.queries.scheduling_problem import Held
from forum.scheduling.certify import certified
from forum.scheduling.problem import Problem
from forum.services import journal, plans
from forum.services.filling import Booking, fill
from forum.services.solving import certificate_of, reasons_of
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class BroughtBack:
    """The new plan's id, its revision, how many mails were written."""

    plan_id: int
    revision: int
    told: int


@transactional
def go_back(
    *, actor: Actor, event_id: int, plan_id: int, left_out: Collection[int] | None = None
) -> BroughtBack:
    """Put the meetings of a plan that was published before in force again, as a new revision.

    Args:
        left_out: ids of the requests that somebody has seen will be without a meeting; None for whichever.

    Raises:
        StaleError: ``way_back_changed``: it would be others than were seen.
        ForumError: ``plan_was_never_published``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plans.one_at_a_time(event_id)
    earlier = plans.locked(event_id, plan_id)
    if earlier.status is not PlanStatus.SUPERSEDED:
        raise ForumError("plan_was_never_published")
    way = going_back.way_back(event_id=event_id, plan_id=plan_id)
    if left_out is not None and set(left_out) != set(way.lost):
        raise StaleError("way_back_changed")
    plan = _copied(actor, earlier, way)
    told = plans.put_in_force(plan)
    journal.record(
        actor=actor,
        action="plan_brought_back",
        event_id=event_id,
        subject_kind="plan",
        subject_id=plan.id,
        revision=plan.revision,
        earlier=earlier.revision,
        lost=len(way.lost),
        told=told,
    )
    return BroughtBack(plan.id, plan.revision or 0, told)


def _copied(actor: Actor, earlier: Plan, way: WayBack) -> Plan:
    now = clock.now()
    kept = frozenset(each.placement.request for each in way.kept if each.is_locked)
    task = Task(way.problem, None, way.unplaceable, kept)
    schedule = certified(way.problem, way.schedule)
    plan = Plan(
        event_id=earlier.event_id,
        status=PlanStatus.DRAFT,
        seed=earlier.seed,
        based_on_id=earlier.id,
        certificate=certificate_of(task, schedule),
        unplaced=reasons_of(task, schedule),
        created_by_id=actor.account_id,
        created_at=now,
        finished_at=now,
    )
    db.session.add(plan)
    db.session.flush()
    fill(plan.id, [_booking(way.problem, each) for each in way.kept])
    return plan


def _booking(problem: Problem, held: Held) -> Booking:
    place = held.placement
    request = problem.request_by_id[place.request]
    return Booking(
        request_id=cast("int", place.request),
        slots=cast("tuple[int, ...]", problem.slots_held(request, place.slot)),
        table_id=cast("int", place.table),
        interpreter_id=cast("int | None", place.interpreter),
        people=held.people,
        is_locked=held.is_locked,
    )
