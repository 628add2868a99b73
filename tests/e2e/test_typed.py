"""What was typed comes back after another language and after Back; secrets and what was sent do not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import Account, Delegate, Delegation, Event
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given
from tests.gate_trips import gate_trip

pytestmark = pytest.mark.browser
NOTE = "[data-typed-note]"


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def organiser(event: Event) -> Account:
    return cast.account(Role.ORGANISER)


def _stored(page: Page) -> str:
    return page.evaluate("JSON.stringify(sessionStorage)")


def _switch_to(page: Page, language: str) -> None:
    page.locator("details.menu:has(button[name=language]) summary").first.click()
    page.locator(f"details.menu button[name=language][value={language}]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def _type(page: Page, event: Event, code: str = "aral") -> None:
    page.goto(f"/e/{event.code}/desk/delegations/new")
    page.locator("[name=title_en]").fill("Aral")
    page.locator("[name=code]").fill(code)
    page.locator("[name=side][value=host]").check()


def _has_come_back(page: Page, code: str = "aral") -> None:
    expect(page.locator("[name=code]")).to_have_value(code)
    expect(page.locator("[name=title_en]")).to_have_value("Aral")
    expect(page.locator("[name=side][value=host]")).to_be_checked()


def test_another_language_and_back_lose_nothing(
    served: Served, open_page: OpenPage, event: Event, organiser: Account
) -> None:
    watched = open_page(served, organiser)
    page = watched.page
    _type(page, event)
    for language in ("kk", "ru", "en"):
        _switch_to(page, language)
        _has_come_back(page)
        expect(page.locator(NOTE)).to_be_visible()
    page.get_by_role("link", name="Companies").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Companies")
    page.go_back()
    _has_come_back(page)
    assert watched.inspect() == []
    page.locator("[data-typed-drop]").click()
    expect(page.locator("[name=code]")).to_have_value("")
    page.reload()
    expect(page.locator("[name=code]")).to_have_value("")
    expect(page.locator(NOTE)).to_be_hidden()


def test_what_was_refused_stays_and_what_was_sent_goes(
    served: Served, open_page: OpenPage, event: Event, organiser: Account
) -> None:
    page = open_page(served, organiser).page
    _type(page, event, code="No such code")
    page.locator("main form .form-actions button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    _switch_to(page, "ru")
    _has_come_back(page, "No such code")
    page.locator("[name=code]").fill("aral")
    page.locator("main form .form-actions button").click()
    expect(page.locator("[name=code]")).to_have_count(0)
    db.session.rollback()
    assert db.session.scalars(select(Delegation.code)).all() == ["aral"]
    assert "typed " not in _stored(page)
    page.goto(f"/e/{event.code}/desk/delegations/new")
    expect(page.locator("[name=code]")).to_have_value("")


def test_it_is_for_this_version_alone_and_until_its_reader_signs_out(
    served: Served, open_page: OpenPage, event: Event, organiser: Account
) -> None:
    delegation = given(factories.delegation, event=event)
    page = open_page(served, organiser).page
    address = f"/e/{event.code}/desk/delegations/{delegation.id}/edit"
    page.goto(address)
    page.locator("[name=title_en]").fill("Mine")
    page.reload()
    expect(page.locator("[name=title_en]")).to_have_value("Mine")
    with transaction():
        db.session.get_one(Delegation, delegation.id).title = Localized(en="Theirs")
    page.reload()
    expect(page.locator("[name=title_en]")).to_have_value("Theirs")
    _type(page, event)
    page.locator("details.menu:has(form[action$='/sign-out']) summary").first.click()
    page.locator("form[action$='/sign-out'] button").first.click()
    expect(page.locator("form[action$='/sign-out']")).to_have_count(0)
    assert "typed " not in _stored(page)


def test_passwords_and_documents_are_never_kept(served: Served, open_page: OpenPage) -> None:
    trip = gate_trip()
    account = cast.account(Role.DELEGATE, event_id=trip.event.id)
    with transaction():
        db.session.get_one(Delegate, trip.people[2].id).account_id = account.id
    page = open_page(served).page
    page.goto("/sign-in/password")
    page.locator("main [type=email]").fill("office@example.org")
    page.locator("main [type=password]").fill("unspeakable")
    assert ("office@example.org" in _stored(page), "unspeakable" in _stored(page)) == (True, False)
    page = open_page(served, account).page
    page.goto(f"/e/{trip.event.code}/my/document")
    page.locator("main textarea").fill("P<RUS")
    page.locator("main [name=number]").fill("71 1234567")
    page.locator("main [name=birth_date]").fill("14.03.1981")
    stored = _stored(page)
    assert [secret in stored for secret in ("P<RUS", "1234567", "1981")] == [False] * 3
