"""A schedule and its day in any order of work: nothing that is forbidden, and letters to the right people."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update

from forum import clock, mail
from forum.domain.states import MeetingStatus, PlanStatus
from forum.errors import ForumError
from forum.models import Absence, Claim, Meeting, MeetingParticipant, Message, Plan, Slot, Table
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import agendas, held_agendas, plan_checks
from forum.queries.agendas import AgendaKind
from forum.queries.held_agendas import Holder
from forum.scheduling.solve import QUICK
from forum.services import (
    closings,
    day_marks,
    going_back,
    meetings,
    plans,
    repairing,
    request_decisions,
    solving,
)
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import small_forum

FIVE, NINE = st.integers(0, 4), st.integers(0, 8)
Booked = dict[int, tuple[int, int, frozenset[int]]]


class AnyOrder(RuleBasedStateMachine):
    """Five companies, three of which want to meet all others, four slots, two tables: never room for all.

    Every run has a forum of its own in the same database.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.read = 0

    @initialize()
    def begin(self) -> None:
        wanted = [(a, b) for a in range(3) for b in range(a + 1, 5)]
        forum = small_forum(companies=5, slots=4, tables=2, pairs=wanted)
        self.event_id = forum.event.id
        self.slots = [slot.id for slot in forum.slots]
        self.tables = [table.id for table in forum.tables]
        self.requests = [request.id for request in forum.requests]
        self.people = [person.id for person in forum.delegates]
        self.addresses = {person.id: str(person.email) for person in forum.delegates}
        self.hour = self.stack.enter_context(_at(factories.at(9, 45)))
        self.compute(seed=0)
        self.publish_and_begin_anew()

    # The schedule.

    @rule(seed=st.integers(0, 3))
    def compute(self, seed: int) -> None:
        with _refusals():
            plan_id = plans.order(actor=SYSTEM, event_id=self.event_id, seed=seed)
            solving.work(plan_id, effort=QUICK)
            assert self._clashes(plan_id) == Counter()

    @rule(which=FIVE, slot=FIVE, table=FIVE)
    def move(self, which: int, slot: int, table: int) -> None:
        self._by_hand(which, lambda **whose: meetings.move(**whose, **self._place(slot, table)))

    @rule(which=NINE, slot=FIVE, table=FIVE)
    def place(self, which: int, slot: int, table: int) -> None:
        if draft := self._draft():
            before = self._clashes(draft)
            with _refusals():
                request_id = self.requests[which]
                meetings.place(**self._whose(draft), request_id=request_id, **self._place(slot, table))
            assert self._clashes(draft) <= before

    @rule(which=FIVE)
    def remove(self, which: int) -> None:
        self._by_hand(which, meetings.remove)

    @rule(which=FIVE, is_locked=st.booleans())
    def lock(self, which: int, is_locked: bool) -> None:
        self._by_hand(which, lambda **whose: meetings.lock(**whose, is_locked=is_locked))

    @rule()
    def publish_and_begin_anew(self) -> None:
        if draft := self._draft():
            self._published(lambda: plans.publish(**self._whose(draft)))
        self.compute(seed=1)

    @rule(which=FIVE)
    def go_back(self, which: int) -> None:
        if ids := self._ids(PlanStatus.SUPERSEDED):
            self._published(lambda: going_back.go_back(**self._whose(ids[which % len(ids)])))

    @rule(is_applied=st.booleans())
    def repair(self, is_applied: bool) -> None:
        plan_id = repairing.order(actor=SYSTEM, event_id=self.event_id)
        repairing.work(plan_id)
        db.session.rollback()
        if db.session.get_one(Plan, plan_id).status is PlanStatus.DRAFT:
            assert self._clashes(plan_id) == Counter()
            if is_applied:
                self._published(lambda: plans.publish(**self._whose(plan_id)))
        else:
            assert self._clashes(self._in_force()) == Counter()

    # What happens to it.

    @rule(who=FIVE, slot=FIVE)
    def turn_an_hour_on_or_off(self, who: int, slot: int) -> None:
        with transaction():
            times = db.session.get_one(Slot, self.slots[slot % 4])
            key = {"delegate_id": self.people[who], "starts_at": times.starts_at, "ends_at": times.ends_at}
            if not db.session.execute(delete(Absence).filter_by(**key)).rowcount:  # type: ignore[attr-defined]
                db.session.add(Absence(**key))

    @rule(which=NINE)
    def withdraw_or_accept(self, which: int) -> None:
        facts: Any = {"actor": SYSTEM, "event_id": self.event_id, "request_ids": [self.requests[which]]}
        with _refusals():
            if not request_decisions.withdraw(agreed=None, **facts).changed:
                request_decisions.accept(**facts)

    @rule(table=FIVE, slot=FIVE, is_lost=st.booleans())
    def lose_or_open_a_table(self, table: int, slot: int, is_lost: bool) -> None:
        place = self._place(slot, table)
        (closings.close if is_lost else closings.open_again)(
            actor=SYSTEM,
            event_id=self.event_id,
            table_ids=[place["table_id"]],
            from_slot_id=place["slot_id"],
        )

    @rule(who=FIVE, comes=st.booleans())
    def come_or_not(self, who: int, comes: bool) -> None:
        mark = day_marks.came if comes else day_marks.no_show
        mark(actor=SYSTEM, event_id=self.event_id, delegate_id=self.people[who])

    @rule(
        which=NINE, minutes=st.sampled_from((5, 30)), mark=st.sampled_from(("late", "overrun", "take_back"))
    )
    def note(self, which: int, minutes: int, mark: str) -> None:
        whose = {"actor": SYSTEM, "event_id": self.event_id, "request_id": self.requests[which]}
        with _refusals():
            if mark == "take_back":
                day_marks.take_back(**whose)
            else:
                getattr(day_marks, mark)(**whose, minutes=minutes)

    @precondition(lambda self: self.hour < factories.at(12))
    @rule()
    def half_an_hour_passes(self) -> None:
        self.hour = self.stack.enter_context(_at(self.hour + timedelta(minutes=30)))

    # What must hold whatever happens.

    @invariant()
    def nobody_and_nothing_is_booked_twice(self) -> None:
        if draft := self._draft():
            assert not self._clashes(draft).keys() & {code.value for code in plan_checks.DOUBLE_BOOKINGS}
            assert _claimed(draft) == _held(draft)

    @invariant()
    def everybody_reads_what_is_in_force(self) -> None:
        if self.read == self._in_force():
            return
        self.read = self._in_force()
        mine = {"event_id": self.event_id}
        numbers = {row.id: row.number for row in db.session.scalars(select(Table).filter_by(**mine))}
        times = {row.id: row.starts_at for row in db.session.scalars(select(Slot).filter_by(**mine))}
        booked = _booked(self.read)
        for person, agenda in agendas.agendas_of(self.event_id, self.people).items():
            assert {
                (item.row_id, item.starts_at, item.table)
                for item in agenda.items
                if item.kind is AgendaKind.MEETING
            } == {
                (key, times[slot], numbers[table])
                for key, (slot, table, people) in booked.items()
                if person in people
            }
        for table_id in self.tables:
            held = held_agendas.meetings_of(self.event_id, Holder.TABLE, table_id).meetings
            assert {each.request_id for each in held} == {
                key for key, (_, table, _) in booked.items() if table == table_id
            }

    def teardown(self) -> None:
        self.stack.close()

    def _by_hand(self, which: int, change: Callable[..., object]) -> None:
        """One of the draft's meetings is changed, if it has any, and nothing becomes worse by it."""
        draft = self._draft()
        ids = db.session.scalars(select(Meeting.id).filter_by(plan_id=draft).order_by(Meeting.id)).all()
        if draft and ids:
            before = self._clashes(draft)
            with _refusals():
                change(**self._whose(draft), meeting_id=ids[which % len(ids)])
            assert self._clashes(draft) <= before

    def _published(self, command: Callable[[], object]) -> None:
        """What comes into force has no clash, and whomever it changes something for gets a letter."""
        before = _booked(self._in_force())
        with _refusals():
            command()
            now = self._in_force()
            assert self._clashes(now) == Counter()
            wanted = [self.addresses[person] for person in _affected(before, _booked(now))]
            written = select(Message.recipient).where(Message.occasion.startswith(f"plan {now} revision "))
            assert sorted(db.session.scalars(written)) == sorted(wanted)

    def _clashes(self, plan_id: int) -> Counter[str]:
        db.session.rollback()
        return Counter(
            clash.code for clash in plan_checks.clashes_of(event_id=self.event_id, plan_id=plan_id)
        )

    def _ids(self, *statuses: PlanStatus) -> list[int]:
        db.session.rollback()
        here = select(Plan.id).where(Plan.event_id == self.event_id, Plan.status.in_(statuses))
        return list(db.session.scalars(here.order_by(Plan.id)))

    def _draft(self) -> int | None:
        return next(reversed(self._ids(PlanStatus.DRAFT)), None)

    def _in_force(self) -> int:
        return next(iter(self._ids(PlanStatus.PUBLISHED)), 0)

    def _whose(self, plan_id: int) -> dict[str, Any]:
        return {"actor": SYSTEM, "event_id": self.event_id, "plan_id": plan_id}

    def _place(self, slot: int, table: int) -> dict[str, int]:
        return {"slot_id": self.slots[slot % 4], "table_id": self.tables[table % 2]}


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    with contextlib.suppress(ForumError):
        yield


