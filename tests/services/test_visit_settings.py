"""Planning visits, and telling exactly those whom a change concerns."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import SeatStatus, VisitStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import BusStop, Delegate, Event, Message, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import engagements
from forum.services import bus_mails, visit_settings, visits
from forum.services.visit_settings import VisitChange, VisitWanted
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


@dataclass(frozen=True)
class Trip:
    """A visit of three seats: two people have one, one of them reads Kazakh."""

    event: Event
    visit: Visit
    people: tuple[Delegate, ...]

    @property
    def wanted(self) -> VisitWanted:
        row = db.session.get_one(Visit, self.visit.id)
        return VisitWanted(
            site_id=row.site_id,
            departs_at=row.departs_at,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            returns_at=row.returns_at,
            capacity=row.capacity,
            meeting_point=row.meeting_point,
            guide_languages=tuple(row.guide_languages),
        )

    def change(self, *, may_send_back: bool = False, **values: object) -> VisitChange:
        wanted = replace(self.wanted, **values)  # type: ignore[arg-type]
        return visit_settings.change(
            actor=SYSTEM,
            event_id=self.event.id,
            visit_id=self.visit.id,
            version=db.session.scalars(select(Visit.version).where(Visit.id == self.visit.id)).one(),
            wanted=wanted,
            may_send_back=may_send_back,
        )

    def with_status(self, status: SeatStatus) -> list[int]:
        rows = select(Seat.delegate_id).where(Seat.visit_id == self.visit.id, Seat.status == status)
        return list(db.session.scalars(rows.order_by(Seat.position)))


@pytest.fixture
def trip(any_app: Flask) -> Trip:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event), capacity=3)
    people = tuple(
        given(factories.delegate, event=event, email=f"p{number}@example.org", language=language)
        for number, language in enumerate(("ru", "kk", "en", "ru"))
    )
    for person in people[:2]:
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    return Trip(event, visit, people)


def _letters() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_a_change_of_time_is_told_once_to_those_with_a_seat_and_to_their_calendars(trip: Trip) -> None:
    later = trip.wanted.departs_at + timedelta(minutes=-30)
    done = trip.change(departs_at=later)
    letters = _letters()
    sequences = [re.findall(r"SEQUENCE:(\d+)", letter.calendars[0]["text"]) for letter in letters]
    assert done == VisitChange(told=2)
    assert [(one.recipient, one.language, one.calendars[0]["method"]) for one in letters] == [
        ("p0@example.org", "ru", "REQUEST"),
        ("p1@example.org", "kk", "REQUEST"),
    ]
    assert sequences == [["1"], ["1"]]


def test_stops_of_buses_move_along_and_passengers_hear_of_both_in_one_letter(trip: Trip) -> None:
    departs_at, ends_at = trip.visit.departs_at, trip.visit.ends_at
    with transaction():
        bus = factories.bus(trip.visit, label="7")
        stops = [
            BusStop(
                bus_id=bus.id, leg=Leg.OUT, title=Localized(ru="Отель"), at=departs_at - timedelta(minutes=20)
            ),
            BusStop(
                bus_id=bus.id, leg=Leg.BACK, title=Localized(ru="Ворота"), at=ends_at + timedelta(minutes=5)
            ),
        ]
        db.session.add_all(stops)
        db.session.get_one(Visit, trip.visit.id).briefed_at = departs_at - timedelta(hours=20)
        for seat in db.session.scalars(select(Seat).where(Seat.status == SeatStatus.SEATED)):
            seat.bus_id = bus.id
    bus_mails.tell(actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id)
    seen = db.session.scalars(select(func.max(Message.id))).one()
    day = timedelta(days=1)
    times = ("departs_at", "starts_at", "ends_at", "returns_at")
    trip.change(**{name: getattr(trip.wanted, name) + day for name in times})
    at = db.session.scalars(select(BusStop.at).order_by(BusStop.leg.desc())).all()
    letters = db.session.scalars(select(Message).where(Message.id > seen)).all()
    starts = f"DTSTART:{departs_at + day - timedelta(minutes=20):%Y%m%dT%H%M%SZ}"
    assert list(at) == [departs_at + day - timedelta(minutes=20), ends_at + day + timedelta(minutes=5)]
    assert [("7" in each.body, starts in each.calendars[0]["text"]) for each in letters] == [(True, True)] * 2
    assert bus_mails.tell(actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id) == 0
    assert db.session.get_one(Visit, trip.visit.id).briefed_at is None


def test_what_no_visitor_sees_is_told_to_nobody(trip: Trip) -> None:
    done = trip.change(offer_hours=12, title=Localized(ru="Первая группа"), capacity=9)
    assert (done, _letters()) == (VisitChange(), [])


def test_fewer_seats_than_taken_are_refused_unless_the_last_may_wait_again(trip: Trip) -> None:
    first, second = trip.people[:2]
    with pytest.raises(ForumError) as refused:
        trip.change(capacity=1)
    done = trip.change(capacity=1, may_send_back=True)
    assert (refused.value.code, refused.value.data["taken"]) == ("capacity_below_taken", 2)
    assert (done, trip.with_status(SeatStatus.SEATED), trip.with_status(SeatStatus.WAITING)) == (
        VisitChange(told=1, sent_back=1),
        [first.id],
        [second.id],
    )
    assert [(one.recipient, one.calendars[0]["method"]) for one in _letters()] == [
        ("p1@example.org", "CANCEL")
    ]


def test_those_who_do_not_know_of_their_seat_give_way_first_and_hear_nothing_of_it(trip: Trip) -> None:
    first, second = trip.people[:2]
    with transaction():
        db.session.scalars(select(Seat).where(Seat.delegate_id == first.id)).one().is_tentative = True
    done = trip.change(capacity=1, may_send_back=True)
    assert (done, trip.with_status(SeatStatus.SEATED), _letters()) == (
        VisitChange(told=0, sent_back=1),
        [second.id],
        [],
    )


def test_whoever_was_sent_back_is_the_first_to_return(trip: Trip) -> None:
    third = trip.people[2]
    trip.change(capacity=1, may_send_back=True)
    visits.sign_up(actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id, delegate_id=third.id)
    done = trip.change(capacity=2)
    assert (done.promoted, trip.with_status(SeatStatus.WAITING)) == (1, [third.id])


def test_a_visit_called_off_frees_everybody_and_says_why(trip: Trip) -> None:
    done = visit_settings.cancel(
        actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id, version=1, reason="Паводок"
    )
    ids = [person.id for person in trip.people]
    engaged = engagements.of_delegates(trip.event.id, ids)
    row = db.session.get_one(Visit, trip.visit.id)
    assert (done, row.status, row.taken) == (VisitChange(told=2, sent_back=2), VisitStatus.CANCELLED, 0)
    assert engaged.of == {}
    assert ["Паводок" in one.body for one in _letters()] == [True, True]
    with pytest.raises(ForumError, match="visit_is_cancelled"):
        trip.change(capacity=5)


@pytest.mark.parametrize(
    ("minutes", "field", "code"),
    [
        ({"starts_at": -61}, "starts", "visit_starts_before_departure"),
        ({"ends_at": -120}, "ends", "visit_ends_before_start"),
        ({"returns_at": -61}, "returns", "visit_returns_before_end"),
        ({"returns_at": 8 * 24 * 60}, "returns", "visit_too_long"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(
    app: Flask, minutes: dict[str, int], field: str, code: str
) -> None:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event))
    trip = Trip(event, visit, ())
    wrong = {name: getattr(visit, name) + timedelta(minutes=count) for name, count in minutes.items()}
    with pytest.raises(ForumError) as refused:
        trip.change(**wrong)
    assert (refused.value.code, refused.value.data["field"]) == (code, field)


def test_nobody_overwrites_unseen_and_nobody_without_the_right_plans(app: Flask) -> None:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event))
    wanted, nobody = Trip(event, visit, ()).wanted, Actor(account_id=None, name="")
    whose = {"event_id": event.id, "visit_id": visit.id, "wanted": wanted}
    with pytest.raises(StaleError):
        visit_settings.change(actor=SYSTEM, version=7, **whose)
    with pytest.raises(NotAllowedError):
        visit_settings.change(actor=nobody, version=1, **whose)


def test_seats_are_exact_while_their_number_changes(any_app: Flask) -> None:
    """Twenty people ask while the number of seats goes up and down: nobody too many, and nobody lost."""
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event), capacity=8)
    people = [given(factories.delegate, event=event).id for _ in range(20)]
    trip, whose = Trip(event, visit, ()), {"event_id": event.id, "visit_id": visit.id}
    failed: list[Exception] = []

    def ask(ids: list[int]) -> None:
        with any_app.app_context():
            for key in ids:
                try:
                    visits.sign_up(actor=SYSTEM, delegate_id=key, **whose)
                except Exception as error:
                    failed.append(error)
            db.session.remove()

    db.session.rollback()
    rivals = [threading.Thread(target=ask, args=(people[start::2],)) for start in range(2)]
    for rival in rivals:
        rival.start()
    for capacity in (3, 9, 2, 5):
        trip.change(capacity=capacity, may_send_back=True)
    for rival in rivals:
        rival.join()
    db.session.rollback()
    row = db.session.get_one(Visit, visit.id, populate_existing=True)
    rows = select(Seat.status, func.count()).where(Seat.visit_id == visit.id).group_by(Seat.status)
    counts = {status: count for status, count in db.session.execute(rows)}  # noqa: C416
    assert failed == []
    assert (row.capacity, row.taken, counts) == (5, 5, {SeatStatus.SEATED: 5, SeatStatus.WAITING: 15})
