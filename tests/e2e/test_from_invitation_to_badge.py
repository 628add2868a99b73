"""From the invitation to the badge: an organiser invites, somebody registers on a phone, in Kazakh and
without a script, the organiser asks back and approves, and the delegate finds the own badge right."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, Event, Message
from forum.models.base import db
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.e2e.watching import Watched
from tests.factories import given

pytestmark = pytest.mark.browser
ADDRESS = "aigul@example.org"


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


def test_from_the_invitation_to_the_badge(served: Served, open_page: OpenPage, event: Event) -> None:
    desk = open_page(served, cast.account(Role.ORGANISER, event_id=event.id), language="ru")
    _invite(desk.page, event)
    phone = open_page(served, language="kk", width=390, javascript=False)
    _register(phone, _link_in_the_latest_letter(served))
    assert _status() is RegistrationStatus.APPLIED
    _ask_back(desk.page, event)
    _sign_in(phone.page, served)
    _answer(phone.page)
    _approve(desk.page, event)
    _find_the_badge_right(phone.page, event)
    assert _status() is RegistrationStatus.APPROVED
    assert (phone.problems, desk.inspect()) == ([], [])


def _invite(page: Page, event: Event) -> None:
    page.goto(f"/e/{event.code}/desk/invitations/new")
    page.fill("[name=people]", f"Әйгүл Сұлтанғазиева; {ADDRESS}; kk")
    page.locator("form .form-actions button").last.click()
    page.locator("form .button.is-primary.is-large").click()
    expect(page.get_by_role("link", name="Әйгүл Сұлтанғазиева")).to_be_visible()


def _register(watched: Watched, link: str) -> None:
    """Every step, each looked at on its way."""
    page = watched.page
    page.goto(link)
    page.locator("main button").last.click()
    _send(page, family_name="Сұлтанғазиева", given_name="Әйгүл", phone="8 701 123 45 67")
    page.fill("[name=company_text]", "ЖШС Ақ жайық")
    page.locator("main [name=do][value=new]").first.click()
    _send(page, company_town="Қонаев")
    page.check("[name=sectors][value=food]")
    _send(page, offers="Қымыз бен шұбат", seeks="Бөтелке")
    page.check("[name=spoken][value=kk]")
    _send(page, position_kk="бас директор")
    _send(page, diet="халал")
    _send(page)  # no photo
    for purpose in ("processing", "transfer", "catalogue"):
        page.check(f"[name=consent_{purpose}]")
    page.check("[name=visibility][value=participants]")
    _send(page)
    _expect_picture(page)
    _send(page)
    expect(page).to_have_url(re.compile("/register/thanks$"))


def _send(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button.is-primary").last.click()
    expect(page.locator(".error-summary")).to_have_count(0)


def _ask_back(page: Page, event: Event) -> None:
    page.goto(f"/e/{event.code}/desk/registrations")
    page.get_by_role("link", name="Сұлтанғазиева Әйгүл").click()
    page.wait_for_load_state()
    page.keyboard.press("q")
    page.fill("[name=question]", "Как пишется название компании по-русски?")
    page.locator("dialog[open] button[value=asked]").click()
    expect(page.get_by_text("Возвращено с вопросом").first).to_be_visible()


def _sign_in(page: Page, served: Served) -> None:
    """By the letter with the question, and the one with the link that it leads to."""
    page.goto(_link_in_the_latest_letter(served))
    page.fill("[name=email]", ADDRESS)
    page.locator("main form button").last.click()
    page.goto(_link_in_the_latest_letter(served))
    page.locator("main form button").last.click()


def _answer(page: Page) -> None:
    expect(page.get_by_text("Как пишется название компании по-русски?")).to_be_visible()
    page.fill("[name=reply]", "Ак жайык")
    page.locator("form:has([name=reply]) button.is-primary").click()
    assert _status() is RegistrationStatus.APPLIED


def _approve(page: Page, event: Event) -> None:
    page.goto(f"/e/{event.code}/desk/registrations")
    page.get_by_role("link", name="Сұлтанғазиева Әйгүл").click()
    page.locator(".decision button[value=approved]").click()
    expect(page.locator(".toast, .flash").first).to_be_visible()


def _find_the_badge_right(page: Page, event: Event) -> None:
    page.goto(f"/e/{event.code}/my/profile")
    _expect_picture(page)
    page.locator("form:has([name=content]) button").click()
    db.session.rollback()
    assert db.session.scalars(select(Delegate.badge_confirmed_hash)).one() is not None


def _expect_picture(page: Page) -> None:
    """The picture of the badge was drawn and has come."""
    picture = page.locator("main img[src*='badge'], main img[src^='data:image/png']").first
    expect(picture).to_be_visible()
    assert picture.bounding_box() is not None


def _link_in_the_latest_letter(served: Served) -> str:
    db.session.rollback()
    body = db.session.scalars(
        select(Message.body).where(Message.recipient == ADDRESS).order_by(Message.id.desc()).limit(1)
    ).one()
    found = re.search(r"http://localhost(/\S+)", body)
    assert found, body
    return served.url + found.group(1)


def _status() -> RegistrationStatus:
    db.session.rollback()
    return db.session.scalars(select(Delegate.status)).one()
