"""Plans: ordering one, stopping it, publishing it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import PLAN_MOVES, MeetingStatus, PlanStatus, RequestStatus
from forum.errors import ForumError
from forum.models import Event, Meeting, Plan, Request, Slot, Table
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import comparisons, plan_checks, plan_standing, plans_under_way
from forum.services import journal, plan_letters, seats
from forum.services.filling import told_of
from forum.unit_of_work import transactional

UNDER_WAY = (PlanStatus.QUEUED, PlanStatus.SOLVING)


@transactional
def order(*, actor: Actor, event_id: int, seed: int = 0) -> int:
    """Ask for a schedule of the accepted requests; returns the id of the plan that a worker will fill.

    Raises:
        ForumError: ``plan_under_way``, ``no_slots``, ``no_tables`` or ``no_accepted_requests``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = ordered(actor, event_id, seed=seed, based_on_id=in_force_id(event_id))
    _note(actor, "plan_ordered", plan, seed=seed)
    return plan.id


def ordered(actor: Actor, event_id: int, **values: Any) -> Plan:
    """Within a command: a plan that waits for a worker.

    Raises:
        ForumError: as ``order``.
    """
    one_at_a_time(event_id)
    if _count(Plan, event_id, Plan.status.in_(UNDER_WAY), Plan.is_repair.is_(False)):
        raise ForumError("plan_under_way")
    for code, table, filters in (
        ("no_slots", Slot, ()),
        ("no_tables", Table, ()),
        ("no_accepted_requests", Request, (Request.status == RequestStatus.ACCEPTED,)),
    ):
        if not _count(table, event_id, *filters):
            raise ForumError(code)
    plan = Plan(
        event_id=event_id,
        status=PlanStatus.QUEUED,
        created_by_id=actor.account_id,
        created_at=clock.now(),
        **values,
    )
    db.session.add(plan)
    db.session.flush()
    jobs.ring("solve", plan.id)
    return plan


@transactional
def ask_stop(*, actor: Actor, event_id: int, plan_id: int) -> None:
    """Let the computation end with the best schedule so far; one that waits is called off.

    Raises:
        ForumError: ``plan_not_under_way``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = locked(event_id, plan_id)
    if plan.status is PlanStatus.QUEUED:
        _move(plan, PlanStatus.CANCELLED)
        plan.finished_at = clock.now()
    elif plan.status is PlanStatus.SOLVING:
        plan.stop_asked = True
    else:
        raise ForumError("plan_not_under_way")
    _note(actor, "plan_stopped", plan)


@transactional
def discard(*, actor: Actor, event_id: int, plan_id: int) -> None:
    """Drop a draft, or what was only tried out.

    Raises:
        ForumError: ``plan_not_draft``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = locked(event_id, plan_id)
    if plan.status not in (PlanStatus.DRAFT, PlanStatus.TRIED):
        raise ForumError("plan_not_draft")
    _move(plan, PlanStatus.CANCELLED)
    _note(actor, "plan_discarded", plan)


