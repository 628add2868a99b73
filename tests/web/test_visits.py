"""Seats from the browser: the delegate's own, and the organiser's lists."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from forum.domain.roles import Role
from forum.domain.states import SeatStatus
from forum.models import Delegate, Event, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


@pytest.fixture(autouse=True)
def _without_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def visit(event: Event) -> Visit:
    with transaction():
        return factories.visit(event, factories.site(event), capacity=1)


@pytest.fixture
def me(app: Flask, event: Event) -> Delegate:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    return given(factories.delegate, event=event, account_id=account.id)


@pytest.fixture
def mine(app: Flask, me: Delegate) -> FlaskClient:
    """The delegate's own browser."""
    return cast.browser(app, db.session.get_one(cast.Account, me.account_id))


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    """The organiser's browser."""
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


def seat(event: Event, visit: Visit, **values: object) -> Delegate:
    person = given(factories.delegate, event=event, **values)
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    return person


def status_of(person: Delegate) -> SeatStatus | None:
    return db.session.scalar(select(Seat.status).where(Seat.delegate_id == person.id))


def said(answer: TestResponse) -> str:
    """The words of the toast."""
    found = re.search(r'<span class="toast-text">(.*?)</span>', answer.text)
    return found[1] if found else ""


def test_a_seat_is_taken_with_one_button(mine: FlaskClient, event: Event, visit: Visit, me: Delegate) -> None:
    address = f"/e/{event.code}/my/visits/{visit.id}/sign-up"
    assert address in mine.get(f"/e/{event.code}/my/visits").text
    answer = mine.post(address, follow_redirects=True)
    assert (status_of(me), said(answer)) == (SeatStatus.SEATED, "You have a seat: Esipovo.")


def test_a_seat_is_given_back_with_the_toasts_undo(
    mine: FlaskClient, event: Event, visit: Visit, me: Delegate
) -> None:
    page = mine.post(f"/e/{event.code}/my/visits/{visit.id}/sign-up", follow_redirects=True).text
    toast = page[page.index('<div class="toast ') :]
    found = re.search(r'action="([^"]+)".*?name="form_key" value="([^"]+)"', toast, re.DOTALL)
    assert found is not None
    mine.post(found[1], data={"form_key": found[2]})
    assert status_of(me) == SeatStatus.CANCELLED


def test_who_waits_sees_the_place(mine: FlaskClient, event: Event, visit: Visit) -> None:
    seat(event, visit)
    seat(event, visit)
    answer = mine.post(f"/e/{event.code}/my/visits/{visit.id}/sign-up", follow_redirects=True)
    assert said(answer) == "You are number 2 in the waiting list: Esipovo."


def test_the_same_form_twice_acts_once(mine: FlaskClient, event: Event, visit: Visit, me: Delegate) -> None:
    address = f"/e/{event.code}/my/visits/{visit.id}"
    mine.post(f"{address}/sign-up", data={"form_key": "one"})
    mine.post(f"{address}/cancel", data={"form_key": "two"})
    mine.post(f"{address}/sign-up", data={"form_key": "one"})
    assert status_of(me) == SeatStatus.CANCELLED


def test_a_conflict_is_said_instead_of_offering_a_button(
    mine: FlaskClient, event: Event, visit: Visit
) -> None:
    with transaction():
        other = factories.visit(event, factories.site(event))
    mine.post(f"/e/{event.code}/my/visits/{visit.id}/sign-up")
    page = mine.get(f"/e/{event.code}/my/visits").text
    assert (f"visits/{other.id}/sign-up" in page, "another visit, 14:00–18:00" in page) == (False, True)


def test_a_conflict_found_on_the_way_is_said(mine: FlaskClient, event: Event, visit: Visit) -> None:
    with transaction():
        other = factories.visit(event, factories.site(event))
    page = f"/e/{event.code}/my/visits"
    mine.post(f"{page}/{visit.id}/sign-up", follow_redirects=True)
    answer = mine.post(
        f"{page}/{other.id}/sign-up", headers={"Referer": f"http://localhost{page}"}, follow_redirects=True
    )
    assert said(answer) == "At that time there is already a seat in another visit (14:00–18:00)."


def test_an_account_without_a_delegate_has_no_visits(app: Flask, event: Event, visit: Visit) -> None:
    browser = cast.browser(app, cast.account(Role.DELEGATE, event_id=event.id))
    assert browser.get(f"/e/{event.code}/my/visits").status_code == 404


