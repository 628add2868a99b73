"""The door: whoever stands there is found however the name is typed, and a tap is answered once for all."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forum.domain.folding import fold
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import CheckIn, Delegate, Event, PrintJob
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import check_ins, stations
from tests import factories
from tests.cast import account, browser
from tests.factories import given
from tests.queries_counted import statements

NOBODY = "Nobody of this name has a place at the forum."
PERHAPS = "Nobody is written exactly like this. Perhaps it is:"


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


@pytest.fixture
def door(app: Flask, event: Event) -> FlaskClient:
    return browser(app, account(Role.DESK, event_id=event.id))


def _person(event: Event, family: str, given_name: str = "Ерлан", **values: object) -> Delegate:
    return given(
        factories.delegate,
        event=event,
        family_name=family,
        given_name=given_name,
        patronymic=None,
        latin_family_name=None,
        latin_given_name=None,
        search_key=fold(f"{family} {given_name}"),
        **values,
    )


def _found(door: FlaskClient, event: Event, text: str) -> tuple[list[str], str]:
    """Names that can be tapped, and the whole page."""
    page = door.get(f"/e/{event.code}/venue/", query_string={"q": text}).text
    return re.findall(r'<button class="venue-person[^"]*">\s*<span><span class="name">([^<]+)<', page), page


@pytest.mark.parametrize(
    ("typed", "is_guess"),
    [
        ("Сулейменов", False),
        ("suleimenov", False),
        ("сул", False),
        ("cektqvtyjd", False),  # the English layout
        ("ыгдуьутщм", True),  # the Russian layout, and Sulemenov
        ("Сулйменов", True),
        ("Сулемёнав", True),
        ("Дулейменов", True),
        ("Серик", False),
    ],
)
def test_a_name_is_found_however_it_is_typed(
    door: FlaskClient, event: Event, typed: str, is_guess: bool
) -> None:
    _person(event, "Сулейменов", "Серік")
    _person(event, "Рождественская", "Ольга")
    names, page = _found(door, event, typed)
    assert (names, PERHAPS in page) == (["Сулейменов Серік"], is_guess)


def test_a_name_that_is_written_so_comes_without_those_that_look_like_it(
    door: FlaskClient, event: Event
) -> None:
    _person(event, "Ахметов")
    _person(event, "Ахмедов")
    assert _found(door, event, "Ахметов")[0] == ["Ахметов Ерлан"]
    assert sorted(_found(door, event, "Ахмерев")[0]) == ["Ахмедов Ерлан", "Ахметов Ерлан"]


@pytest.mark.parametrize("typed", ["Ким", "rbv", "Kim"])
@pytest.mark.parametrize("status", [status for status in RegistrationStatus if status != "approved"])
def test_who_has_no_place_is_shown_and_cannot_be_marked(
    door: FlaskClient, event: Event, typed: str, status: RegistrationStatus
) -> None:
    _person(event, "Ким", status=status)
    names, page = _found(door, event, typed)
    assert (names, NOBODY in page, "Registered, but without a place" in page) == ([], True, True)
    assert re.findall(r'<span class="name">([^<]+)<', page) == ["Ким Ерлан"]


@pytest.mark.parametrize("typed", ["Совершенно", "--", "<>", "бю"])
def test_nobody_is_said_to_be_nobody(door: FlaskClient, event: Event, typed: str) -> None:
    _person(event, "Ким")
    _person(event, "Цой", status=RegistrationStatus.DECLINED)
    names, page = _found(door, event, typed)
    assert (names, NOBODY in page, "without a place" in page) == ([], True, False)


def test_a_number_is_found_as_it_is(door: FlaskClient, event: Event) -> None:
    person = _person(event, "Ким")
    _person(event, "Цой")
    assert _found(door, event, str(person.number))[0] == ["Ким Ерлан"]


def test_more_people_need_no_more_statements(app: Flask, door: FlaskClient, event: Event) -> None:
    _person(event, "Ким")
    _found(door, event, "ким")
    with statements(app) as few:
        _found(door, event, "ким")
    for number in range(12):
        _person(event, "Ким", company=given(factories.company, event=event, name=f"Фирма {number}"))
    _found(door, event, "ким")
    with statements(app) as many:
        _found(door, event, "ким")
    assert len(many) == len(few)


def test_a_repeated_tap_is_answered_as_the_first(door: FlaskClient, event: Event) -> None:
    station = stations.add(actor=SYSTEM, event_id=event.id, name="Стойка", sheet="a6")
    door.post(f"/e/{event.code}/venue/badges", data={"station": str(station)})
    person = _person(event, "Ким")
    other = _person(event, "Цой")
    tap = f"/e/{event.code}/venue/{person.id}"
    first, again = (door.post(tap, data={"form_key": "a tap"}) for _ in range(2))
    by_another = door.post(tap, data={"form_key": "another tap"})
    same_list = door.post(f"/e/{event.code}/venue/{other.id}", data={"form_key": "a tap"})
    answers = [_verdict(answer.text) for answer in (first, again, by_another, same_list)]
    assert answers == [("good", True), ("good", True), ("warn", False), ("good", True)]
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 2
    assert db.session.scalar(select(func.count()).select_from(PrintJob)) == 2


def test_a_tap_that_was_taken_back_does_not_come_back_by_itself(door: FlaskClient, event: Event) -> None:
    person = _person(event, "Ким")
    tap = f"/e/{event.code}/venue/{person.id}"
    door.post(tap, data={"form_key": "a tap"})
    door.post(f"{tap}/take-back")
    again = door.post(tap, data={"form_key": "a tap"})
    assert (again.status_code, "This mark was taken back." in again.text) == (422, True)
    assert check_ins.check_in(actor=SYSTEM, event_id=event.id, delegate_id=person.id).is_first


def _verdict(page: str) -> tuple[str, bool]:
    tone = "warn" if "venue-verdict is-warn" in page else "bad" if "is-bad" in page else "good"
    return tone, "The badge is being printed." in page
