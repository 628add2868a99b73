"""The meetings on the day: a tap says what happened, a worker looks whether something has to be repaired."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from forum import jobs
from forum.domain.folding import fold
from forum.domain.roles import Role
from forum.models import Company
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries.meeting_day import PAGE_SIZE
from forum.services import plans
from forum.unit_of_work import transaction
from tests import cast
from tests.small_forums import SmallForum, small_forum


def _somebody_does_not_come(app: Flask, role: Role) -> tuple[SmallForum, FlaskClient, str]:
    """A forum of one meeting, the browser of whoever tapped, and where that leads."""
    app.config["WTF_CSRF_ENABLED"] = False
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    browser = cast.browser(app, cast.account(role, event_id=forum.event.id))
    tapped = browser.post(f"/e/{forum.event.code}/venue/people/{forum.delegates[0].id}/no-show")
    return forum, browser, tapped.location


def test_who_may_not_decide_sees_that_a_repair_is_ready(app: Flask) -> None:
    _, browser, day = _somebody_does_not_come(app, Role.DESK)
    before = browser.get(day).text
    jobs.work_off(app)
    after = browser.get(day).text
    assert ("A repair is being worked out" in before, "A repair is being worked out" in after) == (
        True,
        False,
    )
    assert ("The organisers decide on it." in after, "See what it changes" in after) == (True, False)


def test_the_repair_leads_to_what_it_changes_until_it_is_no_longer_needed(app: Flask) -> None:
    forum, browser, _ = _somebody_does_not_come(app, Role.ORGANISER)
    repair = f"/e/{forum.event.code}/desk/meetings/repair"
    jobs.work_off(app)
    ready = browser.get(repair)
    browser.post(f"/e/{forum.event.code}/venue/people/{forum.delegates[0].id}/came")
    jobs.work_off(app)
    assert ready.location.endswith("/changes")
    assert "Nothing has to be repaired" in browser.get(repair).text


def test_a_tap_says_how_late_a_meeting_begins(app: Flask) -> None:
    forum, browser, day = _somebody_does_not_come(app, Role.DESK)
    tap = f"/e/{forum.event.code}/venue/meetings/{forum.requests[0].id}"
    browser.post(tap, data={"mark": "late-10"})
    assert "10 min late" in browser.get(day).text


def _tables(page: str) -> list[str]:
    return re.findall(r'class="venue-table">(\d+)<', page)


def test_a_time_is_shown_in_pages_and_searched_by_table_and_by_name(app: Flask) -> None:
    """A tap in what was found leads back to it."""
    app.config["WTF_CSRF_ENABLED"] = False
    size = PAGE_SIZE + 2
    pairs = [(2 * n, 2 * n + 1) for n in range(size)]
    forum = small_forum(companies=2 * size, slots=1, tables=size, pairs=pairs)
    with transaction():
        db.session.get_one(Company, forum.companies[7].id).search_key = fold("Қазына")
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    browser = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    day = f"/e/{forum.event.code}/venue/meetings/"
    numbers = [str(n + 1) for n in range(size)]
    assert _tables(browser.get(day).text) == numbers[:PAGE_SIZE]
    assert _tables(browser.get(f"{day}?page=2").text) == numbers[PAGE_SIZE:]
    assert _tables(browser.get(f"{day}?q={size}").text) == [str(size)]
    (found,) = re.findall(r'id="meeting-(\d+)" open', browser.get(f"{day}?q=kazyna").text)
    tapped = browser.post(f"{day}{found}", data={"mark": "held", "q": "kazyna", "page": "1"})
    assert (int(found), "q=kazyna" in tapped.location) == (forum.requests[3].id, True)
