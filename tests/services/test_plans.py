"""Ordering, computing, publishing and taking back schedules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import clock, jobs
from forum.domain.roles import Role
from forum.domain.states import PlanStatus, RegistrationStatus, RequestStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Claim, Delegate, JournalEntry, Meeting, Message, Plan, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import next_plans, plan_checks, plans
from forum.scheduling import explain
from forum.scheduling.solve import solve
from forum.services import going_back, leases, meetings, repairing, solving
from forum.services import plans as commands
from forum.unit_of_work import is_writing, transaction
from tests.calls_noted import calls
from tests.cast import actor
from tests.small_forums import small_forum


def _code(error: pytest.ExceptionInfo[ForumError]) -> str:
    return error.value.code


def test_an_ordered_plan_becomes_a_draft_without_clashes(any_app: Flask) -> None:
    forum = small_forum()
    plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)
    jobs.work_off(any_app)
    plan = plans.find(event_id=forum.event.id, row_id=plan_id)
    assert plan is not None
    assert (plan.status, plan.meetings, plan.unplaced) == (PlanStatus.DRAFT, 6, ())
    assert plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id) == ()


def test_every_meeting_claims_its_people_and_its_table(any_app: Flask) -> None:
    forum = small_forum(pairs=[(0, 1)])
    plan_id = forum.solved()
    meeting = db.session.scalars(select(Meeting)).one()
    rows = db.session.execute(select(Claim.plan_id, Claim.kind, Claim.resource_id, Claim.slot_id))
    assert sorted(tuple(row) for row in rows) == [
        (plan_id, "delegate", forum.delegates[0].id, meeting.slot_id),
        (plan_id, "delegate", forum.delegates[1].id, meeting.slot_id),
        (plan_id, "table", meeting.table_id, meeting.slot_id),
    ]


def test_what_does_not_fit_stays_unplaced_with_a_reason(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.execute(update(Delegate).values(status=RegistrationStatus.WITHDRAWN))
    plan = plans.find(event_id=forum.event.id, row_id=forum.solved())
    assert plan is not None
    assert [(entry["request_id"], entry["code"]) for entry in plan.unplaced] == [
        (forum.requests[0].id, "no_delegate")
    ]


def test_why_meetings_stay_out_is_worked_out_before_anything_is_locked(app: Flask) -> None:
    forum = small_forum(companies=3, slots=1, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    with calls(explain, is_writing) as seen:
        forum.solved()
        repairing.propose(actor=SYSTEM, event_id=forum.event.id)
    assert [call for call in seen if call[0] == "explain"] == [("explain", False), ("explain", False)]


def test_only_one_computation_at_a_time(app: Flask) -> None:
    forum = small_forum()
    commands.order(actor=SYSTEM, event_id=forum.event.id)
    with pytest.raises(ForumError) as refusal:
        commands.order(actor=SYSTEM, event_id=forum.event.id)
    assert _code(refusal) == "plan_under_way"


@pytest.mark.parametrize(
    ("sizes", "code"),
    [
        ({"slots": 0}, "no_slots"),
        ({"tables": 0}, "no_tables"),
        ({"pairs": []}, "no_accepted_requests"),
    ],
)
def test_nothing_is_ordered_without_what_it_takes(app: Flask, sizes: dict, code: str) -> None:
    forum = small_forum(**sizes)
    with pytest.raises(ForumError) as refusal:
        commands.order(actor=SYSTEM, event_id=forum.event.id)
    assert _code(refusal) == code


def test_the_badge_desk_orders_nothing(app: Flask) -> None:
    forum = small_forum()
    with pytest.raises(NotAllowedError):
        commands.order(actor=actor(Role.DESK, event_id=forum.event.id), event_id=forum.event.id)


def test_a_waiting_plan_is_called_off(app: Flask) -> None:
    forum = small_forum()
    plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)
    commands.ask_stop(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    jobs.work_off(app)
    assert db.session.get_one(Plan, plan_id).status is PlanStatus.CANCELLED


def test_a_stopped_computation_keeps_the_best_so_far(app: Flask) -> None:
    forum = small_forum()
    plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)

    def stop_at_once(_progress: object) -> None:
        if db.session.get_one(Plan, plan_id).status is PlanStatus.SOLVING:
            commands.ask_stop(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)

    solving.work(plan_id, listener=stop_at_once)
    assert db.session.get_one(Plan, plan_id).status is PlanStatus.DRAFT


def test_a_dead_worker_is_replaced_when_its_lease_runs_out(any_app: Flask) -> None:
    forum = small_forum()
    start = clock.now()
    with clock.frozen(start):
        plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)
        dead = leases.take(table=Plan, row_id=plan_id, statuses=(PlanStatus.QUEUED,))
    with clock.frozen(start + leases.LEASE - timedelta(seconds=1)):
        jobs.go_round()
        early = db.session.get_one(Plan, plan_id).status
    with clock.frozen(start + leases.LEASE + timedelta(seconds=1)):
        jobs.go_round()
    plan = db.session.get_one(Plan, plan_id)
    assert (dead, early, plan.status, plan.lease) == (1, PlanStatus.QUEUED, PlanStatus.DRAFT, 2)


def test_a_worker_that_lost_its_lease_writes_nothing(any_app: Flask) -> None:
    forum = small_forum()
    start = clock.now()
    with clock.frozen(start):
        plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)
        slow = leases.take(table=Plan, row_id=plan_id, statuses=(PlanStatus.QUEUED,))
        task = next_plans.task(event_id=forum.event.id)
    with clock.frozen(start + leases.LEASE + timedelta(seconds=1)):
        solving.work(plan_id)
        before = db.session.scalars(select(Meeting.id).order_by(Meeting.id)).all()
        stored = solving.store(
            plan_id=plan_id, lease=slow or 0, task=task, schedule=solve(task.problem), reasons=[]
        )
    assert (stored, db.session.scalars(select(Meeting.id).order_by(Meeting.id)).all()) == (False, before)


def test_a_plan_that_kills_its_workers_fails_in_the_end(app: Flask) -> None:
    forum = small_forum()
    start = clock.now()
    plan_id = commands.order(actor=SYSTEM, event_id=forum.event.id)
    for attempt in range(solving.MOST_ATTEMPTS):
        with clock.frozen(start + attempt * 2 * leases.LEASE):
            leases.take(table=Plan, row_id=plan_id, statuses=(PlanStatus.QUEUED,))
    with clock.frozen(start + 10 * leases.LEASE):
        jobs.go_round()
    plan = db.session.get_one(Plan, plan_id)
    assert (plan.status, plan.error) == (PlanStatus.FAILED, "plan_gave_up")


def test_publishing_replaces_what_was_in_force(any_app: Flask) -> None:
    forum = small_forum()
    first, second = forum.solved(), forum.solved(seed=1)
    for plan_id in (first, second):
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    rows = db.session.execute(select(Plan.id, Plan.status, Plan.revision).order_by(Plan.id))
    assert [tuple(row) for row in rows] == [
        (first, PlanStatus.SUPERSEDED, 1),
        (second, PlanStatus.PUBLISHED, 2),
    ]


def test_going_back_is_a_revision_of_its_own(any_app: Flask) -> None:
    forum = small_forum()
    first, second = forum.solved(), forum.solved()
    for plan_id in (first, second):
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=first)
    rows = db.session.execute(select(Plan.id, Plan.status, Plan.revision).order_by(Plan.id))
    assert [tuple(row)[1:] for row in rows] == [
        (PlanStatus.SUPERSEDED, 1),
        (PlanStatus.SUPERSEDED, 2),
        (PlanStatus.PUBLISHED, 3),
    ]


def test_only_those_affected_are_told(any_app: Flask) -> None:
    forum = small_forum(pairs=[(0, 1), (2, 3)])
    first = forum.solved()
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=first)
    db.session.rollback()
    second = forum.solved()
    meeting = db.session.scalars(
        select(Meeting).filter_by(plan_id=second, request_id=forum.requests[0].id)
    ).one()
    slot_id = next(slot.id for slot in forum.slots if slot.id != meeting.slot_id)
    taken = db.session.scalars(select(Meeting.table_id).filter_by(plan_id=second, slot_id=slot_id)).all()
    table_id = next(table.id for table in forum.tables if table.id not in taken)
    meetings.move(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=second,
        meeting_id=meeting.id,
        slot_id=slot_id,
        table_id=table_id,
    )
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=second)
    told = db.session.scalars(
        select(Message.recipient).where(Message.occasion.contains("revision 2")).order_by(Message.recipient)
    ).all()
    assert told == sorted(str(forum.delegates[n].email) for n in (0, 1))


def test_a_mail_says_what_is_new_in_the_language_of_its_reader(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.execute(update(Delegate).values(language="en"))
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    mail = db.session.scalars(select(Message).order_by(Message.id)).first()
    assert mail is not None
    assert (mail.subject, mail.body.split("\n\n")[1]) == (
        "Your meetings at Forum have changed",
        "• New: ООО «Фирма 1», 2 December, 10:00, table 1",
    )


def test_a_protected_person_is_told_through_the_aide(app: Flask) -> None:
    forum = small_forum(companies=3, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[0].id).values(aide_id=forum.delegates[2].id)
        )
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    told = db.session.scalars(select(Message.recipient).order_by(Message.recipient)).all()
    assert told == sorted(str(forum.delegates[n].email) for n in (1, 2))


def test_a_draft_that_changes_have_overtaken_is_not_published(app: Flask) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    with transaction():
        db.session.execute(
            update(Request).where(Request.id == forum.requests[0].id).values(status=RequestStatus.DECLINED)
        )
    with pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _code(refusal) == "plan_stale"


def test_a_double_booking_is_not_published(app: Flask) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    with transaction():
        db.session.execute(update(Meeting).values(slot_id=forum.slots[0].id, table_id=forum.tables[0].id))
    with pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _code(refusal) == "plan_has_clashes"


def test_a_discarded_draft_is_not_published(app: Flask) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    commands.discard(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    with pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _code(refusal) == "plan_not_draft"


def test_a_draft_cannot_be_gone_back_to(app: Flask) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    with pytest.raises(ForumError) as refusal:
        going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _code(refusal) == "plan_was_never_published"


def test_every_verb_is_in_the_journal(app: Flask) -> None:
    forum = small_forum()
    first, second = forum.solved(), forum.solved()
    for plan_id in (first, second):
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=first)
    actions = db.session.scalars(
        select(JournalEntry.action).filter_by(subject_kind="plan").order_by(JournalEntry.id)
    ).all()
    assert actions == [
        *["plan_ordered", "plan_computed"] * 2,
        *["plan_published"] * 2,
        "plan_brought_back",
    ]
