"""A delegate with a phone, in Kazakh: says when they can meet, asks, and the other company agrees."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from forum.domain.roles import Role
from forum.domain.states import RequestRank, RequestStatus
from forum.models import Absence, Request
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served

pytestmark = pytest.mark.browser


def test_a_meeting_is_asked_for_and_agreed_by_phone(served: Served, open_page: OpenPage) -> None:
    with transaction():
        event = factories.event()
    mine, theirs = (cast.account(Role.DELEGATE, event_id=event.id) for _ in range(2))
    with transaction():
        firms = [factories.company(event, name) for name in ("Қазына", "Рубин")]
        for firm, account in zip(firms, (mine, theirs), strict=True):
            factories.delegate(event, company_id=firm.id, account_id=account.id)
        for hour in (10, 11):
            factories.slot(event, factories.at(hour), factories.at(hour, 25))
    partners = f"/e/{event.code}/my/partners"

    asking = open_page(served, mine, language="kk", width=390)
    page = asking.page
    page.goto(f"{partners}/hours")
    page.get_by_role("checkbox", name="11:00–11:25").focus()
    page.keyboard.press("Space")
    found = {"hours": asking.inspect()}
    page.get_by_role("button", name="Сақтау").click()
    expect(page.get_by_text("Кездесу уақыты сақталды.")).to_be_visible()

    page.goto(f"{partners}/companies/{firms[1].id}")
    page.get_by_role("link", name="Кездесу сұрау").click()
    page.get_by_label("Міндетті", exact=True).check()
    page.get_by_label("Неліктен кездескіңіз келеді").fill("Ірімшік жеткіземіз")
    found["ask"] = asking.inspect()
    page.get_by_role("button", name="Сұранысты жіберу").click()
    expect(page.get_by_text("Ірімшік жеткіземіз")).to_be_visible()
    found["sent"] = asking.inspect()

    answering = open_page(served, theirs, language="ru", width=390, dark=True)
    page = answering.page
    page.goto(f"{partners}/received")
    page.get_by_role("link", name="Ответить на запрос").click()
    found["received"] = answering.inspect()
    page.get_by_role("button", name="Согласиться на встречу").click()
    expect(page.get_by_text("Вы согласились.")).to_be_visible()

    db.session.rollback()
    row = db.session.scalars(select(Request)).one()
    assert (row.rank, row.status) == (RequestRank.MUST, RequestStatus.ACCEPTED)
    assert db.session.scalars(select(Absence.starts_at)).all() == [factories.at(11)]
    assert found == {screen: [] for screen in found}
