"""Registering in a real browser: on a phone in Kazakh without a script, and with the badge drawing itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, Delegate, Event, Invitation
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser

NAMES = {
    "family_name": "Жарқынбайұлы-Сұлтанғазиева",
    "given_name": "Гүлбаршын-Мөлдір",
    "patronymic": "Нұрмұхаммедқызы",
    "email": "gulbarshyn@example.org",
    "phone": "8 701 123-45-67",
}


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


def fill_in(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"#{name}", value)


def go_on(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def test_on_a_phone_in_kazakh_without_a_script(served: Served, open_page: OpenPage, event: Event) -> None:
    with transaction():
        factories.company(event, "Сүт Әлемі")
        db.session.add(
            Invitation(
                event_id=event.id,
                category=Category.DELEGATE,
                code="esik",
                name="Гүлбаршын",
                language="kk",
                email="gulbarshyn@example.org",
                created_at=factories.at(9, day=1),
                search_key="",
            )
        )
    page = open_page(served, language="kk", width=390, javascript=False).page
    page.goto(f"/e/{event.code}/register/with/esik")
    go_on(page, "Бастау")
    fill_in(page, **{**NAMES, "phone": "12"})
    go_on(page, "Жалғастыру")
    expect(page.locator(".field-error")).to_contain_text("Нөмірді ел кодымен енгізіңіз")
    expect(page.locator("#family_name")).to_have_value(NAMES["family_name"])
    expect(page.locator("#latin_family_name")).to_have_attribute("placeholder", "Zharkynbaiuly-Sultangazieva")
    fill_in(page, phone=NAMES["phone"])
    go_on(page, "Жалғастыру")
    page.locator("#company-chooser").fill("sut alemi")
    go_on(page, "Жалғастыру")
    page.get_by_label("«Сүт Әлемі»").check()
    go_on(page, "Жалғастыру")
    page.get_by_label("Тамақ өнеркәсібі").check()
    go_on(page, "Жалғастыру")
    fill_in(page, position_kk="директор")
    page.get_by_role("checkbox", name="Қазақша").check()
    go_on(page, "Жалғастыру")
    fill_in(page, arrives_on="2026-12-01", arrives_time="09:30", diet="халал")
    go_on(page, "Жалғастыру")
    go_on(page, "Жалғастыру")  # the photo can wait
    page.locator("#consent_processing").check()
    page.locator("#consent_transfer").check()
    go_on(page, "Жалғастыру")
    expect(page.get_by_alt_text("Сіздің бейджіңіз")).to_be_visible()
    go_on(page, "Өтінімді жіберу")
    expect(page.get_by_role("heading", name="Рақмет")).to_be_visible()
    expect(page.get_by_text("Енді ұйымдастырушылар шешеді")).to_be_visible()
    db.session.rollback()
    row = db.session.query(Delegate).one()
    assert (row.status, row.company_id, row.language) == (
        RegistrationStatus.APPLIED,
        db.session.query(Company).one().id,
        "kk",
    )
    assert db.session.query(Invitation).one().uses == 1


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
def test_the_badge_draws_itself_and_every_step_is_without_fault(
    served: Served, open_page: OpenPage, event: Event, tmp_path: Path, width: int, dark: bool
) -> None:
    watched = open_page(served, language="ru", width=width, dark=dark)
    page, found = watched.page, {}
    page.goto(f"/e/{event.code}/register")
    found["start"] = watched.inspect()
    go_on(page, "Начать")
    fill_in(page, **NAMES)
    expect(page.get_by_alt_text("Жарқынбайұлы-Сұлтанғазиева")).to_be_visible()
    expect(page.locator("#latin_given_name")).to_have_attribute("placeholder", "Gulbarshyn-Moldir")
    found["who"] = watched.inspect()
    go_on(page, "Продолжить")
    page.locator("#company-chooser").fill("Сүт Әлемі")
    found["company"] = watched.inspect()
    go_on(page, "Её нет: внести новую")
    expect(page.locator("#company_name")).to_have_value("Сүт Әлемі")
    fill_in(page, company_name="ТОО «Сүт Әлемі»")
    page.get_by_text("Название на каждом языке").click()
    expect(page.locator("#company_short_kk")).to_have_attribute("placeholder", "«Сүт Әлемі» ЖШС")
    found["new-company"] = watched.inspect()
    go_on(page, "Продолжить")
    found["business"] = watched.inspect()
    page.get_by_label("Пищевая промышленность").check()
    go_on(page, "Продолжить")
    fill_in(page, position_ru="директор департамента стратегического развития")
    page.get_by_label("Казахский").check()
    expect(page.get_by_alt_text("директор департамента")).to_be_visible()
    found["work"] = watched.inspect()
    go_on(page, "Продолжить")
    found["stay"] = watched.inspect()
    go_on(page, "Продолжить")
    found["photo"] = watched.inspect()
    go_on(page, "Продолжить")
    page.locator("#consent_processing").check()
    page.locator("#consent_transfer").check()
    found["consents"] = watched.inspect()
    go_on(page, "Продолжить")
    found["check"] = watched.inspect()
    go_on(page, "Отправить заявку")
    expect(page.get_by_role("heading", name="Спасибо")).to_be_visible()
    found["thanks"] = watched.inspect()
    assert {step: faults for step, faults in found.items() if faults} == {}


def test_what_was_typed_survives_a_closed_tab(served: Served, open_page: OpenPage, event: Event) -> None:
    page = open_page(served, language="en").page
    page.goto(f"/e/{event.code}/register")
    go_on(page, "Begin")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/who" in answer.url):
        fill_in(page, family_name="Серік")
    again = page.context.new_page()
    page.close()
    again.goto(f"/e/{event.code}/register")
    again.get_by_role("link", name="Go on").click()
    expect(again.locator("#family_name")).to_have_value("Серік")
