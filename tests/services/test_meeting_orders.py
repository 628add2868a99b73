"""What the organisers say about meetings reaches the scheduler: which comes first, which must be, how few."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.errors import ForumError
from forum.models import Meeting, Slot
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import scheduling_problem
from forum.services import meeting_orders, request_decisions
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import small_forum


def test_a_schedule_keeps_the_order_that_was_said(app: Flask) -> None:
    forum = small_forum(companies=4, slots=4, tables=2)
    first, then = forum.requests[-1].id, forum.requests[0].id
    meeting_orders.put(actor=SYSTEM, event_id=forum.event.id, before_id=first, after_id=then)
    plan_id = forum.solved()
    rows = db.session.execute(
        select(Meeting.request_id, Slot.starts_at).join(Slot).where(Meeting.plan_id == plan_id)
    )
    times = {row.request_id: row.starts_at for row in rows}
    assert times[first] < times[then]


def test_an_order_that_contradicts_others_is_refused_also_by_the_request_from_the_other_side(
    app: Flask,
) -> None:
    forum = small_forum(companies=3, slots=3, tables=1)
    one, other, last = (row.id for row in forum.requests)
    with transaction():
        mirrored = factories.request(forum.event, forum.companies[1], forum.companies[0]).id
    for before, after in ((one, other), (other, last)):
        meeting_orders.put(actor=SYSTEM, event_id=forum.event.id, before_id=before, after_id=after)
    with pytest.raises(ForumError) as error:
        meeting_orders.put(actor=SYSTEM, event_id=forum.event.id, before_id=last, after_id=mirrored)
    assert error.value.code == "order_goes_round"
    with pytest.raises(ForumError) as error:
        meeting_orders.put(actor=SYSTEM, event_id=forum.event.id, before_id=one, after_id=mirrored)
    assert error.value.code == "order_of_one"


def test_what_is_imposed_must_be_and_few_meetings_are_too_few(app: Flask) -> None:
    forum = small_forum(companies=2, slots=2, tables=1)
    with transaction():
        db.session.merge(forum.delegates[0]).least_meetings = 5
    where = {"event_id": forum.event.id}
    before = scheduling_problem.gather(**where).problem
    request_decisions.impose(actor=SYSTEM, **where, request_ids=[forum.requests[0].id])
    after = scheduling_problem.gather(**where).problem
    assert [problem.requests[0].must for problem in (before, after)] == [False, True]
    assert after.person_by_id[forum.delegates[0].id].min_meetings == 5
