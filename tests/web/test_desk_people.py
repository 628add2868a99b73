"""The desk's list of people and its first page."""

from __future__ import annotations

import io
import re

import openpyxl
from flask import Flask

from forum.domain.folding import fold
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models.base import db
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


def _names(html: str) -> list[str]:
    return re.findall(r'<th role="rowheader"[^>]*><a [^>]*>([^<]+)</a>', html)


def test_search_ignores_script_and_order(app: Flask) -> None:
    event = given(factories.event)
    given(
        factories.delegate,
        event=event,
        family_name="Сұлтанғазиев",
        given_name="Нұрлан",
        patronymic=None,
        search_key=fold("Сұлтанғазиев Нұрлан"),
    )
    given(factories.delegate, event=event, search_key=fold("Иволгин Владимир Иванович"))
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    html = browser.get(f"/e/{event.code}/desk/delegates?q=nurlan+sultangaz").get_data(as_text=True)
    assert _names(html) == ["Сұлтанғазиев Нұрлан"]


def test_a_coordinator_sees_only_the_own_delegation(app: Flask) -> None:
    event = given(factories.event)
    own, other = (given(factories.delegation, event=event) for _ in range(2))
    given(factories.delegate, event=event, delegation_id=own.id, family_name="Свой")
    hidden = given(factories.delegate, event=event, delegation_id=other.id, family_name="Чужой")
    browser = cast.browser(app, cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=own.id))
    page = browser.get(f"/e/{event.code}/desk/delegates").get_data(as_text=True)
    assert _names(page) == ["Свой Владимир Иванович"]
    assert browser.get(f"/e/{event.code}/desk/delegates/{hidden.id}").status_code == 404


def test_the_list_asks_as_much_for_many_as_for_one(app: Flask) -> None:
    event = given(factories.event)
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    counts = []
    for more in (1, 30):
        for _ in range(more):
            company = given(factories.company, event=event)
            given(factories.delegate, event=event, company_id=company.id)
        db.session.rollback()
        with statements(app) as seen:
            assert browser.get(f"/e/{event.code}/desk/delegates").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_today_asks_as_much_for_many_as_for_one(app: Flask) -> None:
    event = given(factories.event)
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    counts = []
    for more in (1, 10):
        for _ in range(more):
            delegation = given(factories.delegation, event=event)
            given(factories.delegate, event=event, delegation_id=delegation.id)
        db.session.rollback()
        with statements(app) as seen:
            assert browser.get(f"/e/{event.code}/desk/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_workbook_holds_whom_the_filter_shows(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, family_name="=Иволгин", status=RegistrationStatus.APPLIED)
    given(factories.delegate, event=event)
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    answer = browser.get(f"/e/{event.code}/desk/delegates.xlsx?status=applied")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for cell in sheet["B"]] == [
        ("Name", "s"),
        ("=Иволгин Владимир Иванович", "s"),
    ]
