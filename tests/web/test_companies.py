"""Companies on the screens: the desk's list and form, the cabinet's form, making one of two."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.company_names import parse_company_name
from forum.domain.roles import Role
from forum.models import Company, Delegate, Event
from forum.models.base import db
from forum.services import company_columns
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements

LANGUAGES = ("ru", "kk", "en")


@dataclass
class Stage:
    app: Flask
    code: str
    company_id: int
    other_id: int
    organiser: FlaskClient
    delegate: FlaskClient

    def path(self, rest: str) -> str:
        return f"/e/{self.code}/{rest}"

    def company(self) -> Company:
        db.session.rollback()
        return db.session.get_one(Company, self.company_id)


def _company(event: Event, name: str, **values: object) -> Company:
    return factories.company(event, **company_columns.of_name(parse_company_name(name)), **values)


@pytest.fixture
def stage(app: Flask) -> Stage:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        event = factories.event()
        company = _company(event, "ООО «Заря»", offers="Сыр", town="Клин")
        other = _company(event, "АО «Зоря»", seeks="Склад")
    accounts = {role: cast.account(role, event_id=event.id) for role in (Role.ORGANISER, Role.DELEGATE)}
    with transaction():
        own = accounts[Role.DELEGATE].id
        factories.delegate(event, company_id=company.id, account_id=own, family_name="Ясный")
        factories.delegate(event, company_id=other.id, family_name="Зорькин")
    browsers = {role: cast.browser(app, account, language="ru") for role, account in accounts.items()}
    return Stage(app, event.code, company.id, other.id, browsers[Role.ORGANISER], browsers[Role.DELEGATE])


def _form(stage: Stage, browser: FlaskClient, path: str) -> dict[str, object]:
    """What a browser would send back of the form as it is shown."""
    page = browser.get(path).get_data(as_text=True)
    version = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert version is not None
    data: dict[str, object] = {"version": version.group(1)}
    data |= dict(re.findall(r'<input class="input[^"]*"[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    data |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, flags=re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        data[name] = chosen.group(1) if chosen else ""
    return data


def test_the_list_says_who_comes_and_what_is_missing(stage: Stage) -> None:
    page = stage.organiser.get(stage.path("desk/companies")).get_data(as_text=True)
    assert all(word in page for word in ("ООО «Заря»", "АО «Зоря»", "нет отрасли", "нет предложения"))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?q=zaria", {"Заря"}),
        ("?lacks=offers", {"Зоря"}),
        ("?lacks=seeks", {"Заря"}),
        ("?lacks=people", set()),
        ("?lacks=names", set()),
        ("?lacks=nonsense&sector=magic&delegation=x&sort=-people&page=-3", {"Заря", "Зоря"}),
        ("?sector=food", set()),
    ],
)
def test_the_list_is_filtered(stage: Stage, address: str, found: set[str]) -> None:
    page = stage.organiser.get(stage.path(f"desk/companies{address}")).get_data(as_text=True)
    body = page.partition("<tbody")[2]
    assert {name for name in ("Заря", "Зоря") if f"«{name}»" in body} == found


def test_the_list_as_a_workbook(stage: Stage) -> None:
    answer = stage.organiser.get(stage.path("desk/companies.xlsx?q=zoria"))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert [row[0] for row in rows[1:]] == ["АО «Зоря»"]


def test_a_coordinator_sees_the_companies_of_the_own_delegation(stage: Stage) -> None:
    with transaction():
        event = db.session.query(Event).one()
        side = factories.delegation(event)
        db.session.query(Delegate).filter_by(family_name="Зорькин").one().delegation_id = side.id
    account = cast.account(Role.COORDINATOR, event_id=side.event_id, delegation_id=side.id)
    browser = cast.browser(stage.app, account, language="ru")
    page = browser.get(stage.path("desk/companies")).get_data(as_text=True)
    assert ["Зоря" in page, "Заря" in page] == [True, False]


def test_saving_what_was_shown_changes_nothing(stage: Stage) -> None:
    path = stage.path(f"desk/companies/{stage.company_id}")
    before = stage.company().version
    answer = stage.organiser.post(path, data=_form(stage, stage.organiser, path))
    assert (answer.status_code, stage.company().version) == (303, before)


def test_the_office_words_a_name_and_the_rest_follows_the_dictionary(stage: Stage) -> None:
    path = stage.path(f"desk/companies/{stage.company_id}")
    data = _form(stage, stage.organiser, path) | {"bare_name": "Рассвет", "badge_name_kk": "Таң"}
    assert stage.organiser.post(path, data=data).status_code == 303
    row = stage.company()
    assert (row.short_name["kk"], row.badge_name["kk"], row.badge_name["ru"]) == (
        "«Рассвет» ЖШС", "Таң", "Рассвет",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "value"),
    [("website", "no site at all"), ("bare_name", "…"), ("legal_form", "xyz"), ("delegation", "99"),
     ("bare_name", "Зоря"), ("offers", "я" * 2001)],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_typed_is_lost(
    stage: Stage, language: str, field: str, value: str
) -> None:
    path = stage.path(f"desk/companies/{stage.company_id}")
    data = _form(stage, stage.organiser, path) | {"seeks": "Напечатано давно", field: value}
    if value == "Зоря":
        data["legal_form"] = "ao"
    answer = stage.organiser.post(f"{path}?lang={language}", data=data)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "data-error-summary" in page, "Напечатано давно" in page) == (422, True, True)
    assert stage.company().seeks is None


def test_the_second_organiser_sees_both_versions_and_may_still_save(stage: Stage) -> None:
    path = stage.path(f"desk/companies/{stage.company_id}")
    first = _form(stage, stage.organiser, path) | {"town": "Истра"}
    second = _form(stage, stage.organiser, path) | {"town": "Химки", "offers": "Масло"}
    stage.organiser.post(path, data=first)
    answer = stage.organiser.post(path, data=second)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, stage.company().town) == (409, "Истра")
    compared = page.partition('class="versions"')[2].partition("</dl>")[0]
    assert [word in compared for word in ("Истра", "Химки", "Сыр", "Масло", "Заря")] == [True] * 4 + [False]
    version = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert version is not None
    assert stage.organiser.post(path, data=second | {"version": version.group(1)}).status_code == 303
    assert stage.company().town == "Химки"


def test_those_of_the_company_say_what_it_offers(stage: Stage) -> None:
    path = stage.path("my/company")
    data = _form(stage, stage.delegate, path) | {
        "seeks": "Упаковка", "seek_sectors": ["packaging", "magic"], "website": "zaria.example",
        "bare_name": "Чужое имя",
    }  # fmt: skip
    assert stage.delegate.post(path, data=data).status_code == 303
    row = stage.company()
    assert (row.seeks, row.seek_sectors, row.website, row.bare_name) == (
        "Упаковка", ["packaging"], "https://zaria.example", "Заря",
    )  # fmt: skip


def test_who_is_of_no_company_has_no_such_page(stage: Stage) -> None:
    with transaction():
        db.session.query(Delegate).filter_by(family_name="Ясный").one().company_id = None
    assert stage.delegate.get(stage.path("my/company")).status_code == 404


def test_two_are_made_one_after_a_look_and_parted_by_undo(stage: Stage) -> None:
    path = stage.path(f"desk/companies/{stage.company_id}/merge")
    found = stage.organiser.get(f"{path}?company=zoria").get_data(as_text=True)
    assert f'value="{stage.other_id}"' in found
    look = stage.organiser.get(f"{path}?other_id={stage.other_id}").get_data(as_text=True)
    assert "Зорькин" in look
    data = dict(
        re.findall(r'<input type="hidden" name="(version|other_id|other_version)" value="(\d+)"', look)
    )
    answer = stage.organiser.post(path, data=data, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert ("Зорькин" in page, stage.company().seeks) == (True, "Склад")
    entry = re.search(r'name="entry" value="(\d+)"', page)
    assert entry is not None
    stage.organiser.post(stage.path("desk/companies/part"), data={"entry": entry.group(1)})
    assert (stage.company().seeks, db.session.query(Company).count()) == (None, 2)


def test_the_list_costs_the_same_however_many_there_are(stage: Stage) -> None:
    path, counted = stage.path("desk/companies"), []
    for _ in range(2):
        with transaction():
            event = db.session.query(Event).one()
            for _each in range(20):
                factories.company(event)
        with statements(stage.app) as sent:
            stage.organiser.get(path)
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_the_catalogue_is_opened_and_closed(stage: Stage) -> None:
    stranger, path = stage.app.test_client(), stage.path("desk/catalogue")
    seen = [stranger.get(stage.path("catalogue")).status_code]
    for data in ({"is_public": "y", "vips_seen_by": ["speaker", "nonsense"]}, {"sent": "y"}):
        assert stage.organiser.post(path, data=data).status_code == 303
        seen.append(stranger.get(stage.path("catalogue")).status_code)
    assert seen == [404, 200, 404]


@pytest.mark.parametrize(
    ("aide", "status"), [("", 303), ("own", 422), ("theirs", 303), ("987654", 422), ("abc", 422)]
)
def test_a_vip_is_named_with_an_aide(stage: Stage, aide: str, status: int) -> None:
    vip, other = (
        db.session.query(Delegate).filter_by(family_name=name).one() for name in ("Ясный", "Зорькин")
    )
    numbers = {"own": vip.number, "theirs": other.number}
    vip_id, other_id = vip.id, other.id
    path = stage.path(f"desk/delegates/{vip_id}/vip")
    data = {"version": vip.version, "is_vip": "y", "aide": numbers.get(aide, aide)}
    assert stage.organiser.post(path, data=data).status_code == status
    db.session.rollback()
    row = db.session.get_one(Delegate, vip_id)
    expected = (True, other_id if aide == "theirs" else None) if status == 303 else (False, None)
    assert (row.is_vip, row.aide_id) == expected
