"""Printers on the screens: at the desk, at the door, and a browser that prints."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import jobs
from forum.domain.roles import Role
from forum.models import Event
from forum.policy import SYSTEM
from forum.queries import print_queue
from forum.services import stations
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.DESK, event_id=event.id))


@pytest.fixture
def station_id(event: Event) -> int:
    return stations.add(actor=SYSTEM, event_id=event.id, name="Desk 1", sheet="a6")


def _states(event: Event) -> list[str]:
    pages = print_queue.unfinished, print_queue.finished
    return [job.state for page in pages for job in page(event_id=event.id).rows]


def test_a_station_is_set_up_and_what_cannot_be_is_said_with_everything_kept(
    desk: FlaskClient, event: Event
) -> None:
    url = f"/e/{event.code}/desk/printers"
    fields = {"name": "Стойка 1", "sheet": "a6", "right_mm": "1,5", "down_mm": "-40"}
    refused = desk.post(url, data=fields)
    html = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'value="1,5"' in html
    assert "Give millimetres from −20 to 20." in html
    own = {"sheet": "a4-8x90x55", "left_mm": "14", "top_mm": "12,5"}
    assert desk.post(url, data={**fields, **own, "down_mm": "-0.5"}).status_code == 303
    (made,) = print_queue.stations(event_id=event.id)
    assert (made.name, made.right_mm, made.down_mm) == ("Стойка 1", 1.5, -0.5)
    assert made.sheet == "a4-8x90x55~14,12.5,0,0"
    assert 'value="12.5"' in desk.get(f"{url}/{made.id}").get_data(as_text=True)
    code = "a4-8x90x55~14,12.5,0,0@1.5,-0.5"
    assert f'value="{code}"' in desk.get(f"/e/{event.code}/desk/papers").get_data(as_text=True)


def test_badges_go_from_the_papers_to_a_station(desk: FlaskClient, event: Event, station_id: int) -> None:
    given(factories.delegate, event=event)
    order = {"kind": "badge", "only": "all", "sheet": "a6", "printer": str(station_id)}
    answer = desk.post(f"/e/{event.code}/desk/papers", data=order)
    assert (answer.status_code, answer.location) == (303, f"/e/{event.code}/desk/printers")
    assert _states(event) == ["queued"]


def test_whoever_arrives_gets_a_badge_once(desk: FlaskClient, event: Event, station_id: int) -> None:
    person = given(factories.delegate, event=event)
    door = f"/e/{event.code}/venue/{person.id}"
    assert "The badge is being printed." not in desk.post(door).get_data(as_text=True)
    desk.post(f"/e/{event.code}/venue/badges", data={"station": str(station_id)})
    assert "The badge is being printed." in desk.post(door).get_data(as_text=True)
    again = desk.post(f"{door}/badge")
    assert again.status_code == 422
    assert "This badge waits for a printer already." in again.get_data(as_text=True)
    assert _states(event) == ["queued"]


def test_a_browser_takes_a_badge_prints_it_and_says_so(
    desk: FlaskClient, event: Event, station_id: int
) -> None:
    person = given(factories.delegate, event=event)
    station = f"/e/{event.code}/venue/stations/{station_id}"
    assert desk.post(f"{station}/next").status_code == 204
    desk.post(f"/e/{event.code}/venue/{person.id}/badge", data={"station": "any"})
    job = desk.post(f"{station}/next").get_json()
    assert re.match("data:image/png;base64,iVBOR", job["pages"][0])
    assert "@page{size:105mm 148mm;margin:0}" in desk.get(job["style"]).get_data(as_text=True)
    lease = {"lease": job["lease"]}
    assert desk.post(job["report"], data={**lease, "do": "hand"}).status_code == 204
    assert desk.post(job["report"], data={**lease, "do": "printed"}).status_code == 204
    assert desk.post(job["report"], data={**lease, "do": "hand"}).status_code == 409
    assert _states(event) == ["printed"]
    seen = job["report"].removesuffix("/report")
    assert desk.post(seen, data={"do": "again"}).status_code == 303
    assert _states(event) == ["queued"]


def test_a_browser_takes_the_papers_of_a_run_page_by_page(
    app: Flask, desk: FlaskClient, event: Event
) -> None:
    given(factories.delegate, event=event)
    office = stations.add(actor=SYSTEM, event_id=event.id, name="Office", sheet="a6", prints_papers=True)
    order = {"kind": "agenda", "only": "all", "printer": "any"}
    assert desk.post(f"/e/{event.code}/desk/papers", data=order).status_code == 303
    jobs.work_off(app)
    station = f"/e/{event.code}/venue/stations/{office}"
    job = desk.post(f"{station}/next").get_json()
    assert [desk.get(page).content_type for page in job["pages"]] == ["image/png"]
    assert desk.get(job["pages"][0].replace("1.png", "2.png")).status_code == 404
    assert "@page{size:210mm 297mm;margin:0}" in desk.get(job["style"]).get_data(as_text=True)
    for word in ("hand", "printed"):
        desk.post(job["report"], data={"lease": job["lease"], "do": word})
    assert _states(event) == ["printed"]
    assert desk.get(job["pages"][0]).status_code == 404
