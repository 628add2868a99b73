"""Papers from the screen."""

from __future__ import annotations

import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import jobs
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import Badge, Event, Paper, PrintRun
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


def _pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def _desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.DESK, event_id=event.id))


def test_badges_from_the_form_to_the_file(app: Flask, event: Event) -> None:
    given(factories.delegate, event=event, family_name="Сұлтанғазиев")
    browser = _desk(app, event)
    order = browser.post(f"/e/{event.code}/desk/papers", data={"kind": "badge", "only": "all", "sheet": "a6"})
    assert order.status_code == 303
    run = order.headers["Location"]
    assert browser.get(f"{run}/file.pdf").status_code == 404
    jobs.work_off(app)
    with browser.get(f"{run}/file.pdf") as file:
        (page,) = _pages(file.data)
    assert "Сұлтанғазиев" in page


def test_a_refusal_keeps_what_was_chosen(app: Flask, event: Event) -> None:
    page = _desk(app, event).post(
        f"/e/{event.code}/desk/papers",
        data={"kind": "agenda", "only": "all", "sheet": "a6", "reason": "поздние изменения"},
    )
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "There is nobody to print this for. Choose other people." in html
    assert 'value="поздние изменения"' in html


def test_a_reprint_asks_for_its_reason_where_it_is_given(app: Flask, event: Event) -> None:
    person = given(factories.delegate, event=event)
    browser = _desk(app, event)
    wanted = {"kind": "badge", "only": "all", "sheet": "96x134"}
    browser.post(f"/e/{event.code}/desk/papers", data=wanted)
    jobs.work_off(app)
    again = browser.post(f"/e/{event.code}/desk/papers", data=wanted)
    html = again.get_data(as_text=True)
    assert again.status_code == 422
    assert 'id="reason-error"' in html
    assert 'selected value="96x134"' in html
    explained = browser.post(f"/e/{event.code}/desk/papers", data={**wanted, "reason": "помяты"})
    jobs.work_off(app)
    assert explained.status_code == 303
    page = browser.get(f"/e/{event.code}/desk/delegates/{person.id}").get_data(as_text=True)
    assert [page.count(word) for word in ("As it is now", "помяты")] == [1, 1]


def test_what_is_found_leads_to_where_it_is_mended(app: Flask, event: Event) -> None:
    person = given(factories.delegate, event=event, family_name="Ли李")
    browser = _desk(app, event)
    run = browser.post(f"/e/{event.code}/desk/papers", data={"kind": "badge", "only": "all", "sheet": "a6"})
    jobs.work_off(app)
    html = browser.get(run.headers["Location"]).get_data(as_text=True)
    assert f'<a href="/e/{event.code}/desk/delegates/{person.id}">Ли李 Владимир Иванович</a>' in html
    assert '<div class="muted small">李</div>' in html


def test_one_can_look_for_what_comes_out_badly_before_anything_is_printed(app: Flask, event: Event) -> None:
    given(factories.delegate, event=event, family_name="Ли李")
    wanted = {"kind": "badge", "only": "all", "sheet": "a6", "reason": "утром"}
    page = _desk(app, event).post(f"/e/{event.code}/desk/papers/check", data=wanted)
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert '<div class="muted small">李</div>' in html
    assert 'value="утром"' in html
    assert [db.session.query(each).count() for each in (PrintRun, Paper, Badge)] == [0, 0, 0]


def test_what_is_out_of_date_is_counted_and_listed(app: Flask, event: Event) -> None:
    person = given(factories.delegate, event=event, family_name="Ещанов")
    browser = _desk(app, event)
    browser.post(f"/e/{event.code}/desk/papers", data={"kind": "badge", "only": "all", "sheet": "a6"})
    jobs.work_off(app)
    address = f"/e/{event.code}/desk/papers/standing?kind=badge"
    assert "Ещанов" not in browser.get(address).get_data(as_text=True)
    with transaction():
        db.session.merge(person).position = Localized(ru="министр")
    assert "Ещанов" in browser.get(address).get_data(as_text=True)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "poster", "only": "all", "sheet": "a6"},
        {"kind": "badge", "only": "some", "sheet": "a6"},
        {"kind": "badge", "only": "all", "sheet": "a0"},
        {"kind": "badge", "only": "all", "sheet": "a6", "delegation": "x"},
        {"kind": "badge", "only": "all", "sheet": "a6", "category": "king"},
        {"kind": "table_agenda", "row": "x", "first_language": "ru"},
        {"kind": "table_agenda", "first_language": "xx"},
        {"kind": "table_sign", "first_language": "ru", "sheet": "a6"},
    ],
)
def test_nonsense_in_the_form_is_refused(app: Flask, event: Event, nonsense: dict[str, str]) -> None:
    given(factories.delegate, event=event)
    browser = _desk(app, event)
    assert browser.post(f"/e/{event.code}/desk/papers", data=nonsense).status_code == 422


def test_a_paper_of_the_forum_from_the_form_to_the_file_and_the_journal(app: Flask, event: Event) -> None:
    seven = given(factories.table, event=event, number=7)
    given(factories.table, event=event, number=8)
    browser = cast.browser(app, cast.account(Role.ORGANISER), language="kk")
    wanted = {"kind": "table_sign", "row": str(seven.id), "first_language": "kk", "second_language": "ru"}
    run = browser.post(f"/e/{event.code}/desk/papers", data={**wanted, "sheet": "sign-a4"}).headers[
        "Location"
    ]
    jobs.work_off(app)
    with browser.get(f"{run}/file.pdf") as file:
        assert [page.split() for page in _pages(file.data)] == [["Үстел", "·", "Стол", "7"]]
    journal = browser.get(f"/e/{event.code}/desk/journal").get_data(as_text=True)
    assert "Үстел нөмірлері" in journal


def test_a_refusal_of_a_paper_of_the_forum_keeps_what_was_chosen(app: Flask, event: Event) -> None:
    wanted = {"kind": "table_agenda", "first_language": "kk", "second_language": "en", "reason": "утром"}
    page = _desk(app, event).post(f"/e/{event.code}/desk/papers", data=wanted)
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "There is nothing of that kind to print yet." in html
    assert [f'selected value="{code}"' in html for code in ("kk", "en", "ru")] == [True, True, False]
    assert 'value="утром"' in html


def test_a_run_of_another_forum_is_not_to_be_had(app: Flask, event: Event) -> None:
    other = given(factories.event)
    given(factories.delegate, event=other)
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    order = browser.post(f"/e/{other.code}/desk/papers", data={"kind": "badge", "only": "all", "sheet": "a6"})
    elsewhere = order.headers["Location"].replace(other.code, event.code)
    assert browser.get(elsewhere).status_code == 404


def test_a_delegate_reads_the_own_agenda_only(app: Flask, event: Event) -> None:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    given(factories.delegate, event=event, family_name="Чужой")
    given(factories.delegate, event=event, family_name="Свой", account_id=account.id)
    given(factories.session, event=event)
    browser = cast.browser(app, account)
    (page,) = _pages(browser.get(f"/e/{event.code}/my/agenda.pdf").data)
    assert "Свой Владимир Иванович" in page


def test_an_account_that_is_nobody_in_the_forum_has_no_agenda(app: Flask, event: Event) -> None:
    browser = cast.browser(app, cast.account(Role.DELEGATE, event_id=event.id))
    assert browser.get(f"/e/{event.code}/my/agenda.pdf").status_code == 404
