"""Delegations at the desk: whose pages they are, and what a form says of what does not hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.domain.states import Category
from forum.models import Delegate, Delegation, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import delegations
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements


class Sides:
    """Two delegations of a forum and one of another, each with a member; a coordinator of the first."""

    def __init__(self, app: Flask) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        self.app = app
        with transaction():
            self.event, other_event = factories.event(code="here"), factories.event(code="there")
            self.own, self.other = (factories.delegation(self.event) for _ in range(2))
            self.elsewhere = factories.delegation(other_event)
            self.members = {
                side.id: factories.delegate(self.event if side is not self.elsewhere else other_event,
                                            delegation_id=side.id)
                for side in (self.own, self.other, self.elsewhere)
            }  # fmt: skip

    def browser(self, role: Role, *, language: str = "en") -> FlaskClient:
        account = cast.account(role, event_id=self.event.id, delegation_id=self.own.id)
        return cast.browser(self.app, account, language=language)


@pytest.fixture
def sides(app: Flask) -> Sides:
    return Sides(app)


PAGES: dict[str, Callable[[Delegation, Delegate], str]] = {
    "delegation": lambda side, _one: f"delegations/{side.id}",
    "order": lambda side, _one: f"delegations/{side.id}/order",
    "readiness": lambda side, _one: f"delegations/{side.id}/readiness",
    "workbook": lambda side, _one: f"delegations/{side.id}/readiness.xlsx",
    "remind": lambda side, _one: f"delegations/{side.id}/readiness/remind",
    "add": lambda side, _one: f"delegations/{side.id}/members/new",
    "edit": lambda _side, one: f"delegates/{one.id}/edit",
    "replace": lambda _side, one: f"delegates/{one.id}/replace",
    "badge": lambda _side, one: f"delegates/{one.id}/badge.png",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_coordinator_has_the_own_delegation_and_no_other(sides: Sides, page: str) -> None:
    browser = sides.browser(Role.COORDINATOR)
    statuses = [
        browser.get(f"/e/here/desk/{PAGES[page](side, sides.members[side.id])}").status_code
        for side in (sides.own, sides.other, sides.elsewhere)
    ]
    assert statuses == [200, 404, 404]


@pytest.mark.parametrize("page", PAGES)
def test_an_organiser_has_every_delegation_of_the_forum(sides: Sides, page: str) -> None:
    browser = sides.browser(Role.ORGANISER)
    statuses = [
        browser.get(f"/e/here/desk/{PAGES[page](side, sides.members[side.id])}").status_code
        for side in (sides.own, sides.other, sides.elsewhere)
    ]
    assert statuses == [200, 200, 404]


POSTS: dict[str, tuple[Callable[[Delegation, Delegate], str], dict[str, str]]] = {
    "order": (lambda side, _one: f"delegations/{side.id}/order", {"step": "up"}),
    "head": (lambda side, _one: f"delegations/{side.id}/order/head", {}),
    "add": (lambda side, _one: f"delegations/{side.id}/members/new", {"family_name": "Омаров"}),
    "remind": (lambda side, _one: f"delegations/{side.id}/readiness/remind", {}),
    "edit": (lambda _side, one: f"delegates/{one.id}/edit", {"family_name": "Омаров"}),
    "withdraw": (lambda _side, one: f"delegates/{one.id}/withdraw", {"reason": "болен"}),
    "photo": (lambda _side, one: f"delegates/{one.id}/photo", {}),
    "badge": (lambda _side, one: f"delegates/{one.id}/badge", {}),
}  # fmt: skip


@pytest.mark.parametrize("post", POSTS)
def test_a_coordinator_changes_nothing_of_another_delegation(sides: Sides, post: str) -> None:
    browser = sides.browser(Role.COORDINATOR)
    path, data = POSTS[post]
    for side in (sides.other, sides.elsewhere):
        member = sides.members[side.id]
        answer = browser.post(f"/e/here/desk/{path(side, member)}", data={**data, "delegate": str(member.id)})
        assert answer.status_code == 404
    db.session.rollback()
    assert db.session.query(Delegate).count() == 3


@pytest.mark.parametrize("page", ["edit", "quotas", "coordinators"])
def test_a_coordinator_does_not_manage_the_delegation_itself(sides: Sides, page: str) -> None:
    browser = sides.browser(Role.COORDINATOR)
    assert browser.get(f"/e/here/desk/delegations/{sides.own.id}/{page}").status_code == 404


def test_a_coordinator_of_one_delegation_goes_straight_there(sides: Sides) -> None:
    answer = sides.browser(Role.COORDINATOR).get("/e/here/desk/delegations")
    assert answer.headers["Location"] == f"/e/here/desk/delegations/{sides.own.id}"


BAD: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "code": (
        {"title_en": "The North", "code": "Се вер"},
        {
            "en": "Take small Latin letters, digits and hyphens, such as almaty.",
            "ru": "Используйте строчные латинские буквы, цифры и дефисы, например almaty.",
            "kk": "Кіші латын әріптерін, цифрлар мен дефистерді қолданыңыз, мысалы almaty.",
        },
    ),
    "title": (
        {"code": "sever"},
        {
            "en": "Enter the name in one language at least.",
            "ru": "Введите название хотя бы на одном языке.",
            "kk": "Атауын кемінде бір тілде енгізіңіз.",
        },
    ),
}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("bad", BAD)
def test_what_does_not_hold_is_said_and_what_was_typed_stays(sides: Sides, bad: str, language: str) -> None:
    typed, said = BAD[bad]
    kept = next(iter(typed.values()))
    answer = sides.browser(Role.ORGANISER, language=language).post("/e/here/desk/delegations/new", data=typed)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, said[language] in text, f'value="{kept}"' in text) == (422, True, True)


@pytest.mark.parametrize("typed", ["-1", "viele", "10001", "1e3", "9" * 30])
def test_a_number_of_places_that_is_none_stays_at_its_field(sides: Sides, typed: str) -> None:
    answer = sides.browser(Role.ORGANISER).post(
        f"/e/here/desk/delegations/{sides.own.id}/quotas",
        data={"version": "1", "places_press": typed, "places_staff": "3"},
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Enter a whole number from 0 to 10,000, or nothing." in text
    assert f'value="{typed[:30]}"' in text


def test_a_stale_form_of_a_delegation_shows_both_versions(sides: Sides) -> None:
    delegations.change(
        actor=SYSTEM, event_id=sides.event.id, delegation_id=sides.own.id, version=1,
        code="north", title=sides.own.title, region=None, is_host=True,
    )  # fmt: skip
    answer = sides.browser(Role.ORGANISER).post(
        f"/e/here/desk/delegations/{sides.own.id}/edit",
        data={"version": "1", "code": "south", "title_ru": "Юг", "side": "guest"},
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for word in ("south", "north", "Guests", "Hosts", "Юг"):
        assert word in text
    db.session.rollback()
    assert db.session.get_one(Delegation, sides.own.id).code == "north"


def test_a_stale_form_of_places_shows_both_versions(sides: Sides) -> None:
    delegations.put_quotas(
        actor=SYSTEM, event_id=sides.event.id, delegation_id=sides.own.id, version=1,
        quotas={Category.PRESS: 7},
    )  # fmt: skip
    answer = sides.browser(Role.ORGANISER).post(
        f"/e/here/desk/delegations/{sides.own.id}/quotas", data={"version": "1", "places_press": "4"}
    )
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "There now</span> 7" in text, 'value="4"' in text) == (409, True, True)


def add(browser: FlaskClient, sides: Sides, **data: str) -> Any:
    return browser.post(
        f"/e/here/desk/delegations/{sides.own.id}/members/new",
        data={
            "family_name": "Омаров",
            "given_name": "Асан",
            "language": "kk",
            "category": "delegate",
            **data,
        },
    )


def test_save_and_add_another_carries_over_what_the_next_shares(sides: Sides) -> None:
    answer = add(
        sides.browser(Role.COORDINATOR), sides, company="ЖШС «Алатау»", category="press", do="another"
    )
    assert "category=press" in answer.headers["Location"]
    page = (
        sides.browser(Role.COORDINATOR, language="kk").get(answer.headers["Location"]).get_data(as_text=True)
    )
    assert "Алатау" in page


def test_a_namesake_is_added_once_the_box_is_ticked(sides: Sides) -> None:
    browser = sides.browser(Role.COORDINATOR)
    add(browser, sides)
    asked = add(browser, sides)
    assert (asked.status_code, 'name="is_another"' in asked.get_data(as_text=True)) == (422, True)
    assert add(browser, sides, is_another="y").status_code == 303


def test_without_a_script_a_company_is_chosen_among_those_that_may_be_meant(
    sides: Sides,
) -> None:
    with transaction():
        company = factories.company(db.session.merge(sides.event), "Алатау Агро")
    browser = sides.browser(Role.COORDINATOR)
    offered = add(browser, sides, company="алатау")
    assert offered.status_code == 422
    chosen = add(browser, sides, company="алатау", company_id=str(company.id), offered="yes")
    assert chosen.status_code == 303
    db.session.rollback()
    person = db.session.query(Delegate).filter_by(family_name="Омаров").one()
    assert person.company_id == company.id


def test_a_number_left_under_another_text_is_not_meant(sides: Sides) -> None:
    with transaction():
        company = factories.company(db.session.merge(sides.event), "Прогресс")
    add(sides.browser(Role.COORDINATOR), sides, company="ТОО «Жетісу»", company_id=str(company.id))
    db.session.rollback()
    person = db.session.query(Delegate).filter_by(family_name="Омаров").one()
    assert person.company_id not in (None, company.id)


def test_the_workbook_says_what_is_missing(sides: Sides) -> None:
    answer = sides.browser(Role.COORDINATOR, language="ru").get(
        f"/e/here/desk/delegations/{sides.own.id}/readiness.xlsx"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    header, row = ([cell.value for cell in each] for each in sheet.iter_rows(max_row=2))
    assert dict(zip(header, row, strict=True)) == {
        "№": sides.members[sides.own.id].number,
        "Имя": "Иволгин Владимир Иванович",
        "Делегация": "Московская область",
        "Категория": "Делегат",
        "Статус": "Одобрено",
        "Электронная почта": sides.members[sides.own.id].email,
        "Готовы": "нет",
        "Анкета": "нет: компания, отрасли компании, телефон",
        "Имя латиницей": "сделано",
        "Фото": "пока нет, необязательно",
        "Согласия": "нет",
        "Вопросы": None,
        "Документ": None,
        "Бейдж": "нет",
        "Вход": "пока нет, необязательно",
    }


@pytest.mark.parametrize("page", ["", "/order", "/readiness", "/readiness/remind"])
def test_the_number_of_statements_does_not_grow_with_the_members(app: Flask, sides: Sides, page: str) -> None:
    browser = sides.browser(Role.ORGANISER)
    path = f"/e/here/desk/delegations/{sides.own.id}{page}"
    browser.get(path)
    with statements(app) as few:
        browser.get(path)
    with transaction():
        event = db.session.get_one(Event, sides.event.id)
        for _ in range(12):
            factories.delegate(event, delegation_id=sides.own.id)
    with statements(app) as many:
        browser.get(path)
    assert len(many) == len(few)
