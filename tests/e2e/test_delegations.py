"""A coordinator's way from the quota to a delegation that is complete, and two organisers at one person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Approval, Category, Opening, RegistrationStatus
from forum.models import Admission, Delegate, Delegation, Event, Quota, Replacement
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import readiness
from forum.queries.events import get
from forum.queries.readiness import ReadinessFilter
from forum.services import registrations
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def delegation(event: Event) -> Delegation:
    """Two places for delegates, whom nobody has to decide on."""
    with transaction():
        row = factories.delegation(
            event, title=Localized(ru="Алматинская область", kk="Алматы облысы", en="Almaty Region")
        )
        db.session.add(Quota(delegation_id=row.id, category=Category.DELEGATE, places=2))
        db.session.add(
            Admission(
                event_id=event.id,
                category=Category.DELEGATE,
                opening=Opening.OPEN,
                approval=Approval.AUTOMATIC,
            )
        )
        return row


def everybody() -> list[tuple[str, RegistrationStatus]]:
    db.session.rollback()
    rows = db.session.execute(select(Delegate.family_name, Delegate.status).order_by(Delegate.id))
    return [tuple(row) for row in rows]


def fill_in(page: Page, family: str, given_name: str, company: str) -> None:
    page.get_by_label("Тегі", exact=True).fill(family)
    page.get_by_label("Аты", exact=True).fill(given_name)
    page.get_by_role("combobox", name="Компания").fill(company)
    page.get_by_label("Лауазымы қазақша").fill("Бас директор")
    page.get_by_label("Телефон").fill("+7 701 000 00 01")


def test_from_the_quota_to_a_complete_delegation(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    coordinator = cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    watched = open_page(served, coordinator, language="kk")
    page = watched.page
    page.goto(f"/e/{event.code}/desk/delegations")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Алматы облысы")
    expect(page.get_by_text("бос: 2")).to_be_visible()
    assert watched.inspect() == []

    page.get_by_role("link", name="Қатысушы қосу").click()
    fill_in(page, "Сұлтанғазиев", "Рүстем", "ЖШС «Алатау»")
    page.get_by_text("Тілдер және қағаздағы келісімдер").click()
    page.locator('input[name="spoken"][value="kk"]').check()
    page.get_by_label("Форумға қатысуым үшін", exact=False).check()
    assert watched.inspect() == []
    page.get_by_role("button", name="Сақтап, тағы біреуін қосу").click()
    expect(page.get_by_text("Сұлтанғазиев Рүстем: қосылды, орын берілді.")).to_be_visible()

    expect(page.get_by_role("combobox", name="Компания")).not_to_have_value("")
    fill_in(page, "Әбдіғаппарова", "Күләш", "ЖШС «Алатау»")
    page.get_by_role("button", name="Сақтап, тағы біреуін қосу").click()
    expect(page.get_by_text("Әбдіғаппарова Күләш: қосылды, орын берілді.")).to_be_visible()
    fill_in(page, "Қасымов", "Ерлан", "ЖШС «Алатау»")
    page.get_by_role("button", name="Сақтау", exact=True).click()
    expect(page.get_by_text("Қасымов Ерлан күту тізіміне қосылды", exact=False)).to_be_visible()
    assert everybody() == [
        ("Сұлтанғазиев", RegistrationStatus.APPROVED),
        ("Әбдіғаппарова", RegistrationStatus.APPROVED),
        ("Қасымов", RegistrationStatus.WAITING),
    ]


def test_the_badge_found_right_completes_the_delegation(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    with transaction():
        person = factories.delegate(event, delegation_id=delegation.id, category=Category.COMPANION)
    coordinator = cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    watched = open_page(served, coordinator, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/delegations/{delegation.id}/readiness")
    assert watched.inspect() == []
    page.goto(f"/e/{event.code}/desk/delegates/{person.id}")
    page.get_by_role("button", name="Бейдж дұрыс").click()
    expect(page.get_by_text("Бейдж расталды.")).to_be_visible()
    assert watched.inspect() == []
    db.session.rollback()
    [row] = readiness.everyone(event=get(event.id), chosen=ReadinessFilter(), language="kk")
    assert [need.value for need in row.missing] == ["consents"]


def test_the_order_by_keyboard_and_by_dragging(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    with transaction():
        people = [
            factories.delegate(event, delegation_id=delegation.id, family_name=name)
            for name in ("Аманов", "Бекова", "Власов")
        ]
    coordinator = cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    watched = open_page(served, coordinator)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/delegations/{delegation.id}/order")
    page.get_by_role("button", name="Down: Аманов Владимир Иванович").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".order-who > a").first).to_contain_text("Бекова")
    assert watched.inspect() == []
    handle = page.locator(f"#member-{people[2].id} [data-handle]").bounding_box()
    target = page.locator(f"#member-{people[1].id}").bounding_box()
    assert handle is not None
    assert target is not None
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 50, target["y"] + 3, steps=5)
    page.mouse.up()
    expect(page.locator(".order-who > a").first).to_contain_text("Власов")
    db.session.rollback()
    places = db.session.execute(select(Delegate.family_name).order_by(Delegate.precedence))
    assert [row.family_name for row in places] == ["Власов", "Бекова", "Аманов"]


def test_another_comes_in_somebodys_place(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    coordinator = cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    watched = open_page(served, coordinator, width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/delegates/{person.id}")
    page.get_by_role("link", name="Replace").click()
    assert watched.inspect() == []
    page.get_by_label("Family name", exact=True).fill("Сұлтанғазиев")
    page.get_by_label("Given name", exact=True).fill("Рүстем")
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why.")
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Сұлтанғазиев")
    watched.problems.clear()  # the browser notes the refusal, which is what is wanted
    page.get_by_label("Reason").fill("заболел")
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_text("Came in place of")).to_be_visible()
    assert watched.inspect() == []
    db.session.rollback()
    assert db.session.scalars(select(Replacement.former_name)).one() == "Иволгин Владимир Иванович"


def test_the_second_organiser_who_edits_the_same_person_sees_both_versions(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id, town="Талғар")
    first = open_page(served, cast.account(Role.ORGANISER, event_id=event.id)).page
    watched = open_page(served, cast.account(Role.ORGANISER, event_id=event.id))
    for page in (first, watched.page):
        page.goto(f"/e/{event.code}/desk/delegates/{person.id}/edit")
    first.get_by_label("Family name", exact=True).fill("Соколов")
    first.get_by_label("Town").fill("Қонаев")
    first.get_by_role("button", name="Save", exact=True).first.click()
    expect(first.get_by_text("Saved.")).to_be_visible()

    second = watched.page
    second.get_by_label("Family name", exact=True).fill("Орлов")
    second.get_by_label("Meals").fill("халал")
    second.get_by_role("button", name="Save", exact=True).first.click()
    expect(second.get_by_role("heading", name="Two versions")).to_be_visible()
    watched.problems.clear()  # the browser notes the refusal, which is what is wanted
    assert watched.inspect() == []
    shown = [second.get_by_role("group", name=name) for name in ("Family name", "Town", "Meals")]
    expect(shown[0]).to_contain_text("Changed by both")
    expect(shown[0].get_by_role("radio", name="Орлов")).to_be_checked()
    expect(shown[1].get_by_role("radio", name="Қонаев")).to_be_checked()
    expect(shown[2].get_by_role("radio", name="халал")).to_be_checked()
    assert row_of(person.id) == ("Соколов", "Қонаев", None)

    shown[0].get_by_role("radio", name="Соколов").check()
    second.get_by_role("button", name="Save this choice").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    assert row_of(person.id) == ("Соколов", "Қонаев", "халал")


def row_of(delegate_id: int) -> tuple[str, str | None, str | None]:
    db.session.rollback()
    row = db.session.get_one(Delegate, delegate_id)
    return row.family_name, row.town, row.diet


def test_a_decision_meanwhile_asks_nobody_to_choose(
    served: Served, open_page: OpenPage, event: Event, delegation: Delegation
) -> None:
    """Another version of the row, but nothing of what the form holds has changed."""
    person = given(
        factories.delegate, event=event, delegation_id=delegation.id, status=RegistrationStatus.APPLIED
    )
    page = open_page(served, cast.account(Role.ORGANISER, event_id=event.id)).page
    page.goto(f"/e/{event.code}/desk/delegates/{person.id}/edit")
    registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=[person.id], status=RegistrationStatus.APPROVED
    )
    page.get_by_label("Town").fill("Қонаев")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert row_of(person.id)[1] == "Қонаев"
