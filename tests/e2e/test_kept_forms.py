"""A form that comes back whole, as the sign-in had ended, is sent by one press after signing in again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from forum.domain.roles import Role
from forum.models import Account, Delegation, Event, SignIn
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import accounts
from forum.services.accounts import RoleGranted
from forum.unit_of_work import transaction
from tests import factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser
PASSWORD = "a password of the tests"


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


def _kept(served: Served, open_page: OpenPage, event: Event, *, javascript: bool = True) -> Page:
    """The page with the kept form of somebody whose sign-in has ended while they typed."""
    account_id = accounts.create(
        actor=SYSTEM,
        email="office@example.org",
        name="Office",
        password=PASSWORD,
        language="en",
        roles=[RoleGranted(Role.ORGANISER, event.id)],
    )
    row = db.session.get_one(Account, account_id)
    page = open_page(served, row, javascript=javascript).page
    page.goto(f"/e/{event.code}/desk/delegations/new")
    page.locator("[name=title_en]").fill("Aral")
    page.locator("[name=code]").fill("aral")
    with transaction():
        db.session.execute(delete(SignIn))
    page.locator("main form button.is-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are no longer signed in")
    return page


def _sign_in_elsewhere(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").last.click()
    other = opened.value
    other.goto("/sign-in/password")
    other.get_by_label("E-mail").fill("office@example.org")
    other.get_by_label("Password").fill(PASSWORD)
    other.locator("main form button.is-primary").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    other.close()


def _delegations() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Delegation.code)))


def test_one_press_sends_it_after_signing_in_elsewhere(
    served: Served, open_page: OpenPage, event: Event
) -> None:
    page = _kept(served, open_page, event)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not signed in yet")
    assert _delegations() == []
    _sign_in_elsewhere(page)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Aral").first).to_be_visible()
    expect(page.get_by_role("button", name="Send again")).to_have_count(0)
    assert _delegations() == ["aral"]


def test_without_a_script_a_second_press_does(served: Served, open_page: OpenPage, event: Event) -> None:
    page = _kept(served, open_page, event, javascript=False)
    _sign_in_elsewhere(page)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was open for too long")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Aral").first).to_be_visible()
    assert _delegations() == ["aral"]
