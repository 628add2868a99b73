"""The door with the network cut: no tap is lost, none counts twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from forum.domain.folding import fold
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import CheckIn, Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import check_ins
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.e2e.watching import Watched
from tests.factories import given

pytestmark = pytest.mark.browser
NAMES = ("Абаева", "Абаков")


@pytest.fixture
def event(served: Served) -> Event:
    event = given(factories.event)
    for name in NAMES:
        given(
            factories.delegate,
            event=event,
            family_name=name,
            given_name="",
            patronymic=None,
            latin_family_name=None,
            latin_given_name=None,
            search_key=fold(name),
            sort_en=name.encode(),
        )
    return event


def _door(served: Served, open_page: OpenPage, event: Event) -> Watched:
    watched = open_page(served, cast.account(Role.DESK, event_id=event.id), width=390)
    watched.page.goto(f"/e/{event.code}/venue/?q=аба")
    return watched


def _tap(page: Page, name: str) -> None:
    page.locator("button.venue-person", has_text=name).click()


def _kept(page: Page) -> list[str]:
    return page.locator("[data-kept-taps] li .name").all_text_contents()


def _marked() -> list[str]:
    db.session.rollback()
    rows = select(Delegate.family_name).join(CheckIn, CheckIn.delegate_id == Delegate.id)
    return sorted(db.session.scalars(rows))


def test_a_tap_is_answered_on_the_whole_screen(served: Served, open_page: OpenPage, event: Event) -> None:
    page = _door(served, open_page, event).page
    _tap(page, "Абаева")
    expect(page.locator(".venue-verdict:not(.is-warn) .name")).to_have_text("Абаева")
    assert _marked() == ["Абаева"]
    assert page.evaluate("localStorage.length") == 0


def test_taps_without_a_network_are_sent_when_it_is_back(
    served: Served, open_page: OpenPage, event: Event
) -> None:
    watched = _door(served, open_page, event)
    page = watched.page
    page.context.set_offline(True)
    for name in (*NAMES, "Абаева"):
        _tap(page, name)
    section = page.locator("[data-kept-taps]")
    expect(section.locator("li")).to_have_text(
        [f"{name} Waits for the connection" for name in NAMES], use_inner_text=True
    )
    troubles = [each for each in watched.inspect() if "ERR_INTERNET_DISCONNECTED" not in each]
    assert (_marked(), troubles) == ([], [])
    page.context.set_offline(False)
    expect(section.locator("li")).to_have_text([f"{name} Marked" for name in NAMES], use_inner_text=True)
    assert _marked() == sorted(NAMES)
    assert page.evaluate("localStorage.length") == 0


def test_who_was_refused_meanwhile_stays_in_sight(served: Served, open_page: OpenPage, event: Event) -> None:
    page = _door(served, open_page, event).page
    page.context.set_offline(True)
    for name in NAMES:
        _tap(page, name)
    first, second = db.session.scalars(select(Delegate.id).order_by(Delegate.id))
    with transaction():
        db.session.get_one(Delegate, first).status = RegistrationStatus.DECLINED
    check_ins.check_in(actor=SYSTEM, event_id=event.id, delegate_id=second)
    page.context.set_offline(False)
    rows = page.locator("[data-kept-taps] li")
    expect(rows.filter(has_text="Абаева")).to_contain_text("This registration is not approved.")
    expect(rows.filter(has_text="Абаков")).to_contain_text("Already marked at")
    page.reload()
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name="Seen").click()
    expect(page.locator("[data-kept-taps]")).to_be_hidden()


def test_a_server_that_is_away_is_asked_again_and_again(
    served: Served, open_page: OpenPage, event: Event
) -> None:
    """The browser believes in its network all the while: nothing but the pause brings the tap there."""
    watched = open_page(served, cast.account(Role.DESK, event_id=event.id), width=390)
    page = watched.page
    with _serving(served, 0) as port:
        page.goto(f"http://127.0.0.1:{port}/e/{event.code}/venue/?q=аба")
    _tap(page, "Абаева")
    row = page.locator("[data-kept-taps] li")
    expect(row).to_contain_text("Waits for the connection")
    with _serving(served, port):
        expect(row).to_contain_text("Marked")
    assert _marked() == ["Абаева"]


@contextmanager
def _serving(served: Served, port: int) -> Iterator[int]:
    server = make_server("127.0.0.1", port, served.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
