"""What is kept in the process is given out only as long as it is what would be read anew."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.domain.states import PartOfDay, RegistrationStatus, RequestStatus, SeparationKind
from forum.models import (
    Absence,
    Attendance,
    Delegate,
    Interpreter,
    InterpreterAvailability,
    Meeting,
    Request,
    RequestGuest,
    Separation,
    Table,
    TableClosing,
)
from forum.models.base import db
from forum.queries import rereading, scheduling_facts, scheduling_problem
from forum.queries.scheduling_problem import Around
from forum.unit_of_work import transaction
from tests import factories
from tests.queries_counted import statements
from tests.small_forums import SmallForum, small_forum

Change = Callable[[SmallForum], object]


def _row(forum: SmallForum) -> Meeting:
    return db.session.scalars(select(Meeting).order_by(Meeting.request_id)).first()  # type: ignore[return-value]


def _free_slot(forum: SmallForum) -> int:
    taken = set(db.session.scalars(select(Meeting.slot_id)))
    return next(slot.id for slot in forum.slots if slot.id not in taken)


def _hours(forum: SmallForum) -> None:
    helper = db.session.scalars(select(Interpreter)).one()
    start = forum.slots[1].starts_at
    db.session.add(
        InterpreterAvailability(
            interpreter_id=helper.id, starts_at=start, ends_at=start + timedelta(minutes=25)
        )
    )


def _session(forum: SmallForum) -> None:
    slot = forum.slots[0]
    row = factories.session(forum.event, starts_at=slot.starts_at, ends_at=slot.ends_at, blocks_meetings=True)
    db.session.add(Attendance(session_id=row.id, delegate_id=forum.delegates[0].id))


def _delegate(**values: object) -> Change:
    return lambda forum: db.session.execute(
        update(Delegate).where(Delegate.id == forum.delegates[0].id).values(**values)
    )


def _request(**values: object) -> Change:
    return lambda forum: db.session.execute(
        update(Request).where(Request.id == forum.requests[-1].id).values(**values)
    )


def _added(make: Callable[[SmallForum], object]) -> Change:
    return lambda forum: db.session.add(make(forum))


CHANGES: dict[str, Change] = {
    "a move": lambda forum: setattr(_row(forum), "slot_id", _free_slot(forum)),
    "a lock": lambda forum: setattr(_row(forum), "is_locked", True),
    "a meeting taken out": lambda forum: db.session.delete(_row(forum)),
    "an absence": _added(
        lambda forum: Absence(
            delegate_id=forum.delegates[0].id,
            starts_at=forum.slots[0].starts_at,
            ends_at=forum.slots[0].ends_at,
        )
    ),
    "a table closed": _added(
        lambda forum: TableClosing(table_id=forum.tables[0].id, slot_id=forum.slots[0].id)
    ),
    "a table kept for officials": lambda forum: db.session.execute(update(Table).values(for_officials=True)),
    "a wish for the morning": _request(part_of_day=PartOfDay.MORNING),
    "a guest": _added(
        lambda forum: RequestGuest(request_id=forum.requests[0].id, delegate_id=forum.delegates[3].id)
    ),
    "companies kept apart": _added(
        lambda forum: Separation(
            event_id=forum.event.id,
            first_id=forum.companies[0].id,
            second_id=forum.companies[1].id,
            kind=SeparationKind.NEVER,
        )
    ),
    "the hours of an interpreter": _hours,
    "a session": _session,
    "a late arrival": lambda forum: _delegate(arrives_at=forum.slots[2].starts_at)(forum),
    "a limit": _delegate(most_meetings=1),
    "a rest": _delegate(rest_after=1),
    "languages": _delegate(spoken=["en"]),
    "a request accepted no more": _request(status=RequestStatus.DECLINED),
    "somebody withdrawn": _delegate(status=RegistrationStatus.WITHDRAWN),
}


def _asked(forum: SmallForum, plan_id: int) -> Around:
    db.session.rollback()
    return scheduling_problem.gather_around_plan(event_id=forum.event.id, plan_id=plan_id)


def _furnished() -> tuple[SmallForum, int]:
    forum = small_forum(companies=4, slots=4, tables=2, pairs=[(0, 1), (0, 2), (3, 1)])
    with transaction():
        db.session.add(Interpreter(event_id=forum.event.id, name="Interpreter", spoken=["ru", "kk"]))
    return forum, forum.solved()


def test_every_change_is_seen_at_once(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    forum, plan_id = _furnished()
    for what, change in CHANGES.items():
        before = _asked(forum, plan_id)
        assert _asked(forum, plan_id) is before, what
        with transaction():
            change(forum)
        seen = _asked(forum, plan_id)
        with monkeypatch.context() as anew:
            anew.setattr(rereading, "_still_holds", lambda *_: False)
            assert (seen == _asked(forum, plan_id), seen != before) == (True, True), what


def test_what_somebody_else_commits_is_seen_at_once(any_app: Flask) -> None:
    forum, plan_id = _furnished()
    event_id, delegate_id = forum.event.id, forum.delegates[0].id

    def limit(most: int) -> None:
        with any_app.app_context(), transaction():
            db.session.execute(update(Delegate).where(Delegate.id == delegate_id).values(most_meetings=most))

    def seen() -> int | None:
        db.session.rollback()
        around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
        return around.problem.person_by_id[delegate_id].max_meetings

    with ThreadPoolExecutor(1) as elsewhere:
        found = []
        for most in (5, 6):
            elsewhere.submit(limit, most).result()
            found += [seen(), seen()]
    assert found == [5, 5, 6, 6]


def test_a_guard_that_compares_nothing_would_miss_them(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    forum, plan_id = _furnished()
    monkeypatch.setattr(rereading, "_digest", lambda *_: b"")
    before = _asked(forum, plan_id)
    with transaction():
        CHANGES["an absence"](forum)
    assert _asked(forum, plan_id) is before


def test_facts_are_read_in_columns_and_whole(app: Flask) -> None:
    """What a session has read already must be read again, else nobody would notice that it has changed."""
    event_id = _furnished()[0].event.id
    with statements(app) as first:
        scheduling_facts._read(event_id)
    with statements(app) as second:
        scheduling_facts._read(event_id)
    assert first == second
