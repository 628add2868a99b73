"""An organiser's questions in a real browser, from defining one to answering it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from forum.domain.localized import Localized
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.roles import Role
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.models import Account, Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import answers, questions
from forum.services import questions as commands
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def organiser(event: Event) -> Account:
    return cast.account(Role.ORGANISER, event_id=event.id)


def said(ru: str, kk: str, en: str) -> Localized:
    return Localized(ru=ru, kk=kk, en=en)


HOTEL = QuestionSpec(
    code="hotel",
    kind=QuestionKind.CHOICE,
    stage=QuestionStage.APPROVED,
    title=said("Нужна гостиница?", "Қонақүй керек пе?", "Do you need a hotel?"),
    options=(Option("yes", said("Да", "Иә", "Yes")), Option("no", said("Нет", "Жоқ", "No"))),
    is_required=True,
)
NIGHTS = QuestionSpec(
    code="nights",
    kind=QuestionKind.NUMBER,
    stage=QuestionStage.APPROVED,
    title=said("Сколько ночей?", "Неше түн?", "How many nights?"),
    condition=Condition("hotel", ("yes",)),
    is_required=True,
)


def type_in(page: Page, group: str, texts: Localized) -> None:
    """Type a text in every language."""
    fields = page.get_by_role("group", name=group, exact=True)
    for name, language in (("Русский", "ru"), ("Қазақша", "kk"), ("English", "en")):
        fields.get_by_label(name).fill(texts[language])


def questions_asked(page: Page, event: Event, category: str) -> list[str]:
    """What the public form asks of somebody of that category beyond the profile, as it opens."""
    page.goto(f"/e/{event.code}/register")
    page.locator(f"input[name=category][value={category}]").check()
    page.get_by_role("button", name="Begin").click()
    page.goto(f"/e/{event.code}/register/questions")
    return page.locator("[data-question]:visible").evaluate_all(
        "each => each.map(one => one.dataset.question)"
    )


def test_an_organiser_puts_a_question_that_depends_on_another(
    served: Served, open_page: OpenPage, event: Event, organiser: Account
) -> None:
    watched = open_page(served, organiser, width=1440)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/questions")
    page.get_by_role("link", name="Add a question").first.click()
    page.get_by_role("link", name=re.compile("One of several")).click()
    type_in(page, "Question", said("Приносите технику?", "Техника әкелесіз бе?", "Do you bring equipment?"))
    for number, texts in ((1, ("Да", "Иә", "Yes")), (2, ("Нет", "Жоқ", "No"))):
        for language, text in zip(("Русский", "Қазақша", "English"), texts, strict=True):
            page.get_by_label(f"Answer {number}, {language}").fill(text)
    page.get_by_label("Press", exact=True).check()
    expect(page.locator("#example").get_by_text("Техника әкелесіз бе?")).to_be_visible()
    assert watched.inspect() == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add a question").click()
    page.get_by_role("link", name=re.compile("Several lines")).click()
    type_in(page, "Question", said("Какую?", "Қандай?", "Which?"))
    page.get_by_label("Press", exact=True).check()
    page.get_by_role("group", name="Do you bring equipment?").get_by_label("Yes").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("only if: Do you bring equipment? – Yes")).to_be_visible()
    assert watched.inspect() == []
    assert [spec.code for spec in _specs(event)] == ["do_you_bring_equipment", "which"]


def test_the_form_of_the_right_category_alone_has_it(
    served: Served, open_page: OpenPage, event: Event
) -> None:
    for spec in (HOTEL, NIGHTS):
        early = replace(spec, stage=QuestionStage.REGISTRATION, categories=frozenset({Category.PRESS}))
        commands.add(actor=SYSTEM, event_id=event.id, spec=early)
    watched = open_page(served, None, width=390)
    assert questions_asked(watched.page, event, "press") == ["hotel"]
    watched.page.get_by_label("Yes", exact=True).check()
    expect(watched.page.get_by_label("How many nights?")).to_be_visible()
    assert watched.inspect() == []
    other = open_page(served, None, width=390)
    assert questions_asked(other.page, event, "delegate") == []


def test_the_order_changes_by_keyboard(
    served: Served, open_page: OpenPage, event: Event, organiser: Account
) -> None:
    for title in ("First", "Second"):
        spec = QuestionSpec(code="", kind=QuestionKind.TEXT, title=said(title, title, title))
        commands.add(actor=SYSTEM, event_id=event.id, spec=spec)
    page = open_page(served, organiser).page
    page.goto(f"/e/{event.code}/desk/questions")
    page.get_by_role("button", name="Earlier: Second").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#question-*")
    assert page.locator("[id^=question-]").all_inner_texts() == ["Second", "First"]


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_still_needed_is_answered_on_a_phone(
    served: Served, open_page: OpenPage, event: Event, javascript: bool
) -> None:
    for spec in (HOTEL, NIGHTS):
        commands.add(actor=SYSTEM, event_id=event.id, spec=spec)
    account = cast.account(Role.DELEGATE, event_id=event.id)
    me: Delegate = given(factories.delegate, event=event, account_id=account.id)
    page = open_page(served, account, language="kk", width=390, javascript=javascript).page
    page.goto(f"/e/{event.code}/my/")
    page.get_by_role("link", name="Жауап беру").click()
    nights = page.get_by_label("Неше түн?")
    expect(nights).to_be_hidden()
    page.get_by_label("Иә", exact=True).check()
    if not javascript:
        page.get_by_role("button", name="Сақтау").click()
        expect(page.get_by_text("Жауабыңыз тағы бір сұраққа алып келді.")).to_be_visible()
    expect(nights).to_be_visible()
    nights.fill("2")
    page.get_by_role("button", name="Сақтау").click()
    expect(page.get_by_text("Рақмет, жауаптарыңыз сақталды.")).to_be_visible()
    db.session.rollback()
    kept = answers.of_person(event_id=event.id, delegate_id=me.id).given
    assert kept == {"hotel": "yes", "nights": "2"}


def _specs(event: Event) -> tuple[QuestionSpec, ...]:
    db.session.rollback()
    return questions.specs(event_id=event.id)
