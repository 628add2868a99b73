"""Meetings moved, placed, locked, removed and computed anew in any order: nobody is ever booked twice."""

from __future__ import annotations

import contextlib
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from forum import create_app
from forum.database import dispose
from forum.domain.states import PlanStatus
from forum.errors import ForumError
from forum.models import Meeting, Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import plan_checks
from forum.scheduling.solve import QUICK
from forum.services import meetings, plans, solving
from tests.databases import SqliteTemplate, settings_for
from tests.small_forums import small_forum

PLACES = st.integers(0, 3)
_template: list[SqliteTemplate] = []


class AnyOrder(RuleBasedStateMachine):
    """Five companies who all want to meet, three slots, two tables: never room for everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        url = self.stack.enter_context(_template[0].fresh(folder))
        app = create_app(settings_for(url, folder))
        self.stack.callback(dispose, app)
        self.stack.enter_context(app.app_context())

    @initialize()
    def begin(self) -> None:
        forum = small_forum(companies=5, slots=3, tables=2)
        self.event_id = forum.event.id
        self.slots = [slot.id for slot in forum.slots]
        self.tables = [table.id for table in forum.tables]
        self.requests = [request.id for request in forum.requests]
        self.compute(seed=0)

    @rule(seed=st.integers(0, 3))
    def compute(self, seed: int) -> None:
        self.plan_id = plans.order(actor=SYSTEM, event_id=self.event_id, seed=seed)
        solving.work(self.plan_id, effort=QUICK)

    @rule(which=PLACES, slot=PLACES, table=PLACES)
    def move(self, which: int, slot: int, table: int) -> None:
        if meeting_id := self._meeting(which):
            with _refusals():
                meetings.move(meeting_id=meeting_id, **self._place(slot, table))

    @rule(which=st.integers(0, 9), slot=PLACES, table=PLACES)
    def place(self, which: int, slot: int, table: int) -> None:
        with _refusals():
            meetings.place(request_id=self.requests[which], **self._place(slot, table))

    @rule(which=PLACES)
    def remove(self, which: int) -> None:
        if meeting_id := self._meeting(which):
            meetings.remove(meeting_id=meeting_id, **self._plan())

    @rule(which=PLACES, is_locked=st.booleans())
    def lock(self, which: int, is_locked: bool) -> None:
        if meeting_id := self._meeting(which):
            meetings.lock(meeting_id=meeting_id, is_locked=is_locked, **self._plan())

    @rule()
    def publish_and_begin_anew(self) -> None:
        plans.publish(**self._plan())
        self.compute(seed=0)

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        db.session.rollback()
        for plan_id in db.session.scalars(
            select(Plan.id).where(Plan.status.in_((PlanStatus.DRAFT, PlanStatus.PUBLISHED)))
        ).all():
            assert plan_checks.clashes_of(event_id=self.event_id, plan_id=plan_id) == ()

    def teardown(self) -> None:
        self.stack.close()

    def _plan(self) -> dict:
        return {"actor": SYSTEM, "event_id": self.event_id, "plan_id": self.plan_id}

    def _place(self, slot: int, table: int) -> dict:
        place = {"slot_id": self.slots[slot % 3], "table_id": self.tables[table % 2]}
        return self._plan() | place

    def _meeting(self, which: int) -> int | None:
        """One of the meetings of the draft, if it has any left."""
        ids = db.session.scalars(select(Meeting.id).filter_by(plan_id=self.plan_id)).all()
        return ids[which % len(ids)] if ids else None


def _refusals() -> contextlib.AbstractContextManager[None]:
    return contextlib.suppress(ForumError)


@pytest.mark.slow
def test_in_any_order(sqlite_template: SqliteTemplate) -> None:
    _template[:] = [sqlite_template]
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
