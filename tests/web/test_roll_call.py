"""The roll on the leader's phone, and the desk's pages about buses."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.models import BoardingTick, Bus, Delegate, Event, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import visit_settings
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements


@dataclass(frozen=True)
class Trip:
    event: Event
    visit: Visit
    bus: Bus
    own: Delegate
    other: Delegate
    leader: FlaskClient

    @property
    def path(self) -> str:
        return f"/e/{self.event.code}/venue/buses/{self.bus.id}"


@pytest.fixture
def trip(app: Flask) -> Trip:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        event = factories.event()
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        visit = factories.visit(event, factories.site(event))
        leader = factories.delegate(event, account_id=account.id)
        bus = factories.bus(visit, label="1", leader_id=leader.id)
        second = factories.bus(visit, label="2")
        own = factories.delegate(event, phone="+77010000001")
        other = factories.delegate(event, phone="+77010000002")
        factories.seated(visit, own, bus)
        factories.seated(visit, other, second)
    return Trip(event, visit, bus, own, other, cast.browser(app, account))


def test_the_leader_sees_phones_of_the_own_passengers_and_of_nobody_else(trip: Trip) -> None:
    text = trip.leader.get(trip.path).get_data(as_text=True)
    assert [number in text for number in ("+77010000001", "+77010000002")] == [True, False]


def test_the_own_day_says_which_bus_of_which_visit_one_leads(trip: Trip) -> None:
    text = trip.leader.get(f"/e/{trip.event.code}/my/", headers={"Accept-Language": "en"}).get_data(
        as_text=True
    )
    assert ("Bus 1" in text, "Esipovo" in text) == (True, True)


def test_nobody_leads_the_bus_of_a_visit_that_is_called_off(trip: Trip) -> None:
    day = f"/e/{trip.event.code}/my/"
    said = [(trip.leader.get(trip.path).status_code, trip.path in trip.leader.get(day).text)]
    where = {"event_id": trip.event.id, "visit_id": trip.visit.id, "version": trip.visit.version}
    visit_settings.cancel(actor=SYSTEM, **where, reason="Метель")
    said.append((trip.leader.get(trip.path).status_code, trip.path in trip.leader.get(day).text))
    assert said == [(200, True), (404, False)]


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.DESK, Role.PROTOCOL, Role.COORDINATOR])
def test_the_list_of_a_bus_is_not_there_for_others(app: Flask, trip: Trip, role: Role) -> None:
    with transaction():
        delegation = factories.delegation(trip.event)
    reader = cast.account(role, event_id=trip.event.id, delegation_id=delegation.id)
    browser = cast.browser(app, reader)
    asked = [browser.get(trip.path), browser.get(f"{trip.path}/log.json"), browser.post(f"{trip.path}/tick")]
    assert [answer.status_code for answer in asked] == [404, 404, 404]


def test_a_phone_is_told_what_it_need_not_keep_any_more(trip: Trip) -> None:
    entries = [
        {"key": "aaaaaaaa1", "person": trip.own.id, "leg": "out", "aboard": True, "at": 1_000},
        {"key": "aaaaaaaa2", "person": 10_000, "leg": "out", "aboard": True, "at": 1_000},
    ]
    sent = {"entries": json.dumps(entries)}
    answers = [trip.leader.post(f"{trip.path}/log.json", data=sent).get_json() for _ in range(2)]
    assert [(answer["taken"], answer["refused"]) for answer in answers] == [
        (["aaaaaaaa1", "aaaaaaaa2"], ["aaaaaaaa2"])
    ] * 2
    assert [mark[:4] for mark in answers[1]["marks"]] == [[trip.own.id, "out", 1, trip.bus.id]]


@pytest.mark.parametrize(
    "entries",
    ["", "{}", "[1]", '[{"key": "a", "leg": "out", "at": 1}]', '[{"key": "aaaaaaaa1"}]', "[" * 3000],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(trip: Trip, entries: str) -> None:
    answer = trip.leader.post(f"{trip.path}/log.json", data={"entries": entries})
    assert (answer.status_code, db.session.query(BoardingTick).count()) == (422, 0)


def test_without_a_script_a_tick_and_the_decision_are_plain_forms(trip: Trip) -> None:
    ticked = trip.leader.post(f"{trip.path}/tick", data={"tick": f"{trip.own.id}-on", "leg": "out"})
    left = trip.leader.post(f"{trip.path}/depart", data={"leg": "out", "gone": "yes"})
    text = trip.leader.get(trip.path).get_data(as_text=True)
    assert (ticked.status_code, left.status_code) == (303, 303)
    assert ('aria-pressed="true"' in text, "with 1 of 1" in text) == (True, True)


def test_the_desk_sees_who_is_aboard_and_with_how_many_a_bus_left(app: Flask, trip: Trip) -> None:
    desk = cast.browser(app, cast.account(Role.ORGANISER, event_id=trip.event.id))
    live = f"/e/{trip.event.code}/desk/visits/{trip.visit.id}/roll-call/progress"
    before = desk.get(live).get_data(as_text=True)
    trip.leader.post(f"{trip.path}/tick", data={"tick": f"{trip.own.id}-on", "leg": "out"})
    trip.leader.post(f"{trip.path}/depart", data={"leg": "out", "gone": "yes"})
    after = desk.get(live).get_data(as_text=True)
    said = ("Everybody is aboard", "departed with 1 of 1, decided by Айгүл")
    assert [[word in text for word in said] for text in (before, after)] == [[False, False], [True, True]]


def test_the_pages_ask_the_database_no_more_for_more_people(app: Flask, trip: Trip) -> None:
    organiser = cast.browser(app, cast.account(Role.ORGANISER, event_id=trip.event.id))
    desk = f"/e/{trip.event.code}/desk/visits/{trip.visit.id}"
    paths = (trip.path, f"{desk}/buses", f"{desk}/roll-call")
    counts = []
    for _ in range(2):
        for path in paths:
            with statements(app) as seen:
                assert organiser.get(path).status_code == 200
            counts.append(len(seen))
        with transaction():
            visit = db.session.get_one(Visit, trip.visit.id)
            for _nth in range(3):
                factories.seated(visit, factories.delegate(trip.event), trip.bus)
    assert counts[: len(paths)] == counts[len(paths) :]


def test_a_wrong_bus_is_said_at_its_field_with_everything_kept(app: Flask, trip: Trip) -> None:
    organiser = cast.browser(app, cast.account(Role.ORGANISER, event_id=trip.event.id))
    path = f"/e/{trip.event.code}/desk/visits/{trip.visit.id}/buses/add"
    typed = {
        "label": "1",
        "capacity": "45",
        "plate": "А 777 АА",
        "stops-0-leg": "out",
        "stops-0-time": "8.30",
    }
    unclear, twice = organiser.post(path, data=typed), organiser.post(path, data=typed | {"stops-0-time": ""})
    assert [answer.status_code for answer in (unclear, twice)] == [422, 422]
    many = organiser.post(path, data=typed | {"capacity": "9" * 30}).get_data(as_text=True)
    assert many.count("Enter a whole number from") == 2  # above the form and at the field, of one range only
    assert "Enter where the stop is" in unclear.get_data(as_text=True)
    assert all(word in twice.get_data(as_text=True) for word in ("is called 1", "А 777 АА"))


def test_people_are_moved_from_the_desk(app: Flask, trip: Trip) -> None:
    organiser = cast.browser(app, cast.account(Role.ORGANISER, event_id=trip.event.id))
    path = f"/e/{trip.event.code}/desk/visits/{trip.visit.id}/buses"
    organiser.post(f"{path}/passengers", data={"do": "move", "ids": [trip.other.id], "to": trip.bus.id})
    moved = db.session.query(Seat).filter_by(delegate_id=trip.other.id).one()
    assert (moved.bus_id, moved.stays_in_bus) == (trip.bus.id, True)
    assert organiser.post(f"{path}/fill").status_code == 303
