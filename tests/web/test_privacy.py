"""Privacy on screen: the person's own pages, the coordinator's, the office's, and everybody's."""

from __future__ import annotations

import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from forum.domain.consents import CATALOGUE, PROCESSING, REQUIRED
from forum.domain.identity_documents import DocumentKind
from forum.domain.localized import LANGUAGES
from forum.domain.retention import DEFAULT_DAYS, Group
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import Account, Delegate, Erasure, Event, IdentityDocument, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import consents as known_consents
from forum.queries import documents
from forum.services import consents, visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.domain.test_machine_readable import td3
from tests.factories import given
from tests.queries_counted import statements

NUMBER = "71 9051736"


class World:
    """A forum with a visit whose host asks for a document, and somebody on it."""

    def __init__(self, app: Flask) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        self.app = app
        self.event = given(factories.event)
        self.delegation = given(factories.delegation, event=self.event)
        self.account = cast.account(Role.DELEGATE, event_id=self.event.id)
        self.person = given(
            factories.delegate, event=self.event, account_id=self.account.id,
            delegation_id=self.delegation.id, diet="zqxdiet",
        )  # fmt: skip
        with transaction():
            rules = {"id_fields": ["document_number", "birth_date", "citizenship"]}
            visit = factories.visit(self.event, factories.site(self.event, rules=rules))
            consents.put(db.session.get_one(Delegate, self.person.id), (*REQUIRED, CATALOGUE))
        visits.sign_up(actor=SYSTEM, event_id=self.event.id, visit_id=visit.id, delegate_id=self.person.id)
        self.code = self.event.code
        self.person_id = self.person.id

    def me(self, language: str = "en") -> FlaskClient:
        return cast.browser(self.app, db.session.get_one(Account, self.account.id), language=language)

    def desk(self, role: Role, language: str = "en") -> FlaskClient:
        account = cast.account(role, event_id=self.event.id, delegation_id=self.delegation.id)
        return cast.browser(self.app, account, language=language)

    def my(self, path: str = "") -> str:
        return f"/e/{self.code}/my/{path}"

    def of_person(self, path: str) -> str:
        return f"/e/{self.code}/desk/delegates/{self.person_id}/{path}"


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def typed(**changes: str) -> dict[str, str]:
    fields = {"kind": "ru_foreign", "number": NUMBER, "birth_date": "1981-03-14", "citizenship": "RUS"}
    return {**fields, **changes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_is_held_why_and_until_when(world: World, language: str) -> None:
    answer = world.me(language).get(world.my("privacy"))
    assert answer.status_code == 200
    said = answer.text
    links = set(re.findall(r'href="[^"]*/privacy/held/(\w+)"', said))
    assert links >= {"name", "stay", "consents", "visits", "sign_ins"}
    for group in links:
        page = world.me(language).get(world.my(f"privacy/held/{group}"))
        assert (page.status_code, group) == (200, group)
    assert "zqxdiet" in world.me(language).get(world.my("privacy/held/stay")).text


def test_the_page_takes_as_many_statements_for_much_as_for_little(world: World, app: Flask) -> None:
    me = world.me()
    with statements(app) as few:
        me.get(world.my("privacy"))
    for _ in range(12):
        with transaction():
            db.session.add(
                JournalEntry(
                    event_id=world.event.id, at=factories.at(9), action="profile_changed",
                    subject_kind="delegate", subject_id=world.person_id, data={"fields": ["diet"]},
                )
            )  # fmt: skip
    with statements(app) as many:
        me.get(world.my("privacy"))
    assert len(few) == len(many) <= 16


def test_a_copy_to_read_and_one_for_programs(world: World) -> None:
    me = world.me("ru")
    shape = json.loads(me.get(world.my("privacy/copy.json")).data)
    assert shape["groups"]["stay"]["records"][0]["diet"] == "zqxdiet"
    book = load_workbook(io.BytesIO(me.get(world.my("privacy/copy.xlsx")).data))
    assert book.sheetnames == ["Для чего и до какого времени", "Что хранится"]
    cells = [cell.value for row in book["Что хранится"].iter_rows() for cell in row]
    assert "zqxdiet" in cells


def test_a_consent_is_taken_back_and_given_again(world: World) -> None:
    me, path = world.me(), world.my("privacy/consents/catalogue")
    assert me.post(path, data={"do": "withdraw"}).status_code == 303
    assert CATALOGUE not in known_consents.standing(world.person_id)
    me.post(path, data={"do": "withdraw"})
    assert CATALOGUE not in known_consents.standing(world.person_id)
    me.post(path, data={"do": "give"})
    assert CATALOGUE in known_consents.standing(world.person_id)


def test_the_consent_that_taking_part_needs_takes_a_tick(world: World) -> None:
    me, path = world.me("ru"), world.my("privacy/consents/processing")
    refused = me.post(path, data={"do": "withdraw"})
    assert "Поставьте отметку, если хотите отказаться от участия." in refused.text
    assert PROCESSING in known_consents.standing(world.person_id)
    me.post(path, data={"do": "withdraw", "is_confirmed": "y"})
    db.session.expire_all()
    assert db.session.get_one(Delegate, world.person_id).status is RegistrationStatus.WITHDRAWN
    assert me.get(world.my("privacy")).status_code == 200


@pytest.mark.parametrize("path", ["privacy/consents/sale", "privacy/held/secrets"])
def test_a_word_that_is_none_leads_nowhere(world: World, path: str) -> None:
    assert world.me().get(world.my(path)).status_code == 404


def test_the_document_is_entered_and_only_its_end_is_shown(world: World) -> None:
    me = world.me()
    assert me.post(world.my("document"), data=typed()).status_code == 303
    said = me.get(world.my("document")).text
    assert "•• •••••36" in said
    assert "9051736" not in said


def test_lines_at_the_foot_spare_the_typing(world: World) -> None:
    zone = td3("P", "KAZ", "N12345678", "800101", "310101", "")
    sent = {"zone": zone, "kind": "ru_internal", "number": "", "birth_date": "", "citizenship": ""}
    assert world.me().post(world.my("document"), data=sent).status_code == 303
    held = documents.opened(db.session.scalars(select(IdentityDocument)).one())
    assert held is not None
    assert (held.kind, held.number, held.citizenship) == (DocumentKind.KZ_PASSPORT, "N12345678", "KAZ")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "12"}, "В заграничном паспорте РФ 9 цифр, например 71 1234567."),
        ({"number": ""}, "Введите номер документа."),
        ({"birth_date": ""}, "Введите дату рождения."),
        ({"birth_date": "14.13.1981"}, "Введите день, например 2.12.2026."),
        ({"birth_date": "2030-01-01"}, "Дата рождения должна быть в прошлом, не более 130 лет назад."),
        ({"citizenship": ""}, "Выберите гражданство."),
        ({"zone": "P<UTO"}, "Здесь не все знаки строк в нижней части документа."),
        ({"kind": "library_card"}, None),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_typed_is_lost(
    world: World, change: dict[str, str], sentence: str | None
) -> None:
    sent = typed(**change)
    answer = world.me("ru").post(world.my("document"), data=sent)
    assert answer.status_code == 422
    assert sentence is None or sentence in answer.text
    assert 'class="field-error"' in answer.text
    assert all(
        f'value="{value}"' in answer.text for name, value in sent.items() if name == "number" and value
    )
    assert db.session.scalar(select(func.count()).select_from(IdentityDocument)) == 0


