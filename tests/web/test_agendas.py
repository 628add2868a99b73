"""Agendas of tables, interpreters and companies, and calendars that read them by a secret address."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, Interpreter, Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import plans
from forum.unit_of_work import transaction
from tests import cast
from tests.small_forums import SmallForum, small_forum


def _published(**sizes: object) -> SmallForum:
    forum = small_forum(**(sizes or {"companies": 2, "slots": 1, "tables": 1, "pairs": [(0, 1)]}))  # type: ignore[arg-type]
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    return forum


def _secret(page: str) -> str:
    return urlsplit(_address(page)).path


def _address(page: str) -> str:
    return html.unescape(re.findall(r'readonly value="([^"]+)"', page)[0])


def test_the_desk_sees_what_is_at_a_table(app: Flask) -> None:
    forum = _published()
    browser = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    page = browser.get(f"/e/{forum.event.code}/desk/agendas/table/{forum.tables[0].id}").text
    assert re.findall(r'timeline-title">([^<]+)<', page) == ["ООО «Фирма 0» – ООО «Фирма 1»"]


def test_companies_are_in_pages_and_found_by_name(app: Flask) -> None:
    """Sixty companies with one to meet each: fifty on the first page, and one by its name in any script."""
    forum = _published(companies=60, slots=3, tables=20, pairs=[(2 * n, 2 * n + 1) for n in range(30)])
    browser = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    path = f"/e/{forum.event.code}/desk/agendas/?of=company"
    pages = [
        re.findall(r"desk/agendas/company/(\d+)", browser.get(f"{path}{more}").text)
        for more in ("", "&page=2", "&q=firma+59", "&q=nobody")
    ]
    assert [len(found) for found in pages] == [50, 10, 1, 0]
    assert pages[2] == [str(forum.companies[59].id)]
    assert {int(key) for found in pages[:2] for key in found} == {each.id for each in forum.companies}


def test_a_calendar_reads_a_table_until_the_address_is_made_anew(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    forum = _published()
    browser = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    own = f"/e/{forum.event.code}/desk/agendas/table/{forum.tables[0].id}"
    address = _secret(browser.get(own).text)
    before = app.test_client().get(address)
    browser.post(f"{own}/renew")
    after, anew = app.test_client().get(address), app.test_client().get(_secret(browser.get(own).text))
    assert (before.status_code, before.text.count("BEGIN:VEVENT")) == (200, 1)
    assert (after.status_code, anew.status_code) == (404, 200)


def test_a_calendar_speaks_as_its_reader_or_the_interpreter_does(app: Flask) -> None:
    forum = _published()
    account = cast.account(Role.INTERPRETER, event_id=forum.event.id)
    with transaction():
        db.session.merge(account).language = "en"
        helper = Interpreter(event_id=forum.event.id, account_id=account.id, name="Дина", spoken=["ru", "kk"])
        db.session.add(helper)
        db.session.execute(update(Meeting).values(interpreter_id=select(Interpreter.id).scalar_subquery()))
    desk = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id), language="kk")
    table = _address(desk.get(f"/e/{forum.event.code}/desk/agendas/table/{forum.tables[0].id}").text)
    own = cast.browser(app, account, language="kk").get(f"/e/{forum.event.code}/my/interpreting").text
    interpreter = _address(own)
    program = app.test_client()
    assert ("1-үстел" in program.get(table).text, "table 1" in program.get(interpreter).text) == (True, True)


def test_a_delegates_calendar_strikes_out_what_fell_away(app: Flask) -> None:
    forum = _published(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    account = cast.account(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[0].id).values(account_id=account.id)
        )
        db.session.merge(forum.requests[1]).status = "withdrawn"  # type: ignore[assignment]
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    page = cast.browser(app, account).get(f"/e/{forum.event.code}/my/calendar").text
    text = app.test_client().get(_secret(page)).text
    assert (text.count("BEGIN:VEVENT"), text.count("STATUS:CANCELLED"), text.count("SEQUENCE:2")) == (2, 1, 2)


def test_a_company_and_an_interpreter_see_their_own(app: Flask) -> None:
    forum = _published()
    interpreter = cast.account(Role.INTERPRETER, event_id=forum.event.id)
    owner = cast.account(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.add(
            Interpreter(event_id=forum.event.id, account_id=interpreter.id, name="Дина", spoken=["ru", "kk"])
        )
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[1].id).values(account_id=owner.id)
        )
    firm = cast.browser(app, owner).get(f"/e/{forum.event.code}/my/company/meetings").text
    helper = cast.browser(app, interpreter).get(f"/e/{forum.event.code}/my/", follow_redirects=True).text
    assert re.findall(r'timeline-title">([^<]+)<', firm) == ["ООО «Фирма 0»"]
    assert "Where you interpret" in helper


def test_a_secret_address_is_shown_to_its_owner_alone(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    forum = _published()
    account = cast.account(Role.INTERPRETER, event_id=forum.event.id)
    with transaction():
        signing_in, without_account = (
            Interpreter(event_id=forum.event.id, account_id=account_id, name="Дина", spoken=["ru", "kk"])
            for account_id in (account.id, None)
        )
        db.session.add_all([signing_in, without_account])
    desk = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    own = cast.browser(app, account)
    agendas, mine = f"/e/{forum.event.code}/desk/agendas", f"/e/{forum.event.code}/my/interpreting"
    holders = {
        "table": forum.tables[0].id,
        "company": forum.companies[0].id,
        "interpreter": signing_in.id,
    }
    shown = {
        kind: "readonly value=" in desk.get(f"{agendas}/{kind}/{id}").text for kind, id in holders.items()
    }
    before = _secret(own.get(mine).text)
    desk.post(f"{agendas}/interpreter/{signing_in.id}/renew")
    assert shown == {"table": True, "company": False, "interpreter": False}
    assert "readonly value=" in desk.get(f"{agendas}/interpreter/{without_account.id}").text
    assert (app.test_client().get(before).status_code, _secret(own.get(mine).text) == before) == (404, False)


@pytest.mark.parametrize("status", RegistrationStatus)
def test_only_who_is_approved_sees_the_meetings_of_the_company(
    app: Flask, status: RegistrationStatus
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    forum = _published()
    owner = cast.account(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        person = db.session.merge(forum.delegates[1])
        person.account_id, person.status = owner.id, status
    browser, company = cast.browser(app, owner), f"/e/{forum.event.code}/my/company"
    is_theirs = status is RegistrationStatus.APPROVED
    answers = [browser.get(f"{company}/meetings"), browser.get(f"{company}/meetings.ics")]
    assert [answer.status_code for answer in answers] == [200 if is_theirs else 404] * 2
    assert browser.post(f"{company}/renew").status_code == (303 if is_theirs else 404)
    assert ("/my/company/meetings" in browser.get(f"/e/{forum.event.code}/my/").text) is is_theirs
