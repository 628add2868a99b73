"""Wishes in the cabinet, the assignment at the desk: from the form to the letter."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum import jobs
from forum.domain.roles import Role
from forum.domain.states import SignUpMode
from forum.models import Assignment, Event, Message, Visit, Wish
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


@pytest.fixture
def pair(event: Event) -> tuple[Visit, Visit]:
    with transaction():
        site = factories.site(event)
        one, other = (
            factories.visit(event, site, capacity=1, sign_up_mode=SignUpMode.ASSIGNED) for _ in range(2)
        )
        return one, other


@pytest.fixture
def mine(app: Flask, event: Event) -> FlaskClient:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    given(factories.delegate, event=event, account_id=account.id)
    return cast.browser(app, account)


def wished() -> list[int]:
    return list(db.session.scalars(select(Wish.visit_id).order_by(Wish.choice)))


def test_the_same_visit_twice_is_said_at_its_field_and_nothing_is_lost(
    mine: FlaskClient, event: Event, pair: tuple[Visit, Visit]
) -> None:
    address, (one, other) = f"/e/{event.code}/my/visits/wishes", pair
    answer = mine.post(address, data={"first": one.id, "second": other.id, "third": one.id})
    assert (answer.status_code, wished()) == (422, [])
    kept = f'selected value="{other.id}"' in answer.text
    assert ('id="third-error"' in answer.text, kept) == (True, True)
    mine.post(address, data={"first": other.id, "third": one.id})
    assert wished() == [other.id, one.id]


def test_computed_given_taken_back_given_and_told(
    app: Flask, mine: FlaskClient, event: Event, pair: tuple[Visit, Visit]
) -> None:
    mine.post(f"/e/{event.code}/my/visits/wishes", data={"first": pair[0].id})
    desk = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))
    address = f"/e/{event.code}/desk/visits/assignment"
    desk.post(f"{address}/compute")
    assert (desk.get(address).text.count("assignment-progress"), jobs.work_off(app)) == (1, 1)
    assert desk.get(f"{address}/progress").headers["HX-Refresh"] == "true"
    form = {"assignment": db.session.scalars(select(Assignment.id)).one()}
    for step in ("apply", "undo", "apply"):
        desk.post(f"{address}/{step}", data=form)
        db.session.rollback()
    assert (db.session.scalars(select(Message.id)).all(), desk.get(address).status_code) == ([], 200)
    assert "You have a seat" not in mine.get(f"/e/{event.code}/my/visits").text
    site = f"/e/{event.code}/sites/{pair[0].site_id}"
    assert mine.get(site).text.count("1 seat, given by wishes") == 2
    desk.post(f"{address}/tell", data=form)
    assert db.session.scalars(select(Message.kind)).all() == ["visit"]
    assert "You have a seat" in mine.get(f"/e/{event.code}/my/visits").text
    shown = mine.get(site).text
    assert [shown.count(words) for words in ("given by wishes", "All seats are taken", "1 of 1")] == [0, 1, 1]


def test_an_organiser_writes_wishes_down_for_somebody(
    app: Flask, event: Event, pair: tuple[Visit, Visit]
) -> None:
    person = given(factories.delegate, event=event)
    desk = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))
    desk.post(f"/e/{event.code}/desk/delegates/{person.id}/wishes", data={"first": pair[1].id})
    assert wished() == [pair[1].id]
