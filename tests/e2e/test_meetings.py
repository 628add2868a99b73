"""The meetings in a browser that runs no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Meeting
from forum.models.base import db
from tests import cast
from tests.e2e.conftest import OpenPage, Served
from tests.small_forums import small_forum

pytestmark = pytest.mark.browser


def test_a_meeting_is_moved_without_a_script(served: Served, open_page: OpenPage) -> None:
    forum = small_forum(companies=2, slots=2, tables=1, pairs=[(0, 1)])
    forum.solved()
    before = db.session.scalars(select(Meeting.slot_id)).one()
    target = next(n for n, slot in enumerate(forum.slots) if slot.id != before)
    organiser = cast.account(Role.ORGANISER, event_id=forum.event.id)
    page = open_page(served, organiser, javascript=False).page
    page.goto(f"/e/{forum.event.code}/desk/meetings/")
    page.get_by_role("link", name="Open the board").click()
    page.locator("a.meeting").click()
    page.get_by_role("button", name="Hold it here").click()
    expect(page.get_by_text("The meeting has been moved and stays there.")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Meeting.slot_id)).one() == forum.slots[target].id


def test_a_page_that_is_printed_does_not_tell_the_secret_address(served: Served, open_page: OpenPage) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    organiser = cast.account(Role.ORGANISER, event_id=forum.event.id)
    page = open_page(served, organiser).page
    page.goto(f"/e/{forum.event.code}/desk/agendas/table/{forum.tables[0].id}")
    address = page.get_by_label("Secret address")
    expect(address).to_be_visible()
    page.emulate_media(media="print")
    expect(address).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