def test_erasing_takes_a_tick_and_ends_with_an_act(world: World) -> None:
    me = world.me("ru")
    refused = me.post(world.my("privacy/erase"), data={})
    assert (refused.status_code, db.session.scalar(select(func.count()).select_from(Erasure))) == (422, 0)
    assert "Сначала поставьте отметку: удалённое нельзя вернуть." in refused.text
    done = me.post(world.my("privacy/erase"), data={"is_confirmed": "y"})
    page = me.get(done.headers["Location"])
    assert "Ваши данные удалены" in page.text
    act = me.get(f"{done.headers['Location']}/act.pdf")
    assert (act.status_code, act.data[:5]) == (200, b"%PDF-")
    assert me.get(world.my("privacy")).status_code == 303  # to sign in: there is no account any more


def test_the_way_to_an_act_cannot_be_made_up(world: World) -> None:
    act = given(factories.erasure, event=world.event)
    for secret in ("1", str(act.id), "eyJ.a.b"):
        assert world.me().get(f"/e/{world.code}/privacy/erased/{secret}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_read_the_texts_and_the_terms(world: World, language: str, client: FlaskClient) -> None:
    client.set_cookie("language", language)
    said = client.get(f"/e/{world.code}/privacy").text
    assert said.count('class="consent-text"') == 5
    assert client.get(f"/e/{world.code}/").text.count(f'/e/{world.code}/privacy"') >= 1


def test_a_coordinator_notes_from_paper_and_enters_without_reading(world: World) -> None:
    desk = world.desk(Role.COORDINATOR)
    desk.post(world.of_person("consents/news"), data={"do": "give"})
    (noted,) = [view for view in known_consents.of_delegate(world.person_id) if view.purpose == "news"]
    assert (noted.on_paper, noted.noted_by) == (True, "Айгүл")
    assert desk.post(world.of_person("document"), data=typed()).status_code == 303
    said = desk.get(world.of_person("consents")).text
    assert "•• •••••36" in said
    assert "See the document in full" not in said
    assert desk.post(world.of_person("document/reveal"), data={"reason": "для пропуска"}).status_code == 404


def test_a_coordinator_of_another_delegation_finds_nobody(world: World) -> None:
    other = given(factories.delegation, event=world.event)
    account = cast.account(Role.COORDINATOR, event_id=world.event.id, delegation_id=other.id)
    desk = cast.browser(world.app, account)
    for path in ("consents", "document"):
        assert desk.post(world.of_person(path), data=typed()).status_code in (404, 405)


def test_the_document_is_shown_for_a_reason_that_its_holder_reads(world: World) -> None:
    world.me().post(world.my("document"), data=typed())
    desk = world.desk(Role.PROTOCOL)
    refused = desk.post(world.of_person("document/reveal"), data={"reason": "x"})
    assert "Say in a few words why you need to see the document." in refused.text
    assert NUMBER not in refused.text
    shown = desk.post(world.of_person("document/reveal"), data={"reason": "Список на проход"})
    assert NUMBER in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Список на проход" in world.me().get(world.my("privacy/held/journal")).text


def test_the_desk_hands_out_a_copy_and_it_is_noted(world: World) -> None:
    desk = world.desk(Role.ORGANISER)
    assert b"zqxdiet" in desk.post(world.of_person("privacy/copy.json")).data
    assert desk.post(world.of_person("privacy/copy.xlsx")).data[:2] == b"PK"
    assert db.session.scalar(select(func.count()).where(JournalEntry.action == "data_exported")) == 2


def test_the_desk_erases_at_request_and_finds_the_act(world: World) -> None:
    desk = world.desk(Role.ORGANISER)
    assert desk.post(world.of_person("privacy/erase"), data={}).status_code == 422
    desk.post(world.of_person("privacy/erase"), data={"is_confirmed": "y"})
    act = db.session.scalars(select(Erasure)).one()
    said = desk.get(f"/e/{world.code}/desk/privacy").text
    assert f"/desk/privacy/acts/{act.id}.pdf" in said
    assert desk.get(f"/e/{world.code}/desk/privacy/acts/{act.id}.pdf").data[:5] == b"%PDF-"
    assert desk.get(world.of_person("privacy")).status_code == 404


def test_terms_are_changed_by_the_forum(world: World) -> None:
    desk, path = world.desk(Role.ORGANISER), f"/e/{world.code}/desk/privacy/terms"
    version = re.search(r'name="version"[^>]*value="(\d+)"', desk.get(path).text)
    assert version is not None
    days = {group.value: str(number) for group, number in DEFAULT_DAYS.items()}
    refused = desk.post(path, data={**days, "version": version[1], "stay": "4000"})
    assert (refused.status_code, 'value="4000"' in refused.text) == (422, True)
    assert desk.post(path, data={**days, "version": version[1], "stay": "5"}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Event, world.event.id).retention_days == {Group.STAY: 5}
    again = desk.post(path, data={**days, "version": version[1], "stay": "6"}, follow_redirects=True)
    assert "Somebody else has changed this meanwhile" in again.text
