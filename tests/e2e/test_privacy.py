"""Privacy on a phone, in Kazakh: what is held, a copy of it, the document, a consent, and the way out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from forum.domain.consents import CATALOGUE, REQUIRED
from forum.domain.roles import Role
from forum.models import Account, Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import consents as known
from forum.queries import documents
from forum.services import consents, visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def account(event: Event) -> Account:
    """A visitor's, whose host asks for a document."""
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        person = factories.delegate(event, account_id=account.id, diet="халал", language="kk")
        consents.put(person, (*REQUIRED, CATALOGUE))
        rules = {"id_fields": ["document_number", "birth_date"]}
        visit = factories.visit(event, factories.site(event, rules=rules))
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    return account


def _me(account: Account) -> Delegate:
    db.session.rollback()
    return db.session.query(Delegate).filter_by(account_id=account.id).one()


def test_one_sees_and_takes_along_what_is_held(
    served: Served, open_page: OpenPage, event: Event, account: Account, tmp_path: Path
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/")
    page.get_by_role("link", name="Құпиялылық").first.click()
    expect(page.get_by_role("heading", name="Құпиялылық")).to_be_visible()
    assert watched.inspect() == []
    with page.expect_download() as copied:
        page.get_by_role("link", name="Басқа бағдарламаларға арналған файл").click()
    copied.value.save_as(tmp_path / "copy.json")
    shape = json.loads((tmp_path / "copy.json").read_text("utf-8"))
    assert shape["groups"]["stay"]["records"][0]["diet"] == "халал"
    page.get_by_role("link", name="Болу мерзімі, тамақтану және қолжетімділік").click()
    expect(page.get_by_text("халал")).to_be_visible()
    assert watched.inspect() == []


def test_one_enters_the_document_and_sees_its_end(
    served: Served, open_page: OpenPage, event: Event, account: Account
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/privacy")
    page.get_by_role("link", name="Құжатты енгізу").click()
    page.get_by_label("Сериясы мен нөмірі").fill("12")
    page.get_by_role("button", name="Құжатты сақтау").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Сериясы мен нөмірі")).to_have_value("12")
    page.get_by_label("Құжат", exact=True).select_option("kz_passport")
    page.get_by_label("Сериясы мен нөмірі").fill("N00000123")
    page.get_by_label("Туған күні").fill("1980-01-31")
    page.get_by_role("button", name="Құжатты сақтау").click()
    expect(page.get_by_text("•••••••23")).to_be_visible()
    assert [problem for problem in watched.inspect() if "422" not in problem] == []
    found = documents.find(event_id=event.id, row_id=_me(account).id)
    assert found is not None


def test_one_takes_a_consent_back(
    served: Served, open_page: OpenPage, event: Event, account: Account
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/privacy/consents/catalogue")
    assert watched.inspect() == []
    page.get_by_role("button", name="Келісімді қайтарып алу").click()
    expect(page.get_by_text("Келісімді қайтарып алдыңыз: Қатысушылар каталогы.")).to_be_visible()
    assert CATALOGUE not in known.standing(_me(account).id)


def test_one_has_everything_erased_without_a_script(
    served: Served, open_page: OpenPage, event: Event, account: Account
) -> None:
    person_id = _me(account).id
    page = open_page(served, account, language="kk", width=390, javascript=False).page
    page.goto(f"/e/{event.code}/my/privacy/erase")
    page.get_by_role("button", name="Деректерімді біржола өшіру").click()
    expect(page.get_by_text("Алдымен белгі қойыңыз").first).to_be_visible()
    page.get_by_label("Мұны қайтару мүмкін емес екенін түсінемін").check()
    page.get_by_role("button", name="Деректерімді біржола өшіру").click()
    expect(page.get_by_role("heading", name="Деректеріңіз өшірілді")).to_be_visible()
    expect(page.get_by_role("link", name="Актіні жүктеп алу")).to_be_visible()
    db.session.rollback()
    assert db.session.get_one(Delegate, person_id).erased_at is not None