def _at(hour: Any) -> AbstractContextManager[Any]:
    @contextlib.contextmanager
    def frozen() -> Iterator[Any]:
        with clock.frozen(hour):
            yield hour

    return frozen()


def _booked(plan_id: int) -> Booked:
    """By request: slot, table and people, read from the rows themselves."""
    db.session.rollback()
    found: dict[tuple[int, int, int], set[int]] = {}
    rows = db.session.execute(
        select(Meeting.request_id, Meeting.slot_id, Meeting.table_id, MeetingParticipant.delegate_id)
        .join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id)
        .where(Meeting.plan_id == plan_id, Meeting.status != MeetingStatus.CANCELLED)
    )
    for request_id, slot_id, table_id, person in rows:
        found.setdefault((request_id, slot_id, table_id), set()).add(person)
    return {key: (slot, table, frozenset(people)) for (key, slot, table), people in found.items()}


def _affected(before: Booked, after: Booked) -> set[int]:
    """Those of whose meetings any is new, gone, elsewhere, or with others."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return {
        person for key in changed for booked in (before, after) if key in booked for person in booked[key][2]
    }


def _held(plan_id: int) -> set[tuple[str, int, int]]:
    booked = _booked(plan_id).values()
    return {("table", table, slot) for slot, table, _ in booked} | {
        ("delegate", person, slot) for slot, _, people in booked for person in people
    }


def _claimed(plan_id: int) -> set[tuple[str, int, int]]:
    rows = db.session.scalars(select(Claim).filter_by(plan_id=plan_id))
    return {(row.kind, row.resource_id, row.slot_id) for row in rows}


@pytest.mark.slow
def test_in_any_order(any_app: Flask) -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_written_past_the_rules_is_found(app: Flask) -> None:
    machine = AnyOrder()
    machine.begin()
    machine.nobody_and_nothing_is_booked_twice()
    with transaction():
        here = update(Meeting).where(Meeting.plan_id == machine._draft())
        db.session.execute(here.values(slot_id=machine.slots[0]))
    with pytest.raises(AssertionError):
        machine.nobody_and_nothing_is_booked_twice()
    machine.teardown()


def test_a_letter_to_somebody_who_is_not_concerned_is_found(app: Flask) -> None:
    machine = AnyOrder()
    machine.begin()

    def publish_and_write_to_a_stranger() -> None:
        plan_id = machine._draft() or 0
        plans.publish(**machine._whose(plan_id))
        with transaction():
            mail.write(
                occasion=f"plan {plan_id} revision 2 to nobody",
                kind="plan",
                recipient="stranger@example.org",
                language="ru",
                subject="",
                body="",
            )

    with pytest.raises(AssertionError):
        machine._published(publish_and_write_to_a_stranger)
    machine.teardown()
