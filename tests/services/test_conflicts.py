"""One engine says what a person cannot have at the same time, whoever asks, in any order of work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from forum import clock
from forum.domain.localized import Localized
from forum.domain.states import PlanStatus
from forum.errors import ForumError
from forum.models import (
    Attendance,
    Delegate,
    Meeting,
    MeetingParticipant,
    Place,
    Plan,
    Room,
    Session,
    TravelTime,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import availability, conflicts, scheduling_facts
from forum.queries.availability import Taken
from forum.services import overrides, visits
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import at, given

HOURS = st.integers(0, 5)
HALF = timedelta(minutes=30)
WAY = timedelta(minutes=40)
_Stretch = tuple[str, datetime, datetime, int]


class AnyOrder(RuleBasedStateMachine):
    """One person, six hours, two places forty minutes apart; every entry is told to a plain list as well."""

    sees_travel = True

    @initialize()
    def begin(self) -> None:
        with transaction():
            event = factories.event()
            self.event_id = event.id
            self.places = [
                factories._add(Place(event_id=event.id, code=code, title=Localized(), address=Localized()))
                for code in ("venue", "hotel")
            ]
            way = TravelTime(
                origin_id=self.places[0].id, destination_id=self.places[1].id, minutes=WAY.seconds // 60
            )
            db.session.add(way)
            self.rooms = [
                factories._add(
                    Room(event_id=event.id, code=each.code, title=Localized(), place_id=each.id)
                ).id
                for each in self.places
            ]
            firm, other = factories.company(event), factories.company(event)
            self.who = factories.delegate(event, company_id=firm.id).id
            self.request = factories.request(event, firm, other).id
            self.table = factories.table(event, 1).id
            site = factories.site(event)
            self.slots = [factories.slot(event, at(9 + n), at(9 + n) + HALF).id for n in range(6)]
            self.visits = [
                factories.visit(
                    event,
                    site,
                    departs_at=at(9 + n),
                    starts_at=at(9 + n),
                    ends_at=at(10 + n),
                    returns_at=at(10 + n),
                ).id
                for n in range(6)
            ]
            plan = Plan(event_id=event.id, status=PlanStatus.PUBLISHED, created_at=clock.now())
            self.plan = factories._add(plan).id
        self.told: list[_Stretch] = []

    @rule(hour=HOURS, place=st.integers(0, 1))
    def speak(self, hour: int, place: int) -> None:
        with transaction():
            event = db.session.get_one(Delegate, self.who).event_id
            row = Session(
                event_id=event,
                room_id=self.rooms[place],
                kind="panel",
                title=Localized(ru="П"),
                summary=Localized(),
                starts_at=at(9 + hour),
                ends_at=at(9 + hour) + HALF,
            )
            factories._add(row)
            db.session.add(Attendance(session_id=row.id, delegate_id=self.who))
        self.told.append(("session", at(9 + hour), at(9 + hour) + HALF, place))

    @rule(hour=HOURS)
    def meet(self, hour: int) -> None:
        """As if a schedule had been made by somebody who asks nobody."""
        if any(kind == "meeting" for kind, *_ in self.told):
            return
        with transaction():
            meeting = Meeting(
                plan_id=self.plan, request_id=self.request, slot_id=self.slots[hour], table_id=self.table
            )
            meeting.participants = [MeetingParticipant(delegate_id=self.who)]
            db.session.add(meeting)
        self.told.append(("meeting", at(9 + hour), at(9 + hour) + HALF, 0))

    @rule(hour=HOURS)
    def go(self, hour: int) -> None:
        wanted = ("visit", at(9 + hour), at(10 + hour), 0)
        is_possible = wanted in self.told or not any(self._clash(wanted, each) for each in self.told)
        try:
            visits.sign_up(
                actor=SYSTEM, event_id=self.event_id, visit_id=self.visits[hour], delegate_id=self.who
            )
        except ForumError:
            assert not is_possible
        else:
            assert is_possible
            self.told = [*(each for each in self.told if each != wanted), wanted]

    @rule(hour=HOURS)
    def go_all_the_same(self, hour: int) -> None:
        wanted = ("visit", at(9 + hour), at(10 + hour), 0)
        if wanted not in self.told and self.told:
            visits.seat_by_organiser(
                actor=SYSTEM,
                event_id=self.event_id,
                visit_id=self.visits[hour],
                delegate_id=self.who,
                reason="Протокол просит",
            )
            self.told.append(wanted)

    @rule(hour=HOURS)
    def stay(self, hour: int) -> None:
        visits.cancel(actor=SYSTEM, event_id=self.event_id, visit_id=self.visits[hour], delegate_id=self.who)
        self.told = [each for each in self.told if each[:2] != ("visit", at(9 + hour))]

    @rule(hour=HOURS)
    def arrive(self, hour: int) -> None:
        with transaction():
            db.session.get_one(Delegate, self.who).arrives_at = at(9 + hour)
        self.told = [each for each in self.told if each[0] != "away"]
        if hour:
            self.told.append(("away", at(0), at(9 + hour), 0))

    @invariant()
    def what_is_seen_is_what_is(self) -> None:
        db.session.rollback()
        seen = conflicts.of_event(event_id=self.event_id)
        found = sorted(
            (each.first.starts_at, each.second.starts_at) for each in seen if each.first.kind != "away"
        )
        pairs = [
            tuple(sorted((one, other), key=lambda each: each[1]))
            for place, one in enumerate(self.told)
            for other in self.told[place + 1 :]
            if self._clash(one, other)
        ]
        wanted = sorted((one[1], other[1]) for one, other in pairs if "away" not in (one[0], other[0]))
        assert found == wanted
        assert sum(each.first.kind == "away" for each in seen) == len(pairs) - len(wanted)

    @invariant()
    def the_solver_and_the_own_page_see_the_same(self) -> None:
        """Of meetings in each of the slots; an own meeting that is there already stands against no solver."""
        facts = scheduling_facts.of_event(self.event_id)
        person = facts.persons[self.who]
        by_solver = person.unavailable | person.busy_elsewhere
        page = availability.of_delegate(event_id=self.event_id, delegate_id=self.who)
        by_page = {slot.id for slot in page.slots if slot.taken not in (None, Taken.MEETING)}
        others = [each for each in self.told if each[0] != "meeting"]
        wanted = {
            slot
            for n, slot in enumerate(self.slots)
            if any(self._clash(("meeting", at(9 + n), at(9 + n) + HALF, 0), each) for each in others)
        }
        assert (by_solver, by_page) == (wanted, wanted)

    def _clash(self, one: _Stretch, other: _Stretch) -> bool:
        (_, start, end, here), (_, other_start, other_end, there) = sorted(
            (one, other), key=lambda each: each[1]
        )
        way = WAY if self.sees_travel and here != there and "away" not in (one[0], other[0]) else timedelta(0)
        return other_start < end + way and start < other_end


class BlindToTravel(AnyOrder):
    """The same, compared with a list that knows of no way between places."""

    sees_travel = False


@contextlib.contextmanager
def _few(examples: int) -> Iterator[settings]:
    yield settings(
        max_examples=examples,
        stateful_step_count=8,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def test_nothing_is_overlooked_and_nothing_invented(any_app: Flask) -> None:
    with _few(7) as how:
        run_state_machine_as_test(AnyOrder, settings=how)


def test_a_rule_that_is_missing_would_be_found(app: Flask) -> None:
    with _few(7) as how, pytest.raises(AssertionError):
        run_state_machine_as_test(BlindToTravel, settings=how)


def test_what_was_let_stand_shows_with_its_reason_until_it_is_taken_back(app: Flask) -> None:
    with transaction():
        event = factories.event()
        site = factories.site(event)
        one, other = factories.visit(event, site), factories.visit(event, site)
        person = factories.delegate(event)
    key = {"actor": SYSTEM, "event_id": event.id, "delegate_id": person.id}
    visits.sign_up(**key, visit_id=one.id)  # type: ignore[arg-type]
    visits.seat_by_organiser(**key, visit_id=other.id, reason=" Едет с министром ")  # type: ignore[arg-type]
    (seen,) = conflicts.of_event(event_id=event.id)
    assert (seen.reason, seen.second.kind) == ("Едет с министром", "visit")
    overrides.take_back(**key)  # type: ignore[arg-type]
    (again,) = conflicts.of_event(event_id=event.id)
    assert again.reason is None


def test_whoever_may_meet_during_a_visit_is_there_for_the_solver(app: Flask) -> None:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event))
        slot = factories.slot(event, at(15), at(15, 30))
        person = factories.delegate(event)
    key = {"actor": SYSTEM, "event_id": event.id, "delegate_id": person.id}
    visits.sign_up(**key, visit_id=visit.id)  # type: ignore[arg-type]
    before = scheduling_facts.of_event(event.id).persons[person.id].busy_elsewhere
    overrides.let_meet(**key, visit_id=visit.id, reason="Встречи пройдут в автобусе")  # type: ignore[arg-type]
    after = scheduling_facts.of_event(event.id).persons[person.id].busy_elsewhere
    assert (before, after) == (frozenset({slot.id}), frozenset())


def test_a_reason_is_needed(app: Flask) -> None:
    person = given(factories.delegate, event=given(factories.event))
    with pytest.raises(ForumError, match="reason_missing"):
        overrides.let_stand(actor=SYSTEM, event_id=person.event_id, delegate_id=person.id, reason=" ")
