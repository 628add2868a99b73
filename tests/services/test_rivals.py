"""Two who do the same at the same moment: one after the other, and nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from forum.domain.states import JobStatus, MeetingStatus, PaperKind, PlanStatus, RequestStatus
from forum.errors import ForumError
from forum.models import Badge, Meeting, Paper, Plan, Print, PrintRun, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries.papers import PaperChoice
from forum.services import day_marks, papers, plans, print_runs, repairing, requests, visits
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import small_forum

ROUNDS = 3


def _at_once(app: Flask, *commands: Callable[[], object]) -> list[str]:
    """What each was told, in alphabetical order."""
    start = threading.Barrier(len(commands))

    def run(command: Callable[[], object]) -> str:
        start.wait()
        with app.app_context():
            try:
                command()
            except ForumError as error:
                return error.code
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(len(commands)) as pool:
        return sorted(pool.map(run, commands))


def test_two_schedules_published_at_once_are_two_revisions(any_app: Flask) -> None:
    forum = small_forum()
    event_id = forum.event.id
    for done in range(ROUNDS):
        drafts = forum.solved(), forum.solved(seed=1)
        told = _at_once(
            any_app,
            *(lambda key=key: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=key) for key in drafts),
        )
        revisions = db.session.execute(
            select(Plan.revision, Plan.status).where(Plan.id.in_(drafts)).order_by(Plan.revision)
        ).all()
        assert (told, [tuple(row) for row in revisions]) == (
            ["done", "done"],
            [(2 * done + 1, PlanStatus.SUPERSEDED), (2 * done + 2, PlanStatus.PUBLISHED)],
        )


def test_a_schedule_published_twice_at_once_is_in_force_once(any_app: Flask) -> None:
    forum = small_forum()
    event_id, draft = forum.event.id, forum.solved()
    publish = lambda: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=draft)  # noqa: E731
    assert _at_once(any_app, publish, publish) == ["done", "plan_not_draft"]


def _announced_for_nobody() -> int:
    """Meetings that people know of and that are about a request which was taken back."""
    db.session.rollback()
    found = (
        select(func.count())
        .select_from(Meeting)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Request, Request.id == Meeting.request_id)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
            Request.status == RequestStatus.WITHDRAWN,
        )
    )
    return db.session.scalar(found) or 0


def test_a_request_taken_back_while_its_schedule_is_published_has_no_meeting(any_app: Flask) -> None:
    """Either the schedule is out of date by then, or the meeting is called off: whoever comes first."""
    forum = small_forum(companies=4, slots=3, tables=2, pairs=[(0, 1), (0, 2), (0, 3)])
    event_id, who = forum.event.id, forum.delegates[0].id
    for request_id in [row.id for row in forum.requests[:ROUNDS]]:
        draft = forum.solved()
        told = _at_once(
            any_app,
            lambda draft=draft: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=draft),
            lambda key=request_id: requests.withdraw(
                actor=SYSTEM, event_id=event_id, delegate_id=who, request_id=key, agreed=None
            ),
        )
        status = db.session.scalar(select(Request.status).where(Request.id == request_id))
        assert (told in (["done", "done"], ["done", "plan_stale"]), status) == (True, RequestStatus.WITHDRAWN)
        assert _announced_for_nobody() == 0


def test_a_request_that_ends_beside_the_schedule_would_leave_its_meeting(app: Flask) -> None:
    """The negative control: without the service nobody calls the meeting off."""
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    with transaction():
        db.session.get_one(Request, forum.requests[0].id).status = RequestStatus.WITHDRAWN
    assert _announced_for_nobody() == 1


def test_two_schedules_ordered_at_once_are_one(any_app: Flask) -> None:
    forum = small_forum()
    event_id = forum.event.id
    order = lambda: plans.order(actor=SYSTEM, event_id=event_id)  # noqa: E731
    assert _at_once(any_app, order, order, order) == ["done", "plan_under_way", "plan_under_way"]


def test_people_sign_up_while_a_schedule_is_published(any_app: Flask) -> None:
    """The one locks the forum and then its visits, the others visits and then, for their rows, the forum."""
    forum = small_forum()
    event_id = forum.event.id
    with transaction():
        event = db.session.merge(forum.event)
        visit_id = factories.visit(event, factories.site(event)).id
        people = [factories.delegate(event).id for _ in range(6)]
    for seed in range(ROUNDS):
        draft = forum.solved(seed=seed)
        told = _at_once(
            any_app,
            lambda draft=draft: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=draft),
            *(lambda key=key: _there_and_back(event_id, visit_id, key) for key in people),
        )
        assert told == ["done"] * 7


def _there_and_back(event_id: int, visit_id: int, delegate_id: int) -> None:
    whose = {"actor": SYSTEM, "event_id": event_id, "visit_id": visit_id, "delegate_id": delegate_id}
    for _ in range(5):
        visits.sign_up(**whose)
        visits.cancel(**whose)


def test_two_workers_that_print_for_the_same_people_agree(any_app: Flask) -> None:
    """Neither gives a second badge code or a second revision, and neither fails."""
    with transaction():
        event = factories.event()
        people = [factories.delegate(event) for _ in range(8)]
    runs = [
        papers.order(actor=SYSTEM, event_id=event.id, kind=kind, sheet="a6", choice=PaperChoice())
        for kind in (PaperKind.BADGE, PaperKind.BADGE, PaperKind.BADGE)
    ]
    _at_once(any_app, *(lambda key=key: print_runs.work(key) for key in runs))
    db.session.rollback()
    assert set(db.session.scalars(select(PrintRun.status))) == {JobStatus.DONE}
    counts = [db.session.scalar(select(func.count(table.id))) for table in (Badge, Paper, Print)]
    assert counts == [len(people), len(people), len(people) * len(runs)]


def test_a_repair_applied_twice_at_once_is_one_revision(any_app: Flask) -> None:
    forum = small_forum()
    event_id = forum.event.id
    plans.publish(actor=SYSTEM, event_id=event_id, plan_id=forum.solved())
    draft = repairing.propose(actor=SYSTEM, event_id=event_id)
    apply = lambda: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=draft)  # noqa: E731
    assert _at_once(any_app, apply, apply) == ["done", "plan_not_draft"]


def test_what_is_noted_while_a_schedule_is_published_is_not_lost(any_app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    event_id, request_id = forum.event.id, forum.requests[0].id
    plans.publish(actor=SYSTEM, event_id=event_id, plan_id=forum.solved())
    draft = forum.solved()
    told = _at_once(
        any_app,
        lambda: plans.publish(actor=SYSTEM, event_id=event_id, plan_id=draft),
        lambda: day_marks.held(actor=SYSTEM, event_id=event_id, request_id=request_id),
    )
    db.session.rollback()
    status = db.session.scalar(select(Meeting.status).filter_by(plan_id=draft))
    assert (told, status) == (["done", "done"], MeetingStatus.HELD)
