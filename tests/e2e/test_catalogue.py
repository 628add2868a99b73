"""The catalogue on a phone in Kazakh, in another script, without a script; the chooser by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from forum.domain.company_names import parse_company_name
from forum.domain.names import PersonName
from forum.domain.roles import Role
from forum.domain.states import Visibility
from forum.models import Account, Company, Event
from forum.models.base import db
from forum.services import company_columns, person_columns
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    """A firm that seeks film and has the reader; one that makes it and has a Sultangaziev; a third."""
    with transaction():
        event = factories.event(catalogue_is_public=True)
        sides = [factories.delegation(event) for _ in range(2)]
        firms = [
            ("ООО «Азимут»", {"seeks": "Упаковочные плёнки", "delegation_id": sides[0].id}),
            ("ТОО «Қазақ Қаптамасы»", {"offers": "Плёнки для упаковки", "delegation_id": sides[1].id}),
            ("ООО «Озеро»", {"offers": "Мебель", "delegation_id": sides[1].id}),
        ]
        names = ["Ивановский Пётр", "Сұлтанғазиев Нұрлан", "Озёрная Анна"]
        for (firm, said), name in zip(firms, names, strict=True):
            company = _company(event, firm, **said)
            family, given = name.split()
            person = PersonName(family, given)
            factories.delegate(
                event,
                family_name=family,
                given_name=given,
                patronymic=None,
                latin_family_name=None,
                latin_given_name=None,
                company_id=company.id,
                delegation_id=company.delegation_id,
                spoken=["kk", "ru"],
                visibility=Visibility.PUBLIC,
                **person_columns.keys(person, None, None),
            )
        return event


@pytest.fixture
def account(event: Event) -> Account:
    """Of somebody of the first firm."""
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        firm = db.session.query(Company).filter_by(bare_name="Азимут").one()
        factories.delegate(event, account_id=account.id, company_id=firm.id, spoken=["kk"])
    return account


def _company(event: Event, name: str, **values: object) -> Company:
    return factories.company(event, **company_columns.of_name(parse_company_name(name)), **values)


def test_whom_one_might_meet_and_a_search_in_another_script(
    served: Served, open_page: OpenPage, event: Event, account: Account
) -> None:
    watched = open_page(served, account, language="kk", width=390, dark=True)
    page = watched.page
    page.goto(f"/e/{event.code}/my/partners")
    suggested = page.locator(".suggested .partner")
    expect(suggested).to_have_count(1)
    expect(suggested).to_contain_text(
        "Сіз «Упаковочные плёнки» іздейсіз; олар «Плёнки для упаковки» ұсынады. Ортақ тіліңіз: қазақша."
    )
    assert watched.inspect() == []
    page.get_by_role("link", name="Қатысушылар").click()
    page.get_by_role("searchbox").fill("Sultangaziev")
    expect(page.locator("#found .partner")).to_have_count(1)
    page.locator("#found .partner a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Нұрлан Сұлтанғазиев")
    page.get_by_role("link", name="«Қазақ Қаптамасы» ЖШС").click()
    expect(page.get_by_text("Плёнки для упаковки")).to_be_visible()
    assert watched.inspect() == []


def test_without_a_script_one_searches_and_narrows_down(
    served: Served, open_page: OpenPage, event: Event
) -> None:
    page = open_page(served, language="kk", width=390, javascript=False).page
    page.goto(f"/e/{event.code}/catalogue")
    page.get_by_role("searchbox").fill("kazak kaptamasi")
    page.get_by_role("button", name="Табу").click()
    expect(page.locator("#found .partner")).to_have_count(1)
    page.get_by_role("link", name="Барлығын көрсету").first.click()
    expect(page.locator("#found .partner")).to_have_count(3)
    page.locator("#facets a[href*='side=']").first.click()
    expect(page.locator("#found .partner")).to_have_count(2)
    page.locator("#facets a[aria-current]").click()
    expect(page.locator("#found .partner")).to_have_count(3)


def test_a_company_is_chosen_by_keyboard(served: Served, open_page: OpenPage, event: Event) -> None:
    firm = db.session.query(Company).filter_by(bare_name="Азимут").one()
    watched = open_page(served, cast.account(Role.ORGANISER, event_id=event.id), language="kk")
    page = watched.page
    page.goto(f"/e/{event.code}/desk/companies/{firm.id}/merge")
    field = page.get_by_role("combobox", name="Екінші компания")
    field.press_sequentially("kaptama")
    expect(page.get_by_role("option")).to_have_count(1)
    assert watched.inspect() == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("«Қазақ Қаптамасы» ЖШС")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Нәтижесі қандай")).to_be_visible()
    assert watched.inspect() == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("width", [390, 320])
def test_the_parts_of_partners_stand_apart_on_a_phone(
    served: Served, open_page: OpenPage, event: Event, account: Account, language: str, width: int
) -> None:
    page = open_page(served, account, language=language, width=width).page
    page.goto(f"/e/{event.code}/my/partners/joined")
    for links, count in ((".tabs a", 4), (".tabbar a span", 5)):
        boxes = [link.bounding_box() or {} for link in page.locator(links).all()]
        assert len(boxes) == count
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        assert not [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if abs(one["y"] - other["y"]) < 10 and one["x"] + one["width"] > other["x"]
        ]
