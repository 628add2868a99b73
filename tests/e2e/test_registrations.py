"""Registrations in a real browser: the queue by keyboard, many at once, and a change put back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from forum.domain.roles import Role
from forum.domain.states import EditOutcome
from forum.domain.states import RegistrationStatus as Status
from forum.models import Delegate, Event, ProfileEdit
from forum.models.base import db
from forum.policy import actor_of
from forum.queries.profiles import profile_of
from forum.services import profiles
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    """Two places, one of them taken by somebody who has changed the own registration; four who applied."""
    row = given(factories.event)
    given(factories.admission, event=row, edits_need_decision=True)
    given(factories.capacity, event=row, places=2)
    own = cast.account(Role.DELEGATE, event_id=row.id)
    inside = given(
        factories.delegate, event=row, account_id=own.id, family_name="Бекмұхамбетова-Сейітқазиева"
    )
    profiles.change(
        actor=actor_of(own),
        event_id=row.id,
        delegate_id=inside.id,
        version=inside.version,
        profile=replace(profile_of(inside), town="Талғар"),
    )
    for hour, name in enumerate(("Первый", "Второй", "Третий", "Четвёртый"), 9):
        given(
            factories.delegate,
            event=row,
            status=Status.APPLIED,
            family_name=name,
            created_at=factories.at(hour, day=1),
        )
    db.session.rollback()
    return row


def _status(name: str) -> Status:
    db.session.rollback()
    return db.session.query(Delegate.status).filter_by(family_name=name).scalar()


def test_an_organiser_works_through_the_queue(served: Served, open_page: OpenPage, event: Event) -> None:
    organiser = cast.account(Role.ORGANISER, event_id=event.id)
    watched = open_page(served, organiser, language="en", width=1440)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/registrations")
    page.get_by_role("link", name="One after another").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Первый")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Второй")
    page.keyboard.press("d")
    page.get_by_label("Reason for declining").fill("Only producers this time.")
    page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Третий")
    assert (_status("Первый"), _status("Второй")) == (Status.APPROVED, Status.DECLINED)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone for 1 person.")).to_be_visible()
    assert _status("Второй") is Status.APPLIED

    page.goto(f"/e/{event.code}/desk/registrations")
    page.get_by_role("checkbox", name="Choose all on this page").check()
    page.get_by_role("button", name="To the waiting list").click()
    expect(page.get_by_text("3 people changed.")).to_be_visible()
    assert _status("Четвёртый") is Status.WAITING

    page.goto(f"/e/{event.code}/desk/registrations?tab=changed")
    page.get_by_role("button", name="Put back").click()
    expect(page.get_by_text("Put back: Town.")).to_be_visible()
    db.session.rollback()
    assert db.session.query(ProfileEdit.outcome).order_by(ProfileEdit.id).first() == (EditOutcome.PUT_BACK,)
    assert watched.inspect() == []


@pytest.mark.parametrize(
    ("language", "width", "dark"), [("kk", 390, True), ("ru", 1440, False), ("en", 1440, True)]
)
def test_every_screen_is_without_fault(
    served: Served, open_page: OpenPage, event: Event, language: str, width: int, dark: bool
) -> None:
    given(factories.waiting, event=event, minute=1)
    organiser = cast.account(Role.ORGANISER, event_id=event.id)
    watched = open_page(served, organiser, language=language, width=width, dark=dark)
    row = db.session.query(Delegate.id).filter_by(family_name="Первый").scalar()
    found = {}
    for path in ("", "?tab=waiting", "?tab=changed", "?tab=decided", f"/{row}?tab=to-decide"):
        watched.page.goto(f"/e/{event.code}/desk/registrations{path}")
        watched.page.wait_for_load_state("networkidle")
        found[path] = watched.inspect()
    assert found == {path: [] for path in found}