@transactional
def publish(*, actor: Actor, event_id: int, plan_id: int) -> int:
    """Put a draft in force in one swap and tell those whom it changes something for.

    Returns:
        How many mails were written.

    Raises:
        ForumError: ``plan_not_draft``; ``plan_was_tried`` for what rests on assumptions;
            ``plan_has_clashes`` when somebody or something is booked twice; ``plan_stale`` when what has
            changed since it was computed makes it impossible; ``plan_overtaken`` when it repairs a plan that
            is no longer in force, or would change meetings that have begun.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    one_at_a_time(event_id)
    plan = locked(event_id, plan_id)
    if plan.status is PlanStatus.TRIED:
        raise ForumError("plan_was_tried")
    if plan.status is not PlanStatus.DRAFT:
        raise ForumError("plan_not_draft")
    told = put_in_force(plan)
    _note(actor, "plan_published", plan, revision=plan.revision, told=told)
    return told


def locked(event_id: int, plan_id: int) -> Plan:
    """The plan, kept from others until the command ends.

    Raises:
        ForumError: ``no_such_plan``.
    """
    plan = db.session.scalar(
        select(Plan).where(Plan.event_id == event_id, Plan.id == plan_id).with_for_update()
    )
    if plan is None:
        raise ForumError("no_such_plan")
    return plan


def in_force_id(event_id: int) -> int | None:
    """The plan that people know."""
    return db.session.scalar(
        select(Plan.id).where(Plan.event_id == event_id, Plan.status == PlanStatus.PUBLISHED)
    )


def put_in_force(plan: Plan) -> int:
    """Within a command that holds the event: swap the plan in and write to those whom it concerns.

    Returns:
        How many mails were written.

    Raises:
        ForumError: as ``publish``.
    """
    seats.lock_all(plan.event_id)  # whoever signs up for a visit meanwhile sees the new meetings
    clashes = plan_checks.clashes_of(event_id=plan.event_id, plan_id=plan.id)
    if clashes:
        code = "plan_stale" if all(each.is_of_circumstances for each in clashes) else "plan_has_clashes"
        raise ForumError(code, count=len(clashes))
    before_id = in_force_id(plan.event_id)
    _refuse_overtaken(plan, before_id)
    # Changed by hand or not, from now on it says how good it was when it came into force.
    plan.certificate = dict(plan_standing.certificate_of(plan))
    whose: dict[str, Any] = {"event_id": plan.event_id, "plan_id": plan.id}
    changes = comparisons.changes_for_people(**whose)
    interpreted = comparisons.changes_for_interpreters(**whose)
    _take_along(before_id, plan)
    db.session.execute(
        update(Plan)
        .where(Plan.event_id == plan.event_id, Plan.status == PlanStatus.PUBLISHED)
        .values(status=PlanStatus.SUPERSEDED)
    )
    newest = db.session.scalar(select(func.max(Plan.revision)).where(Plan.event_id == plan.event_id))
    _move(plan, PlanStatus.PUBLISHED)
    plan.revision = (newest or 0) + 1
    plan.published_at = clock.now()
    db.session.flush()
    return plan_letters.tell(**whose, revision=plan.revision, changes=changes, interpreted=interpreted)


def _refuse_overtaken(plan: Plan, before_id: int | None) -> None:
    if plan.is_repair and plan.based_on_id != before_id:
        raise ForumError("plan_overtaken")
    if before_id is None:
        return
    pinned = plans_under_way.under_way(plan.event_id, before_id).pinned
    before, after = _places(before_id), _places(plan.id)
    if any(before[key] != after.get(key) for key in pinned):
        raise ForumError("plan_overtaken")


def _places(plan_id: int) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(Meeting.request_id, Meeting.slot_id, Meeting.table_id).where(
            Meeting.plan_id == plan_id, Meeting.status != MeetingStatus.CANCELLED
        )
    )
    return {row.request_id: (row.slot_id, row.table_id) for row in rows}


def _take_along(before_id: int | None, plan: Plan) -> None:
    """What was noted of a meeting on the day is true of it in the next plan too, if it stays in its slot."""
    told = db.session.scalars(
        select(Meeting).where(
            Meeting.plan_id == before_id,
            Meeting.status != MeetingStatus.CANCELLED,
            (Meeting.status.in_((MeetingStatus.HELD, MeetingStatus.MISSED)))
            | Meeting.late_minutes.is_not(None)
            | Meeting.overrun_minutes.is_not(None)
            | Meeting.note.is_not(None),
        )
    ).all()
    for each in told:
        db.session.execute(
            update(Meeting)
            .where(
                Meeting.plan_id == plan.id,
                Meeting.request_id == each.request_id,
                Meeting.slot_id == each.slot_id,
            )
            .values(**told_of(each))
        )


def _move(plan: Plan, status: PlanStatus) -> None:
    if status not in PLAN_MOVES[plan.status]:
        raise ForumError("plan_cannot_become", status=status.value)
    plan.status = status


def one_at_a_time(event_id: int) -> None:
    """Whoever orders or publishes waits here for the others of the same event.

    Rows that refer to the event may be added meanwhile (``key_share``): whoever has a visit locked
    and writes the journal would wait for us, and we for the visit.
    """
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))


def _count(table: Any, event_id: int, *filters: Any) -> int:
    return db.session.scalar(select(func.count(table.id)).where(table.event_id == event_id, *filters)) or 0


def _note(actor: Actor, action: str, plan: Plan, **data: Any) -> None:
    journal.record(
        actor=actor, action=action, event_id=plan.event_id, subject_kind="plan", subject_id=plan.id, **data
    )
