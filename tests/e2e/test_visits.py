"""Seats in a real browser: by keyboard, with the undo, without a script, and the organiser's dialog."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from forum.domain.roles import Role
from forum.domain.states import SeatStatus
from forum.models import Account, Event, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def visit(event: Event) -> Visit:
    with transaction():
        return factories.visit(event, factories.site(event), capacity=1)


@pytest.fixture
def account(event: Event) -> Account:
    """A delegate's."""
    account = cast.account(Role.DELEGATE, event_id=event.id)
    given(factories.delegate, event=event, account_id=account.id)
    return account


def statuses() -> list[SeatStatus]:
    db.session.rollback()
    return [seat.status for seat in db.session.query(Seat).order_by(Seat.id)]


def test_a_seat_by_keyboard_and_its_undo(
    served: Served, open_page: OpenPage, event: Event, visit: Visit, account: Account
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/visits")
    page.get_by_role("button", name="Орын алу").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Сіздің орныңыз бар")).to_be_visible()
    assert (statuses(), watched.inspect()) == ([SeatStatus.SEATED], [])
    page.locator(".toast form button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Орын алу")).to_be_visible()
    assert statuses() == [SeatStatus.CANCELLED]


def test_without_a_script_one_waits_in_line(
    served: Served, open_page: OpenPage, event: Event, visit: Visit, account: Account
) -> None:
    first = given(factories.delegate, event=event)
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=first.id)
    page = open_page(served, account, javascript=False).page
    page.goto(f"/e/{event.code}/my/visits")
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_text("Number 1 in the waiting list", exact=True)).to_be_visible()
    assert statuses() == [SeatStatus.SEATED, SeatStatus.WAITING]


def test_a_wrong_number_of_seats_keeps_the_dialog_open(
    served: Served, open_page: OpenPage, event: Event, visit: Visit
) -> None:
    page = open_page(served, cast.account(Role.ORGANISER, event_id=event.id)).page
    page.goto(f"/e/{event.code}/desk/visits/{visit.id}")
    page.get_by_text("Change the number of seats").first.click()
    page.get_by_label("Seats", exact=True).fill("-1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Seats", exact=True)).to_have_value("-1")