def test_the_desk_finds_a_person_and_gives_a_seat(desk: FlaskClient, event: Event, visit: Visit) -> None:
    person = given(factories.delegate, event=event, family_name="Сұлтанов", search_key="sultanov")
    address = f"/e/{event.code}/desk/visits/{visit.id}"
    assert "Сұлтанов" in desk.get(f"{address}?find=султ").text
    desk.post(f"{address}/add", data={"delegate": person.id, "do": "seat"})
    assert status_of(person) == SeatStatus.SEATED


def test_the_desk_takes_a_person_off_and_the_next_moves_up(
    desk: FlaskClient, event: Event, visit: Visit
) -> None:
    first, second = seat(event, visit), seat(event, visit)
    desk.post(f"/e/{event.code}/desk/visits/{visit.id}/remove", data={"delegate": first.id})
    assert (status_of(first), status_of(second)) == (SeatStatus.CANCELLED, SeatStatus.SEATED)


def test_the_desk_moves_a_person(desk: FlaskClient, event: Event, visit: Visit) -> None:
    person = seat(event, visit)
    with transaction():
        other = factories.visit(event, factories.site(event))
    address = f"/e/{event.code}/desk/visits/{visit.id}/move"
    desk.post(address, data={"delegate": person.id, "to": other.id})
    seats = db.session.execute(select(Seat.visit_id, Seat.status).order_by(Seat.visit_id)).all()
    assert seats == [(visit.id, SeatStatus.CANCELLED), (other.id, SeatStatus.SEATED)]


@pytest.mark.parametrize(
    ("offer_hours", "told"),
    [
        (None, "2 people from the waiting list have a seat now and will be told."),
        (12, "Seats are kept for 2 people from the waiting list, who are asked by mail."),
    ],
)
def test_more_seats_tell_how_many_moved_up(
    desk: FlaskClient, event: Event, visit: Visit, offer_hours: int | None, told: str
) -> None:
    with transaction():
        db.session.get_one(Visit, visit.id).offer_hours = offer_hours
    for _ in range(4):
        seat(event, visit)
    answer = desk.post(
        f"/e/{event.code}/desk/visits/{visit.id}/capacity",
        data={"capacity": 3, "version": 1},
        follow_redirects=True,
    )
    assert said(answer) == f"The number of seats has been changed. {told}"


@pytest.mark.parametrize(
    ("capacity", "version", "status", "sentence"),
    [
        ("0", 1, 409, "Seats already taken: 1."),
        ("5", 7, 409, "Somebody else has changed this meanwhile."),
        ("many", 1, 422, "Enter a whole number from 0 to 10,000."),
        ("", 1, 422, "Enter how many people can go."),
        ("-1", 1, 422, "Enter a whole number from 0 to 10,000."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    desk: FlaskClient, event: Event, visit: Visit, capacity: str, version: int, status: int, sentence: str
) -> None:
    seat(event, visit)
    answer = desk.post(
        f"/e/{event.code}/desk/visits/{visit.id}/capacity", data={"capacity": capacity, "version": version}
    )
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_the_workbook_has_a_sheet_of_seats_and_one_of_those_who_wait(
    desk: FlaskClient, event: Event, visit: Visit
) -> None:
    seat(event, visit, family_name="=HYPERLINK()")
    seat(event, visit, family_name="Жанарова")
    answer = desk.get(f"/e/{event.code}/desk/visits/{visit.id}/people.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert [(sheet.title, sheet["B2"].value, sheet["B2"].data_type) for sheet in book] == [
        ("Seated", "=HYPERLINK() Владимир Иванович", "s"),
        ("Waiting list", "Жанарова Владимир Иванович", "s"),
    ]


@pytest.mark.parametrize("path", ["", "/1", "/1/people.xlsx"])
def test_a_delegate_does_not_see_the_lists(mine: FlaskClient, event: Event, visit: Visit, path: str) -> None:
    assert mine.get(f"/e/{event.code}/desk/visits{path}").status_code == 404


def test_the_number_of_statements_does_not_grow(
    app: Flask, mine: FlaskClient, desk: FlaskClient, event: Event, visit: Visit
) -> None:
    own, lists, one = (
        (mine, f"/e/{event.code}/my/visits"),
        (desk, f"/e/{event.code}/desk/visits"),
        (desk, f"/e/{event.code}/desk/visits/{visit.id}?find=иволгин"),
    )
    counts = []
    for number in (1, 9):
        for _ in range(number):
            seat(event, visit)
            with transaction():
                factories.visit(event, factories.site(event))
        round_ = []
        for browser, address in (own, lists, one):
            with statements(app) as seen:
                browser.get(address)
            round_.append(len(seen))
        counts.append(round_)
    assert counts == [[10, 4, 11], [10, 4, 11]]
