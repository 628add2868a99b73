"""How good a schedule is after changes by hand, and when what was proven of it still holds."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.errors import ForumError
from forum.models import Delegate, Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import plan_standing, plans, scheduling_facts
from forum.queries.plans import CertificateView
from forum.services import arranging, meetings
from forum.services import plans as commands
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import SmallForum, small_forum

LEVELS = ("musts", "weight", "shortfall", "cancelled", "moved", "idle", "uneven")


def _now(forum: SmallForum, plan_id: int) -> CertificateView:
    db.session.rollback()
    plan = plans.find(event_id=forum.event.id, row_id=plan_id)
    assert plan is not None
    certificate = plan_standing.as_now(plan).certificate
    assert certificate is not None
    return certificate


def _bounds(found: CertificateView) -> list[int | None]:
    return [level.bound for level in found.levels]


def _meetings(plan_id: int) -> list[Meeting]:
    return list(db.session.scalars(select(Meeting).filter_by(plan_id=plan_id).order_by(Meeting.id)))


def _change(forum: SmallForum, plan_id: int, random: Random) -> None:
    """Take a meeting out, or put one somewhere: whatever the checks allow."""
    which: dict[str, Any] = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    place = {"slot_id": random.choice(forum.slots).id, "table_id": random.choice(forum.tables).id}
    held = {row.request_id: row.id for row in _meetings(plan_id)}
    request_id = random.choice(forum.requests).id
    with suppress(ForumError):
        if request_id not in held:
            meetings.place(**which, request_id=request_id, **place)
        elif random.random() < 0.3:
            meetings.remove(**which, meeting_id=held[request_id])
        else:
            meetings.move(**which, meeting_id=held[request_id], **place)


def _touch(forum: SmallForum, plan_id: int) -> None:
    """Change something and change it back."""
    which: dict[str, Any] = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    first = _meetings(plan_id)[0]
    for is_locked in (not first.is_locked, first.is_locked):
        meetings.lock(**which, meeting_id=first.id, is_locked=is_locked)


@pytest.mark.parametrize("seed", range(6))
def test_a_schedule_as_computed_measures_as_it_was_computed(app: Flask, seed: int) -> None:
    """With a schedule in force, more companies than seats, and people who are told already."""
    random = Random(seed)
    pairs = [(a, b) for a in range(7) for b in range(a) if random.random() < 0.5]
    forum = small_forum(companies=7, slots=4, tables=2, pairs=pairs)
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    plan_id = forum.solved(seed=seed)
    before = _now(forum, plan_id)
    _touch(forum, plan_id)
    assert _now(forum, plan_id) == before


@pytest.mark.parametrize("seed", range(6))
def test_no_change_by_hand_exceeds_a_bound_that_is_shown(app: Flask, seed: int) -> None:
    random = Random(seed)
    forum = small_forum(companies=5, slots=4, tables=2)
    plan_id = forum.solved()
    computed = _now(forum, plan_id)
    for _ in range(8):
        _change(forum, plan_id, random)
        now = _now(forum, plan_id)
        assert now.placed == len(_meetings(plan_id))
        assert (now.musts_bound, now.bound) == (computed.musts_bound, computed.bound)
        assert now.weight <= now.bound
        for level in now.levels[2:]:
            assert level.bound is None or level.bound <= level.value


def test_a_bound_is_of_schedules_as_good_in_all_before(app: Flask) -> None:
    """With one meeting less people may wait less than was proven of those who hold all of them."""
    forum = small_forum(slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    before = _now(forum, plan_id)
    first = _meetings(plan_id)[0].id
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=first)
    now = _now(forum, plan_id)
    assert (before.proven, now.proven) == (True, False)
    assert (now.placed, now.weight, _bounds(now)) == (1, before.weight // 2, [0, before.weight] + 5 * [None])


def test_undoing_the_change_makes_it_proven_again(app: Flask) -> None:
    forum = small_forum(slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    before = _now(forum, plan_id)
    which: dict[str, Any] = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    number = meetings.remove(**which, meeting_id=_meetings(plan_id)[0].id)
    arranging.undo(**which, change_number=number)
    assert (_now(forum, plan_id), before.proven) == (before, True)


def test_other_rules_leave_no_bound(app: Flask) -> None:
    forum = small_forum(slots=3, tables=2, pairs=[(0, 1), (0, 2), (1, 2)])
    plan_id = forum.solved()
    _touch(forum, plan_id)
    holds = _now(forum, plan_id)
    with transaction():
        db.session.get_one(Delegate, forum.delegates[0].id).most_meetings = 9
    gone = _now(forum, plan_id)
    assert (holds.is_bounded, gone.is_bounded, _bounds(gone)) == (True, False, 7 * [None])
    assert [level.value for level in gone.levels] == [level.value for level in holds.levels]


def test_a_request_that_gets_other_people_leaves_no_bound(app: Flask) -> None:
    """The bound is about those whom the computation let speak: a colleague may have more time."""
    forum = small_forum(slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    with transaction():
        colleague = factories.delegate(db.session.merge(forum.event), company_id=forum.companies[0].id).id
    plan_id = forum.solved()
    _touch(forum, plan_id)
    same = _now(forum, plan_id)
    with transaction():
        (seat,) = [
            each for each in _meetings(plan_id)[0].participants
            if each.delegate_id in (colleague, forum.delegates[0].id)
        ]  # fmt: skip
        seat.delegate_id = ({colleague, forum.delegates[0].id} - {seat.delegate_id}).pop()
    assert (same.is_bounded, _now(forum, plan_id).is_bounded) == (True, False)


def test_a_lock_that_the_computation_kept_has_to_be_kept(app: Flask) -> None:
    forum = small_forum(slots=3, tables=1, pairs=[(0, 1)])
    first = forum.solved()
    which: dict[str, Any] = {"actor": SYSTEM, "event_id": forum.event.id}
    meetings.lock(**which, plan_id=first, meeting_id=_meetings(first)[0].id, is_locked=True)
    plan_id = forum.solved()
    row = _meetings(plan_id)[0]
    where = {**which, "plan_id": plan_id, "meeting_id": row.id}
    meetings.lock(**where, is_locked=False)
    free = _now(forum, plan_id)
    meetings.lock(**where, is_locked=True)
    assert (free.is_bounded, _now(forum, plan_id).is_bounded) == (False, True)


def test_what_is_published_says_how_good_it_was_then(app: Flask) -> None:
    forum = small_forum(slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    which: dict[str, Any] = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    meetings.remove(**which, meeting_id=_meetings(plan_id)[0].id)
    draft = _now(forum, plan_id)
    commands.publish(**which)
    with transaction():
        db.session.get_one(Delegate, forum.delegates[0].id).most_meetings = 1
    assert (_now(forum, plan_id), draft.placed) == (draft, 1)


def test_the_mark_of_the_facts_is_another_for_every_fact_and_the_same_for_the_same(app: Flask) -> None:
    forum = small_forum()
    event_id = forum.event.id
    before = scheduling_facts.of_event(event_id).mark
    db.session.rollback()
    scheduling_facts._FACTS._kept.clear()
    again = scheduling_facts.of_event(event_id).mark
    with transaction():
        db.session.get_one(Delegate, forum.delegates[0].id).most_meetings = 1
    assert (again == before, scheduling_facts.of_event(event_id).mark == before) == (True, False)
