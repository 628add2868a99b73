"""Bringing somebody along, from the cabinet and from the desk."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.consents import REQUIRED
from forum.domain.roles import Role
from forum.domain.states import Category
from forum.models import Account, Consent, Delegate, Event
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories

FORM = {
    "family_name": "Оспанова",
    "given_name": "Әлия",
    "language": "kk",
    "phone": "+7 701 123 45 67",
    "diet": "халал",
    **{f"consent_{purpose}": "y" for purpose in REQUIRED},
}


@pytest.fixture
def host(app: Flask) -> Delegate:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        event = factories.event(code="here")
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        return factories.delegate(event, category=Category.OFFICIAL, account_id=account.id)


def _companions() -> list[tuple[str, str | None, str | None]]:
    rows = db.session.execute(
        select(Delegate.family_name, Delegate.phone, Delegate.diet).where(
            Delegate.category == Category.COMPANION
        )
    )
    return [tuple(row) for row in rows]


def _errors(text: str) -> list[str]:
    found = re.findall(r'class="field-error".*?</span>\s*([^<]+)</span>', text, re.S)
    return [each.strip() for each in found]


def test_a_delegate_brings_somebody_along(app: Flask, host: Delegate) -> None:
    account = db.session.get_one(Delegate, host.id).account_id
    browser = cast.browser(app, db.session.get_one(Account, account))
    browser.post("/e/here/my/companions/new", data=FORM | {"whose": str(host.id)})
    page = browser.get(f"/e/here/my/profile?whose={host.id}").text
    assert (_companions(), "Оспанова Әлия" in page) == ([("Оспанова", "+77011234567", "халал")], True)


def test_what_is_missing_is_said_and_everything_is_kept(app: Flask, host: Delegate) -> None:
    account = db.session.get_one(Delegate, host.id).account_id
    browser = cast.browser(app, db.session.get_one(Account, account))
    form = {"whose": str(host.id), "family_name": "", "given_name": "Әлия", "language": "kk", "diet": "халал"}
    page = browser.post("/e/here/my/companions/new", data=form)
    assert (page.status_code, _errors(page.text), "халал" in page.text, _companions()) == (
        422,
        [
            "Enter the family name.",
            "Nobody can take part without this consent. Tick it to go on.",
            "Nobody can take part without this consent. Tick it to go on.",
        ],
        True,
        [],
    )


def test_the_desk_notes_consents_from_paper_and_both_pages_name_the_other(app: Flask, host: Delegate) -> None:
    desk = cast.browser(app, cast.account(Role.ORGANISER, event_id=host.event_id))
    answer = desk.post(f"/e/here/desk/delegates/{host.id}/companions/new", data=FORM)
    on_paper = set(db.session.scalars(select(Consent.on_paper)))
    theirs, own = desk.get(answer.location).text, desk.get(f"/e/here/desk/delegates/{host.id}").text
    assert (on_paper, f"/desk/delegates/{host.id}" in theirs, "Оспанова Әлия" in own) == ({True}, True, True)


def test_where_nobody_may_come_along_no_button_says_so(app: Flask, host: Delegate) -> None:
    with transaction():
        db.session.get_one(Delegate, host.id).category = Category.DELEGATE
    account = db.session.get_one(Delegate, host.id).account_id
    browser = cast.browser(app, db.session.get_one(Account, account))
    assert "companions/new" not in browser.get(f"/e/here/my/profile?whose={host.id}").text


def test_an_aide_registers_who_comes_with_whom_they_speak_for(app: Flask, host: Delegate) -> None:
    account = cast.account(Role.DELEGATE, event_id=host.event_id)
    with transaction():
        event = db.session.get_one(Event, host.event_id)
        aide = factories.delegate(event, account_id=account.id)
        db.session.get_one(Delegate, host.id).aide_id = aide.id
        other = factories.delegate(event, category=Category.OFFICIAL)
    browser = cast.browser(app, account)
    page = browser.get("/e/here/my/profile").text
    link = f"/e/here/my/companions/new?whose={aide.id}&amp;with={host.id}"
    sent = browser.post("/e/here/my/companions/new", data=FORM | {"with": str(host.id)})
    refused = browser.get(f"/e/here/my/companions/new?with={other.id}")
    assert (link in page, sent.status_code, _companions(), refused.status_code) == (
        True,
        303,
        [("Оспанова", "+77011234567", "халал")],
        404,
    )
