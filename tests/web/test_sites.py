"""Sites and visits at the desk: what is wrong stands at its field, with everything typed; nothing unseen."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.domain.roles import Role
from forum.domain.states import SignUpMode
from forum.models import Event, Message, Site, Visit
from forum.models.base import db
from forum.services import host_passwords
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.gate_trips import gate_trip


@pytest.fixture
def desk(app: Flask) -> tuple[Event, FlaskClient]:
    app.config["WTF_CSRF_ENABLED"] = False
    event = given(factories.event)
    return event, cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id), language="en")


def _site(**values: Any) -> dict[str, Any]:
    usual = {
        "code": "park",
        "kind": "technopark",
        "title_en": "Park",
        "photos": "allowed",
        "cut_off_hours": "24",
    }
    return {**usual, "version": "0", **values}


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(
    desk: tuple[Event, FlaskClient],
) -> None:
    event, browser = desk
    address = f"/e/{event.code}/desk/sites/new"
    wrong = browser.post(address, data=_site(code="Парк!", contact_name="Марат Ә."))
    right = browser.post(address, data=_site())
    said = wrong.text.count("small Latin letters, digits and hyphens, at most 40")
    assert (wrong.status_code, said, "Парк!" in wrong.text, "Марат Ә." in wrong.text) == (422, 2, True, True)
    assert (right.status_code, db.session.query(Site.code).all()) == (303, [("park",)])


def test_two_editors_see_both_versions_of_a_visit(desk: tuple[Event, FlaskClient]) -> None:
    event, browser = desk
    visit = given(factories.visit, event=event, site=given(factories.site, event=event))
    data = {
        "site_id": str(visit.site_id), "departs_on": "2026-12-02", "departs_time": "14:00", "version": "1",
        "starts_time": "15:00", "ends_time": "16:00", "returns_time": "17:00", "sign_up_mode": "first_come",
    }  # fmt: skip
    address = f"/e/{event.code}/desk/visits/{visit.id}/plan"
    first = browser.post(address, data={**data, "capacity": "31"})
    second = browser.post(address, data={**data, "capacity": "47"})
    db.session.rollback()
    assert (first.status_code, second.status_code) == (303, 409)
    assert ["47" in second.text, "31" in second.text] == [True, True]
    assert db.session.query(Visit.capacity).scalar() == 31


@pytest.mark.parametrize(("mode", "offers"), [("first_come", True), ("assigned", False)])
def test_a_seat_is_offered_to_guests_only_where_it_can_be_taken_at_once(
    app: Flask, mode: str, offers: bool
) -> None:
    with transaction():
        event = factories.event()
        site = factories.site(event)
        factories.visit(event, site, sign_up_mode=SignUpMode(mode))
    page = (
        app.test_client()
        .get(f"/e/{event.code}/sites/{site.id}", headers={"Accept-Language": "en"})
        .get_data(as_text=True)
    )
    assert ("Free seats: 20 of 20" in page, "20 seats, given by wishes" in page) == (offers, not offers)


def test_the_desk_writes_to_visitors_and_mails_the_list_to_the_host(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    trip = gate_trip()
    browser = cast.browser(app, cast.account(Role.ORGANISER, event_id=trip.event.id), language="en")
    made, desk = trip.make(), f"/e/{trip.event.code}/desk"
    told = browser.post(f"{desk}/visits/{trip.visit.id}/brief")
    page = browser.get(f"{desk}/access-lists/{made.id}/mail").text
    sent = browser.post(f"{desk}/access-lists/{made.id}/mail", data={"is_locked": "y"})
    after = browser.get(f"{desk}/visits/{trip.visit.id}/access-lists").text
    password = host_passwords.shown(event_id=trip.event.id, site_id=trip.site.id)
    kinds = [row.kind for row in db.session.scalars(select(Message).order_by(Message.id))]
    assert (told.status_code, sent.status_code, kinds) == (303, 303, ["visit"] * 3 + ["access_list"])
    assert ["gate@park.example" in page, password is not None and password in after] == [True, True]
    renewed = browser.post(f"{desk}/visits/{trip.visit.id}/list-password")
    again = browser.get(f"{desk}/visits/{trip.visit.id}/access-lists").text
    assert (renewed.status_code, str(password) in again) == (303, False)
