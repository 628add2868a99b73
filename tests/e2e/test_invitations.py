"""An invitation from the desk to the phone of the person invited, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Event, Invitation, Message
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

LONG = "Нұрсұлтанбекова-Жұмағұлова Әсем Мұхаммедқызы"


def _event() -> Event:
    return given(factories.event, code="here")


def _address() -> str:
    """The path in the letter."""
    db.session.rollback()
    body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first() or ""
    found = re.search(r"http://localhost(/e/here/register/with/\S+)", body)
    assert found is not None
    return found[1]


def test_from_the_desk_to_the_phone(served: Served, open_page: OpenPage) -> None:
    event = _event()
    desk = open_page(served, cast.account(Role.ORGANISER, event_id=event.id), language="en")
    desk.page.goto("/e/here/desk/invitations")
    desk.page.get_by_role("link", name="Invite people").first.click()
    desk.page.get_by_label("People, one a line: name; e-mail").fill(f"{LONG}; assem@example.org; kk\nnobody")
    desk.page.get_by_label("Category").select_option("speaker")
    desk.page.get_by_role("button", name="Look at the list first").click()
    expect(
        desk.page.get_by_text("There is no e-mail address in this line that could be right.")
    ).to_be_visible()
    looked = desk.inspect()
    desk.page.get_by_role("button", name="Send 1 invitation").click()
    expect(desk.page.get_by_role("link", name=LONG)).to_be_visible()
    phone = open_page(served, language="kk", width=390)
    with phone.page.expect_response("**/opened") as told:
        phone.page.goto(_address())
    expect(phone.page.get_by_text(f"Сізді шақырады, {LONG}")).to_be_visible()
    greeted = phone.inspect()
    phone.page.locator("main form:has([name=invitation]) button").click()
    expect(phone.page.locator("[name=family_name]")).to_have_value("Нұрсұлтанбекова-Жұмағұлова")
    desk.page.reload()
    expect(desk.page.get_by_role("row", name=LONG).get_by_text("Form begun")).to_be_visible()
    assert (looked, told.value.status, greeted, desk.inspect()) == ([], 204, [], [])


def test_a_withdrawn_invitation_says_whom_to_ask(served: Served, open_page: OpenPage) -> None:
    with transaction():
        event = factories.event(code="here", contact_email="office@example.org")
    desk = open_page(served, cast.account(Role.ORGANISER, event_id=event.id), language="en")
    desk.page.goto("/e/here/desk/invitations/link")
    desk.page.get_by_label("What the link is for").fill("Editorial offices")
    desk.page.get_by_role("button", name="Make the link").click()
    address = desk.page.get_by_label("Address").input_value().removeprefix("http://localhost")
    one = desk.inspect()
    desk.page.get_by_role("button", name="Withdraw").click()
    expect(desk.page.get_by_role("button", name="Bring back")).to_be_visible()
    phone = open_page(served, language="ru", width=390, dark=True)
    phone.page.goto(address)
    expect(phone.page.get_by_role("heading", name="Это приглашение отозвано.")).to_be_visible()
    expect(phone.page.get_by_role("link", name="office@example.org").first).to_be_visible()
    gone = f"410: {served.url}{address}"
    problems = [each for each in phone.inspect() if each != gone and "410 (GONE)" not in each]
    assert (one, problems, db.session.scalars(select(Invitation.name)).all()) == (
        [],
        [],
        ["Editorial offices"],
    )
