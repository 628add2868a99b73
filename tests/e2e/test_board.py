"""The board in a real browser: two organisers at once, by mouse and by keyboard, and no move is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import meetings
from tests import cast
from tests.e2e.conftest import OpenPage, Served
from tests.small_forums import small_forum

pytestmark = pytest.mark.browser


def _cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f'.live-cell[data-row="{row}"][data-column="{column}"]')


def _slots() -> dict[int, int]:
    db.session.rollback()
    return {row.request_id: row.slot_id for row in db.session.scalars(select(Meeting))}


def test_two_organisers_work_on_one_board(served: Served, open_page: OpenPage) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    path = f"/e/{forum.event.code}/desk/meetings/plans/{plan_id}"
    watched, other = (
        open_page(served, cast.account(Role.ORGANISER, event_id=forum.event.id)) for _ in range(2)
    )
    here, there = watched.page, other.page
    for page in (here, there):
        page.goto(path)
        expect(page.locator(".meeting.is-live")).to_have_count(2)
    before = _slots()
    first = forum.requests[0].id
    columns = {slot.id: at for at, slot in enumerate(forum.slots)}
    free = next(at for slot_id, at in columns.items() if slot_id not in before.values())

    # One drags; the other sees it, and who it was.
    _drag(here, _cell(here, 0, columns[before[first]]), _cell(here, 0, free))
    expect(here.get_by_text("The meeting has been moved and stays there.")).to_be_visible()
    expect(_cell(there, 0, free).locator(".meeting")).to_be_visible()
    expect(there.locator(".toast").get_by_text("is now at")).to_be_visible()
    assert _slots()[first] == forum.slots[free].id

    # The other takes the meeting up by keyboard, and back to where it was; every cell says what it means.
    there.locator(".live-cell .meeting.is-locked").click()
    there.keyboard.press("Enter")
    expect(_cell(there, 0, free)).to_have_attribute("data-outcome", "here")
    back = columns[before[first]]
    for _ in range(abs(free - back)):
        there.keyboard.press("ArrowLeft" if back < free else "ArrowRight")
    expect(there.locator('[data-part="says"]')).to_contain_text("Free")
    assert other.inspect() == []
    there.keyboard.press("Enter")
    expect(_cell(there, 0, back).locator(".meeting")).to_be_visible()
    assert _slots() == before

    # What one has seen no longer holds when the other was quicker: refused, told, and nothing is lost.
    expect(_cell(here, 0, back).locator(".meeting")).to_be_visible()
    here.route("**/news.json*", lambda route: route.abort())
    _cell(here, 0, back).click()
    here.keyboard.press("Enter")
    expect(_cell(here, 0, back)).to_have_attribute("data-outcome", "here")
    second = db.session.scalars(select(Meeting.id).filter_by(request_id=forum.requests[1].id)).one()
    swap = columns[before[forum.requests[1].id]]
    meetings.lock(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=second, is_locked=True)
    here.unroute("**/news.json*")
    _cell(here, 0, swap).click()
    expect(here.get_by_text("Nothing was moved: look again.")).to_be_visible()
    expect(_cell(here, 0, swap).locator(".meeting.is-locked")).to_be_visible()
    assert _slots() == before

    # The last change of one's own is undone.
    here.get_by_role("button", name="Undo").first.click()
    expect(here.get_by_text("it has been changed again since")).to_be_visible()

    # How many are placed is said without a reload.
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=second)
    for page in (here, there):
        expect(page.locator("#board-standing")).to_have_text("1 of 2 wanted meetings are placed.")


def test_a_finger_drags_after_a_long_press_and_scrolls_before_it(served: Served, open_page: OpenPage) -> None:
    forum = small_forum(companies=3, slots=8, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    columns = {slot.id: at for at, slot in enumerate(forum.slots)}
    before = _slots()
    watched = open_page(served, cast.account(Role.ORGANISER, event_id=forum.event.id), width=390)
    page = watched.page
    page.goto(f"/e/{forum.event.code}/desk/meetings/plans/{plan_id}")
    expect(page.locator(".meeting.is-live").first).to_be_visible()
    finger = Finger(page)
    scrolled = "() => document.querySelector('.live-frame').scrollLeft"

    held = min(columns[slot_id] for slot_id in before.values())
    finger.down(_cell(page, 0, held))
    expect(page.locator(".live-ghost")).to_be_visible()
    for _ in range(40):
        finger.move(4)
    expect(page.locator(".live-cell.is-target")).to_have_attribute(
        "data-outcome", re.compile("free|possible")
    )
    assert watched.inspect() == []
    finger.up()
    expect(page.get_by_text("The meeting has been moved and stays there.")).to_be_visible()
    moved = next(key for key, slot_id in before.items() if columns[slot_id] == held)
    assert columns[_slots()[moved]] > held

    finger.down(_cell(page, 0, columns[_slots()[moved]]))
    for _ in range(12):
        finger.move(-15)
    finger.up()
    page.wait_for_function(f"({scrolled})() > 40")
    expect(page.locator(".is-carrying")).to_have_count(0)


class Finger:
    """Touches as the screen of a phone sends them: the browser decides what scrolls and what does not."""

    def __init__(self, page: Page) -> None:
        self._screen = page.context.new_cdp_session(page)
        self._screen.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        self._at = (0.0, 0.0)

    def down(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        self._at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._send("touchStart")

    def move(self, across: int) -> None:
        self._at = (self._at[0] + across, self._at[1])
        self._send("touchMove")

    def up(self) -> None:
        self._send("touchEnd")

    def _send(self, kind: str) -> None:
        points = [] if kind == "touchEnd" else [{"x": self._at[0], "y": self._at[1]}]
        self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _drag(page: Page, source: Locator, target: Locator) -> None:
    source.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)
    expect(target).to_have_attribute("data-outcome", re.compile("free|possible"))
    page.mouse.up()
