"""The meetings in a real browser: every screen without fault, and the way from requests to a schedule."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from forum import jobs
from forum.domain.roles import Role
from forum.domain.states import PlanStatus
from forum.models import Delegate, Meeting, Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import meetings, plans
from forum.unit_of_work import transaction
from tests import cast
from tests.e2e.conftest import OpenPage, Served
from tests.small_forums import SmallForum, small_forum

pytestmark = pytest.mark.browser


def _busy_forum() -> tuple[SmallForum, int]:
    """One schedule in force, a draft with a locked meeting beside it, and requests that found no place."""
    forum = small_forum(companies=6, slots=4, tables=2)
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    draft = forum.solved(seed=1)
    meeting_id = db.session.scalars(select(Meeting.id).filter_by(plan_id=draft)).first() or 0
    meetings.lock(actor=SYSTEM, event_id=forum.event.id, plan_id=draft, meeting_id=meeting_id, is_locked=True)
    return forum, draft


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("kk", 390, True), ("ru", 1440, False), ("en", 1440, True)],
)
def test_every_screen_is_without_fault(
    served: Served, open_page: OpenPage, language: str, width: int, dark: bool
) -> None:
    forum, draft = _busy_forum()
    request_id = db.session.scalars(select(Meeting.request_id).filter_by(plan_id=draft)).first()
    organiser = cast.account(Role.ORGANISER, event_id=forum.event.id)
    watched = open_page(served, organiser, language=language, width=width, dark=dark)
    found = {}
    board = f"meetings/plans/{draft}"
    for path in (
        "requests",
        "meetings/",
        board,
        f"{board}?rows=companies",
        f"{board}/unplaced",
        f"{board}/changes",
        f"{board}/requests/{request_id}",
    ):
        watched.page.goto(f"/e/{forum.event.code}/desk/{path}")
        watched.page.wait_for_load_state("networkidle")
        found[path] = watched.inspect()
    assert found == {path: [] for path in found}


@pytest.mark.parametrize(("language", "width", "dark"), [("kk", 390, False), ("en", 1440, True)])
def test_ones_own_day_is_without_fault(
    served: Served, open_page: OpenPage, language: str, width: int, dark: bool
) -> None:
    forum, _ = _busy_forum()
    account = cast.account(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[0].id).values(account_id=account.id)
        )
    watched = open_page(served, account, language=language, width=width, dark=dark)
    watched.page.goto(f"/e/{forum.event.code}/my/")
    assert watched.inspect() == []


def test_a_schedule_is_computed_before_ones_eyes_and_published_by_keyboard(
    served: Served, open_page: OpenPage
) -> None:
    forum = small_forum()
    page = open_page(served, cast.account(Role.ORGANISER, event_id=forum.event.id)).page
    page.goto(f"/e/{forum.event.code}/desk/meetings/")
    page.get_by_role("button", name="Compute the schedule").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    jobs.work_off(served.app)
    page.get_by_role("link", name="See changes and publish").press("Enter")
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_role("heading", name="In force: revision 1")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Plan.status)).all() == [PlanStatus.PUBLISHED]


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
    page.get_by_role("button", name="Hold it here").nth(target).click()
    expect(page.get_by_text("The meeting has been moved and stays there.")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Meeting.slot_id)).one() == forum.slots[target].id
