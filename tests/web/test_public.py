"""The pages of a forum that everybody sees."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Visibility
from forum.models import Attendance, Event, Session
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import at, given
from tests.queries_counted import statements


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event, title=Localized(ru="Форум", kk="Форум", en="Forum of the two regions"))


def fill(event: Event, number: int) -> None:
    """A programme, companies, people and sites: ``number`` of each."""
    with transaction():
        side = factories.delegation(event)
        for _ in range(number):
            session = Session(
                event_id=event.id,
                kind="panel",
                title=Localized(en="Textiles"),
                summary=Localized(),
                starts_at=at(10),
                ends_at=at(11),
            )
            company = factories.company(event)
            person = factories.delegate(
                event, delegation_id=side.id, company_id=company.id, visibility=Visibility.PUBLIC
            )
            db.session.add(session)
            db.session.flush()
            db.session.add(Attendance(session_id=session.id, delegate_id=person.id))
            factories.visit(event, factories.site(event))


def test_without_a_forum_the_first_page_says_how_to_begin(client: FlaskClient) -> None:
    assert "flask sample load" in client.get("/").text


def test_the_only_forum_is_the_first_page(client: FlaskClient, event: Event) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, f"/e/{event.code}/")


def test_of_several_forums_one_can_choose(client: FlaskClient, event: Event) -> None:
    other = given(factories.event)
    page = client.get("/").text
    assert [f'href="/e/{each.code}/"' in page for each in (event, other)] == [True, True]


@pytest.mark.parametrize("path", ["", "programme", "sites", "sites/1", "programme.ics"])
def test_everybody_may_look(client: FlaskClient, event: Event, path: str) -> None:
    fill(event, 1)
    assert client.get(f"/e/{event.code}/{path}").status_code == 200


@pytest.mark.parametrize("path", ["", "programme", "sites"])
def test_a_forum_without_anything_has_its_pages_too(client: FlaskClient, event: Event, path: str) -> None:
    assert client.get(f"/e/{event.code}/{path}").status_code == 200


def test_a_site_of_another_forum_is_not_there(client: FlaskClient, event: Event) -> None:
    site = given(factories.site, event=given(factories.event))
    assert client.get(f"/e/{event.code}/sites/{site.id}").status_code == 404


@pytest.mark.parametrize(
    ("role", "way"),
    [
        (None, "/e/{code}/register"),
        (Role.DELEGATE, "/e/{code}/my/"),
        (Role.ORGANISER, "/e/{code}/desk/"),
    ],
)
def test_the_one_way_in_fits_the_reader(app: Flask, event: Event, role: Role | None, way: str) -> None:
    browser = cast.browser(app, cast.account(role, event_id=event.id)) if role else app.test_client()
    page = browser.get(f"/e/{event.code}/").text
    assert f'<a class="button is-primary is-large" href="{way.format(code=event.code)}' in page


def test_times_are_those_of_the_events_city(client: FlaskClient, event: Event) -> None:
    fill(event, 1)
    client.set_cookie("language", "en")
    page = client.get(f"/e/{event.code}/programme").text
    assert ("10:00–11:00" in page, "Times are those of: Moscow, UTC+3." in page) == (True, True)


def test_the_calendar_file_has_everything_of_the_programme(client: FlaskClient, event: Event) -> None:
    fill(event, 2)
    answer = client.get(f"/e/{event.code}/programme.ics")
    assert (answer.content_type, answer.text.count("BEGIN:VEVENT")) == ("text/calendar; charset=utf-8", 4)


@pytest.mark.parametrize(("path", "most"), [("", 10), ("programme", 6), ("sites", 4), ("sites/1", 4)])
def test_the_number_of_statements_does_not_grow(
    app: Flask, client: FlaskClient, event: Event, path: str, most: int
) -> None:
    counts = []
    address = f"/e/{event.code}/{path}"
    for number in (1, 9):
        fill(event, number)
        with statements(app) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts == [most, most]
