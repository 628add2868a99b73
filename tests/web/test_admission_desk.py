"""The settings of registration at the desk: everything kept, both versions where two have changed them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.domain.admissions import ASKABLE, DEFAULTS
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Asked, Category, Opening
from forum.models import Capacity, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import admissions as known
from forum.queries import registration_settings
from forum.services import capacities
from forum.services.capacities import Wanted
from tests import cast, factories
from tests.factories import given

HALL: dict[str, Any] = {
    "title_ru": "Зал", "title_kk": "", "title_en": "", "categories": ["delegate"], "places": "20",
    "offer_hours": "24", "version": "1",
}  # fmt: skip


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    event = given(factories.event, code="here")
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


def _event_id() -> int:
    return db.session.scalars(select(Event.id)).one()


def _errors(text: str) -> list[str]:
    return [
        found.strip() for found in re.findall(r'class="field-error".*?</span>\s*([^<]+)</span>', text, re.S)
    ]


def _rules(**changes: str) -> dict[str, str]:
    usual = DEFAULTS[Category.PRESS]
    return {
        "opening": usual.opening.value,
        "approval": usual.approval.value,
        "most_companions": "0",
        "version": "0",
        **{f"asked_{name}": usual.asked[name].value for name in ASKABLE},
        **changes,
    }


def test_the_window_is_read_by_the_clock_of_the_forum(desk: FlaskClient) -> None:
    form = {"version": "1", "opens_on": "2026-11-01", "opens_time": "", "closes_on": "1.12.2026",
            "closes_time": "18.00", "offer_hours": "24"}  # fmt: skip
    answer = desk.post("/e/here/desk/admission/window", data=form)
    found = registration_settings.of_event(event_id=_event_id())
    assert (answer.status_code, found.opens_at, found.closes_at, found.offer_hours) == (
        303,
        datetime(2026, 10, 31, 21, tzinfo=UTC),
        factories.at(18, day=1),
        24,
    )


def test_a_window_that_closes_before_it_opens_keeps_what_was_typed(desk: FlaskClient) -> None:
    form = {"version": "1", "opens_on": "2026-11-05", "closes_on": "2026-11-01", "offer_hours": "48"}
    page = desk.post("/e/here/desk/admission/window", data=form)
    assert (page.status_code, _errors(page.text), "2026-11-05" in page.text, "2026-11-01" in page.text) == (
        422,
        ["The registration would close before it opens. Check the days and times."],
        True,
        True,
    )


def test_the_second_organiser_sees_both_versions_of_the_window(desk: FlaskClient) -> None:
    mine = {"version": "1", "closes_on": "2026-11-20", "offer_hours": "48"}
    desk.post("/e/here/desk/admission/window", data={**mine, "closes_on": "2026-11-10"})
    page = desk.post("/e/here/desk/admission/window", data=mine)
    seen = ("Nov 10, 2026" in page.text or "10 Nov 2026" in page.text, "20 Nov 2026" in page.text)
    again = desk.post("/e/here/desk/admission/window", data={**mine, "version": "2"})
    assert (page.status_code, seen, again.status_code) == (409, (True, True), 303)


def test_the_rules_of_a_category_are_set(desk: FlaskClient) -> None:
    form = _rules(opening="closed", asked_photo="required", most_companions="2", edits_need_decision="y")
    desk.post("/e/here/desk/admission/categories/press", data=form)
    rules = known.rules(event_id=_event_id(), category=Category.PRESS)
    assert (rules.opening, rules.asked["photo"], rules.most_companions, rules.edits_need_decision) == (
        Opening.CLOSED,
        Asked.REQUIRED,
        2,
        True,
    )


def test_the_second_organiser_sees_both_versions_of_the_rules(desk: FlaskClient) -> None:
    path = "/e/here/desk/admission/categories/press"
    desk.post(path, data=_rules(opening="closed"))
    page = desk.post(path, data=_rules(opening="invited", asked_photo="required"))
    rows = re.findall(
        r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*><div>([^<]*)</div></td>\s*<td[^>]*><div>([^<]*)',
        page.text,
    )
    assert (page.status_code, rows) == (
        409,
        [
            ("Who may register", "Nobody: the office adds them", "Only who is invited"),
            ("Photo", "May be left empty", "Must be filled in"),
        ],
    )


def test_numbers_that_are_none_are_said_at_their_field(desk: FlaskClient) -> None:
    page = desk.post("/e/here/desk/admission/categories/press", data=_rules(most_companions="many"))
    assert (page.status_code, _errors(page.text)) == (422, ["Enter a whole number from 0 to 10."])


def test_a_category_that_there_is_not_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/e/here/desk/admission/categories/kings").status_code == 404


def test_places_are_added_changed_and_removed_with_the_way_back(desk: FlaskClient) -> None:
    desk.post("/e/here/desk/admission/places/new", data=HALL)
    row = db.session.execute(select(Capacity.id, Capacity.places, Capacity.title)).one()
    desk.post(f"/e/here/desk/admission/places/{row.id}", data={**HALL, "places": "25"})
    changed = db.session.scalars(select(Capacity.places)).one()
    desk.post(f"/e/here/desk/admission/places/{row.id}/remove", data={"version": "2"})
    removed = db.session.scalars(select(Capacity.id)).all()
    page = desk.get("/e/here/desk/admission").text
    undo = re.search(r'action="([^"]*take-back)".*?name="entry" value="(\d+)"', page, re.S)
    assert undo is not None
    desk.post(undo[1], data={"entry": undo[2]})
    back = db.session.scalars(select(Capacity.places)).one()
    assert (row.places, row.title, changed, removed, back) == (20, Localized(ru="Зал"), 25, [], 25)


def test_places_without_a_name_are_refused_with_everything_kept(desk: FlaskClient) -> None:
    page = desk.post("/e/here/desk/admission/places/new", data={**HALL, "title_ru": ""})
    kept = 'value="20"' in page.text and 'value="24"' in page.text
    assert (page.status_code, _errors(page.text), kept) == (
        422,
        ["Say what these places are, in at least one language."],
        True,
    )


def test_the_second_organiser_sees_both_versions_of_places(desk: FlaskClient) -> None:
    hall = Wanted(title=Localized(ru="Зал"), categories=[Category.DELEGATE], places=5, offer_hours=24)
    key = capacities.add(actor=SYSTEM, event_id=_event_id(), wanted=hall)
    desk.post(f"/e/here/desk/admission/places/{key}", data={**HALL, "places": "6"})
    page = desk.post(f"/e/here/desk/admission/places/{key}", data={**HALL, "places": "7"})
    rows = re.findall(
        r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*><div>([^<]*)</div></td>\s*<td[^>]*><div>([^<]*)',
        page.text,
    )
    assert (page.status_code, rows) == (409, [("Places", "6", "7")])
