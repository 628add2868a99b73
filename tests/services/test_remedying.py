"""A remedy that is taken gives the request its meeting, and undone it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.domain.states import PartOfDay
from forum.errors import ForumError
from forum.models import Absence, Delegate, Interpreter, InterpreterAvailability, Meeting, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import plan_checks, scheduling_problem, unplaced
from forum.queries.unplaced import RemedyView
from forum.services import arranging, remedying
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import SmallForum, small_forum


def _no_table() -> SmallForum:
    return small_forum(companies=4, slots=1, tables=1, pairs=[(0, 1), (2, 3)])


def _with_delegate(**values: object) -> SmallForum:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    with transaction():
        db.session.execute(update(Delegate).where(Delegate.id == forum.delegates[0].id).values(**values))
    return forum


def _away() -> SmallForum:
    forum = small_forum(companies=2, slots=2, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.add(
            Absence(
                delegate_id=forum.delegates[0].id,
                starts_at=forum.slots[0].starts_at,
                ends_at=forum.slots[-1].ends_at,
                reason="dentist",
            )
        )
    return forum


def _other_part() -> SmallForum:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.execute(update(Request).values(part_of_day=PartOfDay.AFTERNOON))
    return forum


def _out_of_hours() -> SmallForum:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        for row, language in zip(forum.delegates, ("ru", "en"), strict=True):
            db.session.merge(row).spoken = [language]
        late = forum.slots[-1].ends_at + timedelta(hours=1)
        hours = [InterpreterAvailability(starts_at=late, ends_at=late + timedelta(hours=1))]
        db.session.add(
            Interpreter(event_id=forum.event.id, name="Айгүл", spoken=["ru", "en"], availabilities=hours)
        )
    return forum


FORUMS: dict[str, Callable[[], SmallForum]] = {
    "add_table": _no_table,
    "cancel": _no_table,
    "raise_limit": lambda: _with_delegate(most_meetings=1),
    "skip_rest": lambda: _with_delegate(rest_after=1),
    "free_person": _away,
    "allow_slot": _other_part,
    "add_interpreter": _out_of_hours,
}


def _offered(forum: SmallForum, plan_id: int, code: str) -> tuple[int, RemedyView]:
    """The request without a meeting, and its remedy of that kind."""
    (row,) = unplaced.page(event_id=forum.event.id, plan_id=plan_id).rows
    return row.request_id, next(each for each in row.remedies if [step.code for step in each.steps] == [code])


def _state(forum: SmallForum, plan_id: int) -> tuple[object, object]:
    db.session.rollback()
    around = scheduling_problem.gather_around_plan(event_id=forum.event.id, plan_id=plan_id)
    return around.problem, frozenset(around.schedule.placements)


@pytest.mark.parametrize("code", FORUMS)
def test_every_remedy_places_the_request_and_can_be_undone(app: Flask, code: str) -> None:
    forum = FORUMS[code]()
    plan_id = forum.solved()
    which = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    before = _state(forum, plan_id)
    request_id, remedy = _offered(forum, plan_id, code)
    assert remedy.mark is not None
    number = remedying.take(request_id=request_id, seen=remedy.mark, **which)
    after = _state(forum, plan_id)
    meeting = db.session.scalars(select(Meeting).filter_by(request_id=request_id)).one()
    assert (meeting.slot_id, meeting.is_locked) == (remedy.slot_id, True)
    assert plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id) == ()
    number = arranging.undo(change_number=number, **which)
    undone = _state(forum, plan_id)
    arranging.undo(change_number=number, **which)
    assert (undone == before, _state(forum, plan_id) == after) == (True, True)


def test_who_has_said_otherwise_has_to_agree(app: Flask) -> None:
    forum = FORUMS["free_person"]()
    plan_id = forum.solved()
    name = f"{forum.delegates[0].family_name} {forum.delegates[0].given_name}"
    assert _offered(forum, plan_id, "free_person")[1].asks == (name,)


def test_a_flight_is_not_the_offices_to_move(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.merge(forum.delegates[0]).arrives_at = forum.slots[0].ends_at
    assert _offered(forum, forum.solved(), "free_person")[1].mark is None


def test_a_remedy_that_is_no_longer_the_same_is_refused(app: Flask) -> None:
    forum = _no_table()
    plan_id = forum.solved()
    request_id, remedy = _offered(forum, plan_id, "add_table")
    with transaction():
        factories.table(forum.event, 9)
    with pytest.raises(ForumError) as refusal:
        remedying.take(
            actor=SYSTEM,
            event_id=forum.event.id,
            plan_id=plan_id,
            request_id=request_id,
            seen=remedy.mark or "",
        )
    assert refusal.value.code == "board_stale"
