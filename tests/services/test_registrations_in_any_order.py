"""Registrations in any order of work: no limit passed, the line in order, nobody lost, undo or not."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from forum import clock, jobs
from forum.domain.places import Seeker
from forum.domain.states import Category
from forum.domain.states import RegistrationStatus as Status
from forum.errors import ForumError
from forum.models import Capacity, Delegate, Event, Quota
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import places as numbers
from forum.services import offers, own_registrations, places, registration_undo, registrations
from forum.unit_of_work import transaction
from tests import factories
from tests.apps import app_on
from tests.databases import PostgresqlTemplate, SqliteTemplate

WHO = st.integers(0, 11)
_template: list[SqliteTemplate | PostgresqlTemplate] = []


class AnyOrder(RuleBasedStateMachine):
    """Three places for everybody, a quota of two for one of two delegations, automatic for the press."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        url = self.stack.enter_context(_template[0].lent())
        self.stack.enter_context(app_on(url, folder))
        self.now = factories.at(12, day=1) - timedelta(days=30)
        self.entries: list[int] = []
        self.applied = 0

    @initialize()
    def begin(self) -> None:
        with transaction():
            event = factories.event()
            factories.admission(event, Category.PRESS)
            self.sides = [factories.delegation(event).id for _ in range(2)]
            self.capacity_id = factories.capacity(event, places=3).id
            db.session.add(Quota(delegation_id=self.sides[0], category=Category.DELEGATE, places=2))
            self.event_id = event.id

    @rule(side=st.sampled_from([0, 1, None]), category=st.sampled_from([Category.DELEGATE, Category.PRESS]))
    def apply(self, side: int | None, category: Category) -> None:
        with self._later(), transaction():
            event = db.session.get_one(Event, self.event_id)
            delegation_id = None if side is None else self.sides[side]
            places.settle(
                factories.delegate(
                    event, status=Status.APPLIED, category=category, delegation_id=delegation_id
                )
            )
            self.applied += 1

    @rule(first=WHO, second=WHO, status=st.sampled_from(list(Status)))
    def decide(self, first: int, second: int, status: Status) -> None:
        with self._later():
            decision = registrations.decide(
                actor=SYSTEM,
                event_id=self.event_id,
                delegate_ids=self._people(first, second),
                status=status,
                note="Вопрос или причина",
            )
            self.entries.append(decision.entry_id)

    @rule(which=st.integers(0, 3))
    def undo(self, which: int) -> None:
        with self._later():
            if self.entries:
                entry_id = self.entries[-1 - which % len(self.entries)]
                registration_undo.take_back(actor=SYSTEM, event_id=self.event_id, entry_id=entry_id)

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        self._own(offers.accept, who)

    @rule(who=WHO)
    def refuse(self, who: int) -> None:
        self._own(offers.refuse, who)

    @rule(who=WHO)
    def withdraw(self, who: int) -> None:
        self._own(own_registrations.withdraw, who)

    @rule(who=WHO)
    def apply_again(self, who: int) -> None:
        self._own(own_registrations.apply_again, who)

    @rule(hours=st.sampled_from([1, 24, 49]))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with self._later():
            jobs.go_round()

    @rule(more=st.integers(1, 2))
    def add_places(self, more: int) -> None:
        with self._later(), transaction():
            places.lock(self.event_id)
            db.session.get_one(Capacity, self.capacity_id).places += more
            db.session.flush()
            places.promote(self.event_id)

    @invariant()
    def no_limit_is_passed(self) -> None:
        db.session.rollback()
        assert [room.limit.title for room in numbers.room(event_id=self.event_id) if room.is_over] == []

    @invariant()
    def nobody_waits_while_there_is_a_place(self) -> None:
        db.session.rollback()
        with transaction():
            occupancy = places.lock(self.event_id)
        waiting = [
            places.seeker(row)
            for row in db.session.scalars(select(Delegate).filter_by(status=Status.WAITING))
        ]
        assert [who for who in waiting if occupancy.has_place(who)] == []

    @invariant()
    def whoever_was_offered_a_place_had_waited_longest_of_their_kind(self) -> None:
        db.session.rollback()
        rows = db.session.scalars(
            select(Delegate)
            .where(Delegate.status.in_((Status.OFFERED, Status.WAITING)))
            .order_by(Delegate.waiting_since, Delegate.id)
        )
        lines: dict[Seeker, list[Status]] = {}
        for row in rows:
            lines.setdefault(places.seeker(row), []).append(row.status)
        for line in lines.values():
            assert line == sorted(line, key=[Status.OFFERED, Status.WAITING].index)

    @invariant()
    def nobody_is_lost_and_every_row_says_one_thing(self) -> None:
        db.session.rollback()
        rows = db.session.scalars(select(Delegate)).all()
        assert len(rows) == self.applied
        odd = [
            row.status
            for row in rows
            if (row.offer_ends_at is not None) != (row.status is Status.OFFERED)
            or (row.waiting_since is not None) != (row.status in (Status.OFFERED, Status.WAITING))
        ]
        assert odd == []

    def teardown(self) -> None:
        self.stack.close()

    def _own(self, command: object, who: int) -> None:
        with self._later():
            for delegate_id in self._people(who):
                command(actor=SYSTEM, event_id=self.event_id, delegate_id=delegate_id)  # type: ignore[operator]

    def _people(self, *which: int) -> list[int]:
        db.session.rollback()
        ids = db.session.scalars(select(Delegate.id).order_by(Delegate.id)).all()
        return list({ids[each % len(ids)] for each in which}) if ids else []

    @contextlib.contextmanager
    def _later(self) -> Iterator[None]:
        """A second later than whatever was done before; a refusal is an answer."""
        self.now += timedelta(seconds=1)
        with clock.frozen(self.now), contextlib.suppress(ForumError):
            yield


def _run(template: SqliteTemplate | PostgresqlTemplate, examples: int) -> None:
    _template[:] = [template]
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_in_any_order(sqlite_template: SqliteTemplate) -> None:
    _run(sqlite_template, 20)


@pytest.mark.slow
def test_in_any_order_on_postgresql(postgresql_template: PostgresqlTemplate) -> None:
    _run(postgresql_template, 6)
