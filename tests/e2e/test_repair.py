"""On the day, on a phone: somebody does not come, and the schedule is repaired before one's eyes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from forum.domain.roles import Role
from forum.models import Delegate, Message
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import plans
from forum.unit_of_work import transaction
from tests import cast
from tests.e2e.conftest import OpenPage, Served
from tests.small_forums import small_forum

pytestmark = pytest.mark.browser


def test_a_no_show_is_repaired_and_only_the_affected_get_mail(served: Served, open_page: OpenPage) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (2, 3), (0, 2)])
    with transaction():
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[0].id).values(family_name="Отсутствующий")
        )
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    organiser = cast.account(Role.ORGANISER, event_id=forum.event.id)
    watched = open_page(served, organiser, language="en", width=390)
    page = watched.page
    page.goto(f"/e/{forum.event.code}/venue/meetings/")
    page.locator("summary", has_text="Фирма 0").first.click()
    faults = watched.inspect()
    page.get_by_role("button", name="Отсутствующий").first.click()
    expect(page.get_by_role("heading", name="What the repair changes")).to_be_visible()
    faults += watched.inspect()
    page.get_by_role("button", name="Apply the repair").click()
    expect(page.get_by_role("heading", name="In force: revision 2")).to_be_visible()
    db.session.rollback()
    told = db.session.scalars(
        select(Message.recipient).where(Message.occasion.contains("revision 2 ")).order_by(Message.recipient)
    ).all()
    assert told == sorted(str(forum.delegates[n].email) for n in (0, 1, 2))
    assert faults == []
