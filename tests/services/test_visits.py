"""Asking for a seat, giving it back, and what the organiser decides."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import PlanStatus, RegistrationStatus, SeatStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import (
    Attendance,
    Delegate,
    Event,
    JournalEntry,
    Meeting,
    MeetingParticipant,
    Message,
    Plan,
    Seat,
    Session,
    Visit,
)
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.services import visits
from forum.services.visits import SeatOutcome
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import at, given

SEATED = SeatOutcome(SeatStatus.SEATED)


@dataclass(frozen=True)
class Trip:
    """A visit of two seats and the event it belongs to."""

    event: Event
    visit: Visit

    def delegate(self, **values: object) -> Delegate:
        return given(factories.delegate, event=self.event, **values)

    def sign_up(self, delegate: Delegate, actor: Actor = SYSTEM, form_key: str | None = None) -> SeatOutcome:
        return visits.sign_up(
            actor=actor,
            event_id=self.event.id,
            visit_id=self.visit.id,
            delegate_id=delegate.id,
            form_key=form_key,
        )

    def cancel(self, delegate: Delegate, actor: Actor = SYSTEM, form_key: str | None = None) -> SeatOutcome:
        return visits.cancel(
            actor=actor,
            event_id=self.event.id,
            visit_id=self.visit.id,
            delegate_id=delegate.id,
            form_key=form_key,
        )

    def change_capacity(self, capacity: int) -> int:
        version = db.session.scalars(select(Visit.version).where(Visit.id == self.visit.id)).one()
        return visits.change_capacity(
            actor=SYSTEM,
            event_id=self.event.id,
            visit_id=self.visit.id,
            capacity=capacity,
            version=version,
        )

    def with_status(self, status: SeatStatus) -> list[int]:
        return list(
            db.session.scalars(
                select(Seat.delegate_id)
                .where(Seat.visit_id == self.visit.id, Seat.status == status)
                .order_by(Seat.position)
            )
        )

    @property
    def taken(self) -> int:
        return db.session.scalars(select(Visit.taken).where(Visit.id == self.visit.id)).one()


@pytest.fixture
def trip(any_app: Flask) -> Trip:
    event = given(factories.event)
    site = given(factories.site, event=event)
    return Trip(event, given(factories.visit, event=event, site=site, capacity=2))


def another_visit(trip: Trip, **values: object) -> Visit:
    return given(factories.visit, event=trip.event, site=trip.visit.site, **values)


def test_seats_first_then_the_waiting_list_in_order(trip: Trip) -> None:
    outcomes = [trip.sign_up(trip.delegate()) for _ in range(4)]
    assert outcomes == [
        SEATED,
        SEATED,
        SeatOutcome(SeatStatus.WAITING, 1),
        SeatOutcome(SeatStatus.WAITING, 2),
    ]


def test_asking_again_changes_nothing(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(3)]
    first = [trip.sign_up(person) for person in people]
    again = [trip.sign_up(person) for person in people]
    assert (again, trip.taken) == (first, 2)


def test_a_freed_seat_goes_to_whoever_waits_first(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(4)]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[0])
    assert (trip.with_status(SeatStatus.SEATED), trip.with_status(SeatStatus.WAITING)) == (
        [people[1].id, people[2].id],
        [people[3].id],
    )


def test_leaving_the_waiting_list_frees_no_seat(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(4)]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[2])
    assert (trip.taken, trip.sign_up(people[3])) == (2, SeatOutcome(SeatStatus.WAITING, 1))


def test_who_comes_back_is_last_in_the_list(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(4)]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[2])
    assert trip.sign_up(people[2]) == SeatOutcome(SeatStatus.WAITING, 2)


def test_giving_back_twice_frees_one_seat(trip: Trip) -> None:
    one, other = trip.delegate(), trip.delegate()
    trip.sign_up(one)
    trip.sign_up(other)
    trip.cancel(one)
    trip.cancel(one)
    assert trip.taken == 1


def test_a_form_sent_twice_acts_once(trip: Trip) -> None:
    """Sending the page of the sign-up again, after the seat was given back, is harmless."""
    person = trip.delegate()
    trip.sign_up(person, form_key="one page")
    trip.cancel(person)
    trip.sign_up(person, form_key="one page")
    assert trip.taken == 0


def test_the_promoted_are_told_in_their_language(trip: Trip) -> None:
    people = [trip.delegate(), trip.delegate(), trip.delegate(language="kk", email="kk@example.org")]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[0])
    assert db.session.execute(select(Message.recipient, Message.language, Message.kind)).all() == [
        ("kk@example.org", "kk", "visit_seat")
    ]


def test_the_mail_says_where_when_and_how_to_give_back(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(2)] + [trip.delegate(language="en", family_name="Orlov")]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[0])
    body = db.session.scalars(select(Message.body)).one()
    assert body.split("\n\n") == [
        "Dear Mr Ivolgin,",
        "A seat has become free, and it is now reserved for Orlov Владимир Иванович: Esipovo.",
        "December 2, 2026, departure 14:00, back at 18:00. Meeting point: Entrance B",
        "If you cannot go, give the seat back and the next in the list gets it: "
        f"http://localhost/e/{trip.event.code}/my/visits",
    ]


def test_for_somebody_without_an_address_the_coordinator_is_told(trip: Trip) -> None:
    side = given(factories.delegation, event=trip.event)
    coordinator = cast.account(Role.COORDINATOR, event_id=trip.event.id, delegation_id=side.id)
    people = [trip.delegate(), trip.delegate(), trip.delegate(email=None, delegation_id=side.id)]
    for person in people:
        trip.sign_up(person)
    trip.cancel(people[0])
    assert db.session.scalars(select(Message.recipient)).all() == [coordinator.email]


def test_a_second_promotion_is_told_too(trip: Trip) -> None:
    one, other, waiting = (trip.delegate() for _ in range(3))
    for person in (one, other, waiting):
        trip.sign_up(person)
    trip.cancel(one)
    trip.cancel(waiting)
    trip.sign_up(one)
    trip.sign_up(waiting)
    trip.cancel(other)
    assert db.session.scalars(select(Message.recipient)).all() == [waiting.email, waiting.email]


def test_an_overlapping_visit_is_refused(trip: Trip) -> None:
    person = trip.delegate()
    trip.sign_up(person)
    other = another_visit(trip, departs_at=at(17), starts_at=at(19), ends_at=at(20), returns_at=at(21))
    with pytest.raises(ForumError) as refused:
        visits.sign_up(actor=SYSTEM, event_id=trip.event.id, visit_id=other.id, delegate_id=person.id)
    assert (refused.value.code, refused.value.data) == (
        "visit_overlaps",
        {"starts": "14:00", "ends": "18:00"},
    )


def test_a_visit_right_after_the_return_is_possible(trip: Trip) -> None:
    person = trip.delegate()
    trip.sign_up(person)
    other = another_visit(trip, departs_at=at(18), starts_at=at(19), ends_at=at(20), returns_at=at(21))
    outcome = visits.sign_up(actor=SYSTEM, event_id=trip.event.id, visit_id=other.id, delegate_id=person.id)
    assert outcome == SEATED


def meet(trip: Trip, person: Delegate, *, status: PlanStatus = PlanStatus.PUBLISHED) -> None:
    """A meeting of ``person`` at 16:30, in a plan of ``status``."""
    with transaction():
        here, there = factories.company(trip.event), factories.company(trip.event)
        request = factories.request(trip.event, here, there)
        slot = factories.slot(trip.event, at(16, 30), at(16, 55))
        table = factories.table(trip.event, 1)
        plan = Plan(event_id=trip.event.id, status=status, created_at=clock.now())
        db.session.add(plan)
        db.session.flush()
        meeting = Meeting(plan_id=plan.id, request_id=request.id, slot_id=slot.id, table_id=table.id)
        meeting.participants = [MeetingParticipant(delegate_id=person.id)]
        db.session.add(meeting)


def test_a_published_meeting_at_that_time_is_named(trip: Trip) -> None:
    person = trip.delegate()
    meet(trip, person)
    with pytest.raises(ForumError) as refused:
        trip.sign_up(person)
    assert (refused.value.code, refused.value.data) == (
        "visit_meets_meeting",
        {"starts": "16:30", "ends": "16:55"},
    )


def test_a_meeting_of_a_draft_is_no_obstacle(trip: Trip) -> None:
    person = trip.delegate()
    meet(trip, person, status=PlanStatus.DRAFT)
    assert trip.sign_up(person) == SEATED


def test_a_speaker_does_not_leave_before_the_session(trip: Trip) -> None:
    person = trip.delegate()
    with transaction():
        session = Session(
            event_id=trip.event.id,
            kind="panel",
            title=trip.event.title,
            summary=trip.event.summary,
            starts_at=at(13),
            ends_at=at(14, 30),
        )
        db.session.add(session)
        db.session.flush()
        db.session.add(Attendance(session_id=session.id, delegate_id=person.id))
    with pytest.raises(ForumError, match="visit_meets_session"):
        trip.sign_up(person)


def test_who_is_engaged_is_passed_over_and_keeps_the_place(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(4)]
    for person in people:
        trip.sign_up(person)
    meet(trip, people[2])
    trip.cancel(people[0])
    assert (trip.with_status(SeatStatus.SEATED), trip.with_status(SeatStatus.WAITING)) == (
        [people[1].id, people[3].id],
        [people[2].id],
    )


def test_only_the_approved_go(trip: Trip) -> None:
    person = trip.delegate(status=RegistrationStatus.APPLIED)
    with pytest.raises(ForumError, match="delegate_not_approved"):
        trip.sign_up(person)


def test_one_asks_for_oneself_only(trip: Trip) -> None:
    account = cast.account(Role.DELEGATE, event_id=trip.event.id)
    own, another = trip.delegate(account_id=account.id), trip.delegate()
    assert trip.sign_up(own, actor=actor_of(account)) == SEATED
    with pytest.raises(NotAllowedError):
        trip.sign_up(another, actor=actor_of(account))
    with pytest.raises(NotAllowedError):
        trip.cancel(another, actor=actor_of(account))


def test_after_departure_only_the_organiser_mends_the_list(trip: Trip) -> None:
    account = cast.account(Role.DELEGATE, event_id=trip.event.id)
    own, another = trip.delegate(account_id=account.id), trip.delegate()
    with clock.frozen(at(14)):
        with pytest.raises(ForumError, match="visit_has_departed"):
            trip.sign_up(own, actor=actor_of(account))
        assert trip.sign_up(another) == SEATED


def test_a_visit_of_another_event_is_not_there(trip: Trip) -> None:
    elsewhere = given(factories.event)
    person = given(factories.delegate, event=elsewhere)
    with pytest.raises(ForumError, match="no_such_visit"):
        visits.sign_up(actor=SYSTEM, event_id=elsewhere.id, visit_id=trip.visit.id, delegate_id=person.id)


def test_more_capacity_seats_the_first_who_wait(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(5)]
    for person in people:
        trip.sign_up(person)
    promoted = trip.change_capacity(4)
    assert (promoted, trip.with_status(SeatStatus.WAITING)) == (2, [people[4].id])


def test_capacity_does_not_go_below_the_seated(trip: Trip) -> None:
    trip.sign_up(trip.delegate())
    trip.sign_up(trip.delegate())
    with pytest.raises(ForumError) as refused:
        trip.change_capacity(1)
    data = {"taken": 2, "capacity": 1, "field": "capacity"}
    assert (refused.value.code, refused.value.data) == ("capacity_below_taken", data)


def test_capacity_is_not_overwritten_unseen(trip: Trip) -> None:
    trip.change_capacity(5)
    with pytest.raises(StaleError):
        visits.change_capacity(
            actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id, capacity=9, version=1
        )


def test_the_organiser_seats_past_the_waiting_list_while_there_is_room(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(4)]
    for person in people:
        trip.sign_up(person)
    with pytest.raises(ForumError, match="visit_full"):
        visits.seat_by_organiser(
            actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id, delegate_id=people[3].id
        )
    meet(trip, people[2])
    trip.change_capacity(3)
    assert trip.with_status(SeatStatus.SEATED) == [people[0].id, people[1].id, people[3].id]


def test_moving_frees_the_seat_for_whoever_waits(trip: Trip) -> None:
    people = [trip.delegate() for _ in range(3)]
    for person in people:
        trip.sign_up(person)
    other = another_visit(trip)
    outcome = visits.move(
        actor=SYSTEM,
        event_id=trip.event.id,
        visit_id=trip.visit.id,
        delegate_id=people[0].id,
        to_visit_id=other.id,
    )
    assert (outcome, trip.with_status(SeatStatus.SEATED)) == (SEATED, [people[1].id, people[2].id])


def test_a_move_to_a_full_visit_leaves_everything_as_it_was(trip: Trip) -> None:
    person = trip.delegate()
    trip.sign_up(person)
    full = another_visit(trip, capacity=0)
    with pytest.raises(ForumError, match="visit_full"):
        visits.move(
            actor=SYSTEM,
            event_id=trip.event.id,
            visit_id=trip.visit.id,
            delegate_id=person.id,
            to_visit_id=full.id,
        )
    assert trip.with_status(SeatStatus.SEATED) == [person.id]


def test_the_journal_names_what_was_done(trip: Trip) -> None:
    person = trip.delegate()
    trip.sign_up(person)
    trip.cancel(person)
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == ["visits.sign_up", "visits.cancel"]
