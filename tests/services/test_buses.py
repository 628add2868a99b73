"""Buses of a visit: filled, moved by hand, told of; and the roll that leaders call."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from forum import clock
from forum.domain.localized import Localized
from forum.domain.retention import Group
from forum.domain.roles import Role
from forum.domain.roll_call import Leg
from forum.errors import ForumError, NotAllowedError
from forum.models import BoardingTick, Bus, Delegate, Departure, Event, Message, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.queries import agendas, holdings, roll_calls
from forum.queries.held_rows import FINDERS
from forum.services import boarding, bus_mails, bus_places, buses, erasers, erasing
from forum.services.boarding import DepartureSent, TickSent
from forum.services.buses import BusWanted, StopWanted
from forum.unit_of_work import transaction
from tests import cast, factories

RIVALS = 6
ROOM = 2
AN_HOUR_AGO = clock.now() - timedelta(hours=1)


def _visit(people: int, *capacities: int) -> tuple[Event, Visit, list[Bus], list[Delegate]]:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event))
        made = [factories.bus(visit, capacity=seats) for seats in capacities]
        riders = [factories.delegate(event) for _ in range(people)]
        for one in riders:
            factories.seated(visit, one)
    return event, visit, made, riders


def _at_once(app: Flask, asks: list[Callable[[], object]]) -> list[str]:
    start = threading.Barrier(len(asks))

    def run(ask: Callable[[], object]) -> str:
        start.wait()
        with app.app_context():
            try:
                ask()
            except ForumError as error:
                return error.code
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(len(asks)) as pool:
        return sorted(pool.map(run, asks))


def _in_bus(bus: Bus) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Seat.bus_id == bus.id)) or 0


def test_rivals_for_the_last_places_in_a_bus_get_exactly_those(any_app: Flask) -> None:
    event, visit, (bus,), riders = _visit(RIVALS, ROOM)
    facts = {"actor": SYSTEM, "event_id": event.id, "visit_id": visit.id, "bus_id": bus.id}
    ids = [one.id for one in riders]
    told = _at_once(any_app, [lambda key=key: bus_places.move(**facts, delegate_ids=[key]) for key in ids])
    assert (told, _in_bus(bus)) == (["bus_full"] * (RIVALS - ROOM) + ["done"] * ROOM, ROOM)


def test_looking_first_and_moving_afterwards_overfills_it(any_app: Flask) -> None:
    """The negative control: without the lock of the visit all of them find room."""
    _event, _visit_row, (bus,), riders = _visit(RIVALS, ROOM)
    bus_id, ids = bus.id, [one.id for one in riders]
    engine = create_engine(any_app.config["SQLALCHEMY_DATABASE_URI"])
    all_have_looked = threading.Barrier(RIVALS)

    def naive(key: int) -> None:
        with engine.connect() as connection:
            taken = connection.scalar(select(func.count()).where(Seat.bus_id == bus_id)) or 0
        all_have_looked.wait()
        if taken < ROOM:
            with engine.begin() as connection:
                facts = {"bus": bus_id, "key": key}
                connection.execute(text("UPDATE seats SET bus_id = :bus WHERE delegate_id = :key"), facts)

    db.session.rollback()
    with ThreadPoolExecutor(RIVALS) as pool:
        list(pool.map(naive, ids))
    engine.dispose()
    assert _in_bus(bus) > ROOM


def test_filling_keeps_those_who_were_moved_by_hand(app: Flask) -> None:
    event, visit, (first, second), riders = _visit(4, 3, 3)
    where = {"actor": SYSTEM, "event_id": event.id, "visit_id": visit.id}
    bus_places.move(**where, delegate_ids=[riders[0].id], bus_id=second.id)
    filling = bus_places.fill(**where)
    assert (filling.buses[riders[0].id], filling.behind) == (second.id, ())
    assert {_in_bus(first) + _in_bus(second)} == {4}


def test_a_company_is_moved_in_one_piece_or_not_at_all(app: Flask) -> None:
    event, visit, (small, large), riders = _visit(4, 2, 3)
    with transaction():
        firm = factories.company(event)
        for one in riders[:3]:
            db.session.get_one(Delegate, one.id).company_id = firm.id
    where = {"actor": SYSTEM, "event_id": event.id, "visit_id": visit.id, "with_companies": True}
    with pytest.raises(ForumError, match="bus_full"):
        bus_places.move(**where, delegate_ids=[riders[0].id], bus_id=small.id)
    moved = bus_places.move(**where, delegate_ids=[riders[0].id], bus_id=large.id)
    assert (moved, _in_bus(small), _in_bus(large)) == (3, 0, 3)


def test_passengers_are_told_once_and_again_only_when_their_bus_changes(app: Flask) -> None:
    event, visit, (bus, other), riders = _visit(2, 5, 5)
    where = {"actor": SYSTEM, "event_id": event.id, "visit_id": visit.id}
    bus_places.move(**where, delegate_ids=[one.id for one in riders], bus_id=bus.id)
    told = [bus_mails.tell(**where), bus_mails.tell(**where)]
    bus_places.move(**where, delegate_ids=[riders[0].id], bus_id=other.id)
    told.append(bus_mails.tell(**where))
    recipients = db.session.scalars(select(Message.recipient).order_by(Message.id)).all()
    assert told == [2, 0, 1]
    assert recipients == [riders[0].email, riders[1].email, riders[0].email]


def test_a_stop_is_where_and_when_the_day_of_its_passengers_says(app: Flask) -> None:
    event, visit, (bus,), riders = _visit(1, 5)
    hotel = StopWanted(Leg.OUT, Localized(ru="Гостиница"), visit.departs_at - timedelta(minutes=30))
    facts = {"actor": SYSTEM, "event_id": event.id}
    bus_places.move(**facts, visit_id=visit.id, delegate_ids=[riders[0].id], bus_id=bus.id)
    wanted = BusWanted(label=bus.label, capacity=5, stops=(hotel,))
    buses.change(**facts, bus_id=bus.id, version=bus.version, wanted=wanted)
    (item,) = agendas.agenda_of(event.id, riders[0].id).items
    assert (item.starts_at, item.place, item.bus) == (hotel.at, hotel.title, bus.label)


def _leader(event: Event, bus: Bus) -> Actor:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        leader = factories.delegate(event, account_id=account.id)
        db.session.get_one(Bus, bus.id).leader_id = leader.id
    return actor_of(account)


def tick(person: Delegate, second: int, *, aboard: bool = True) -> TickSent:
    at = AN_HOUR_AGO + timedelta(seconds=second)
    return TickSent(f"{person.id}x{second}x{aboard}", person.id, Leg.OUT, aboard, at)


def test_two_phones_send_what_they_kept_at_once_and_nothing_is_lost(any_app: Flask) -> None:
    """Opposite ticks too, each phone twice, as it happens when an answer gets lost."""
    event, visit, (bus,), riders = _visit(3, 5)
    first, second = _leader(event, bus), SYSTEM
    kept = [
        [tick(riders[0], 1), tick(riders[1], 2), tick(riders[2], 5)],
        [tick(riders[0], 4, aboard=False), tick(riders[1], 1, aboard=False), tick(riders[2], 5)],
    ]
    where = {"event_id": event.id, "bus_id": bus.id}
    asks = [
        lambda actor=actor, log=log: boarding.record(actor=actor, **where, entries=log)
        for actor, log in zip((first, second), kept, strict=True)
        for _ in range(2)
    ]
    assert _at_once(any_app, asks) == ["done"] * 4
    assert db.session.scalar(select(func.count(BoardingTick.id))) == 5
    marked = roll_calls.marks(visit.id)
    assert {key: mark.is_aboard for (key, _leg), mark in marked.items()} == {
        riders[0].id: False,
        riders[1].id: True,
        riders[2].id: True,
    }


def test_a_clock_that_runs_ahead_has_not_the_last_word_for_ever(app: Flask) -> None:
    event, visit, (bus,), (one,) = _visit(1, 5)
    ahead = TickSent("ahead-key", one.id, Leg.OUT, True, clock.now() + timedelta(days=3))
    where = {"actor": SYSTEM, "event_id": event.id, "bus_id": bus.id}
    boarding.record(**where, entries=[ahead])
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        boarding.record(**where, entries=[TickSent("later-key", one.id, Leg.OUT, False, clock.now())])
    assert [mark.is_aboard for mark in roll_calls.marks(visit.id).values()] == [False]


def test_the_decision_says_with_how_many_and_who_was_missing(app: Flask) -> None:
    event, visit, (bus,), riders = _visit(2, 5)
    leader = _leader(event, bus)
    left = DepartureSent("left-key", Leg.OUT, True, clock.now(), aboard=1, missing=(riders[1].id, 999))
    back = DepartureSent("back-key", Leg.OUT, False, clock.now())
    boarding.record(actor=leader, event_id=event.id, bus_id=bus.id, entries=[left])
    (view,) = roll_calls.departures(visit.id).values()
    assert (view.aboard, view.expected, view.missing_ids, view.by) == (1, 2, (riders[1].id,), "Айгүл")
    boarding.record(actor=leader, event_id=event.id, bus_id=bus.id, entries=[back])
    assert (roll_calls.departures(visit.id), db.session.query(Departure).count()) == ({}, 2)


def test_only_its_leaders_and_organisers_call_the_roll_of_a_bus(app: Flask) -> None:
    event, _visit_row, (bus, other), (one,) = _visit(1, 5, 5)
    leader = _leader(event, other)
    with pytest.raises(NotAllowedError):
        boarding.record(actor=leader, event_id=event.id, bus_id=bus.id, entries=[tick(one, 1)])


def test_the_log_goes_along_in_a_copy_and_goes_with_an_erasure(app: Flask) -> None:
    event, _visit_row, (bus,), (one, other) = _visit(2, 5)
    where = {"actor": SYSTEM, "event_id": event.id}
    boarding.record(**where, bus_id=bus.id, entries=[tick(one, 1), tick(other, 2)])
    held = [record["bus"] for record in holdings.records(Group.BOARDING, event.id, one.id)]
    erasing.erase(**where, delegate_id=one.id, is_confirmed=True)
    left = db.session.scalars(select(BoardingTick.delegate_id)).all()
    assert (held, left) == ([bus.label], [other.id])


def test_after_the_term_neither_ticks_nor_drivers_nor_the_missing_are_left(app: Flask) -> None:
    event, _visit_row, (bus,), (one,) = _visit(1, 5)
    with transaction():
        db.session.get_one(Bus, bus.id).driver = "Коршунов"
    left = DepartureSent("left-key", Leg.OUT, True, clock.now(), missing=(one.id,))
    boarding.record(actor=SYSTEM, event_id=event.id, bus_id=bus.id, entries=[tick(one, 1), left])
    with transaction():
        for kind, find in FINDERS[Group.BOARDING].items():
            erasers.erase(kind, db.session.scalars(find(event.id, None)).all())
    db.session.rollback()
    row = db.session.query(Departure).one()
    assert (db.session.query(BoardingTick).count(), row.missing_ids, row.expected) == (0, [], 1)
    assert db.session.get_one(Bus, bus.id).driver is None
