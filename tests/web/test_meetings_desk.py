"""The meetings at the desk: requests, computing, the board, moving by form, publishing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum import jobs
from forum.domain.folding import fold
from forum.domain.roles import Role
from forum.domain.states import PlanStatus, RequestRank, RequestStatus
from forum.models import Delegate, Meeting, Plan, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import meetings, plans
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements
from tests.small_forums import SmallForum, small_forum


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def _desk(app: Flask, forum: SmallForum) -> tuple[FlaskClient, str]:
    browser = cast.browser(app, cast.account(Role.ORGANISER, event_id=forum.event.id))
    return browser, f"/e/{forum.event.code}/desk"


def _text(browser: FlaskClient, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_list_filters_by_name_in_any_script(app: Flask) -> None:
    event = given(factories.event)
    firms = [
        given(factories.company, event=event, name=name, search_key=fold(name))
        for name in ("Қазына", "Рубин", "Опора")
    ]
    given(factories.request, event=event, sender=firms[0], receiver=firms[1])
    given(factories.request, event=event, sender=firms[2], receiver=firms[1])
    browser = cast.browser(app, cast.account(Role.ORGANISER))
    page = _text(browser, f"/e/{event.code}/desk/requests?q=kazyna")
    assert re.findall(r'scope="row"><a [^>]*>([^<]+)</a></th>', page) == ["ООО «Қазына»"]


def test_the_list_filters_by_rank_and_status(app: Flask) -> None:
    forum = small_forum(companies=3, pairs=[(0, 1), (1, 2)])
    with transaction():
        row = db.session.get_one(Request, forum.requests[1].id)
        row.rank, row.status = RequestRank.MUST, RequestStatus.PENDING
    browser, desk = _desk(app, forum)
    page = _text(browser, f"{desk}/requests?rank=must&status=pending")
    assert re.findall(r'scope="row"><a [^>]*>([^<]+)</a></th>', page) == ["ООО «Фирма 1»"]


def test_what_a_company_withdrew_is_not_accepted_for_it(app: Flask) -> None:
    forum = small_forum(companies=2, pairs=[(0, 1)])
    with transaction():
        db.session.get_one(Request, forum.requests[0].id).status = RequestStatus.WITHDRAWN
    browser, desk = _desk(app, forum)
    browser.post(f"{desk}/requests/decide", data={"ids": [forum.requests[0].id], "do": "accept"})
    assert db.session.scalars(select(Request.status)).one() is RequestStatus.WITHDRAWN


def test_a_schedule_is_computed_compared_and_published(app: Flask) -> None:
    forum = small_forum()
    browser, desk = _desk(app, forum)
    browser.post(f"{desk}/meetings/order", data={"seed": 0})
    plan_id = db.session.scalars(select(Plan.id)).one()
    waiting = _text(browser, f"{desk}/meetings/plans/{plan_id}/progress")
    jobs.work_off(app)
    db.session.rollback()
    over = browser.get(f"{desk}/meetings/plans/{plan_id}/progress")
    browser.post(f"{desk}/meetings/plans/{plan_id}/publish")
    db.session.rollback()
    assert ("hx-trigger" in waiting, over.headers.get("HX-Refresh")) == (True, "true")
    assert db.session.scalars(select(Plan.status)).one() is PlanStatus.PUBLISHED
    assert "In force: revision 1" in _text(browser, f"{desk}/meetings/")


def test_the_certificate_is_said_in_plain_words(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    forum.solved()
    browser, desk = _desk(app, forum)
    page = _text(browser, f"{desk}/meetings/")
    assert "1 of 1 wanted meetings are placed. No better schedule exists." in page


@pytest.mark.parametrize("rows", ["tables", "companies", "delegates", "interpreters"])
def test_the_board_shows_every_meeting_in_each_of_its_rows(app: Flask, rows: str) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    browser, desk = _desk(app, forum)
    page = _text(browser, f"{desk}/meetings/plans/{plan_id}?rows={rows}")
    wanted = {"tables": 6, "companies": 12, "delegates": 12, "interpreters": 0}
    assert len(re.findall(r'class="meeting[ "]', page)) == wanted[rows]


def test_a_meeting_is_moved_by_a_form_that_says_what_would_follow(app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    first, second = db.session.scalars(select(Meeting).order_by(Meeting.request_id)).all()
    was = first.slot_id, second.slot_id
    browser, desk = _desk(app, forum)
    place = f"{desk}/meetings/plans/{plan_id}/requests/{first.request_id}"
    page = _text(browser, f"{place}?slot={second.slot_id}")
    said = re.findall(r'places-said">([^<]+)<', page)
    mark = re.search(r'name="table" value="\d+">\s*<input type="hidden" name="seen" value="(\w+)"', page)
    assert mark is not None
    data = {"slot": second.slot_id, "table": forum.tables[0].id, "seen": mark[1]}
    browser.post(f"{place}/arrange", data=data)
    db.session.rollback()
    assert sorted(each.split(":")[0] for each in said) == ["It is here now", "Possible", "Possible"]
    assert (first.slot_id, second.slot_id) == was[::-1]


def test_a_refused_move_is_explained(app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    first, second = db.session.scalars(select(Meeting).order_by(Meeting.id)).all()
    with transaction():
        second.is_locked = True
    browser, desk = _desk(app, forum)
    page = browser.post(
        f"{desk}/meetings/plans/{plan_id}/requests/{first.request_id}/arrange",
        data={"slot": second.slot_id, "table": second.table_id},
        headers={"Referer": f"http://localhost{desk}/meetings/plans/{plan_id}"},
        follow_redirects=True,
    )
    assert "cannot be held there" in page.get_data(as_text=True)


def test_what_stays_out_is_explained_with_a_remedy(app: Flask) -> None:
    forum = small_forum(companies=4, slots=1, tables=1, pairs=[(0, 1), (2, 3)])
    plan_id = forum.solved()
    browser, desk = _desk(app, forum)
    page = _text(browser, f"{desk}/meetings/plans/{plan_id}/unplaced")
    assert "At 1 time every table is taken." in page
    assert "2 Dec 2026, 10:00 would work: add table 2, from that time on." in page


def test_a_request_without_a_meeting_is_placed_by_a_form(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plan_id = forum.solved()
    browser, desk = _desk(app, forum)
    meeting = db.session.scalars(select(Meeting)).one()
    board = f"{desk}/meetings/plans/{plan_id}"
    browser.post(f"{board}/meetings/{meeting.id}/remove")
    browser.post(
        f"{board}/requests/{forum.requests[0].id}/arrange",
        data={"slot": forum.slots[0].id, "table": forum.tables[0].id},
    )
    db.session.rollback()
    assert db.session.scalars(select(Meeting.is_locked)).all() == [True]


def test_changes_show_clashes_instead_of_the_button(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plan_id = forum.solved()
    with transaction():
        db.session.get_one(Request, forum.requests[0].id).status = RequestStatus.DECLINED
    browser, desk = _desk(app, forum)
    page = _text(browser, f"{desk}/meetings/plans/{plan_id}/changes")
    assert ("1 clash stands in the way" in page, f"plans/{plan_id}/publish" in page) == (True, False)


def test_an_earlier_schedule_is_brought_back(app: Flask) -> None:
    forum = small_forum()
    first, second = forum.solved(), forum.solved()
    for plan_id in (first, second):
        plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    browser, desk = _desk(app, forum)
    browser.post(f"{desk}/meetings/plans/{first}/go-back")
    db.session.rollback()
    in_force = db.session.scalars(select(Plan).filter_by(status=PlanStatus.PUBLISHED)).one()
    assert (in_force.revision, in_force.based_on_id) == (3, first)


def test_another_forums_plan_is_not_there(app: Flask) -> None:
    forum, other = small_forum(), small_forum()
    plan_id = other.solved()
    browser, desk = _desk(app, forum)
    assert browser.get(f"{desk}/meetings/plans/{plan_id}").status_code == 404


@pytest.mark.parametrize("path", ["requests", "meetings/"])
def test_the_badge_desk_sees_no_meetings(app: Flask, path: str) -> None:
    forum = small_forum()
    browser = cast.browser(app, cast.account(Role.DESK, event_id=forum.event.id))
    assert browser.get(f"/e/{forum.event.code}/desk/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "requests",
        "meetings/",
        "meetings/plans/{plan}",
        "meetings/plans/{plan}?rows=companies",
        "meetings/plans/{plan}?rows=delegates",
        "meetings/plans/{plan}/changes",
        "meetings/plans/{plan}/unplaced",
        "meetings/plans/{plan}/requests/{request}",
        "meetings/plans/{plan}/requests/{request}/consequences.json",
        "meetings/plans/{plan}/board.json?rows=companies&layout=1",
    ],
)
def test_pages_cost_the_same_for_a_large_forum(app: Flask, path: str) -> None:
    counts = []
    for sizes in (
        {"companies": 3, "slots": 2, "tables": 1},
        {"companies": 12, "slots": 6, "tables": 4},
    ):
        forum = small_forum(**sizes)
        plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
        plan_id = forum.solved()
        request_id = db.session.scalars(select(Meeting.request_id).filter_by(plan_id=plan_id)).first()
        browser, desk = _desk(app, forum)
        url = f"{desk}/{path.format(plan=plan_id, request=request_id)}"
        db.session.remove()
        with statements(app) as sent:
            _text(browser, url)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("sort", ["sender", "-receiver", "rank", "status"])
def test_every_order_and_filter_of_the_list_works_on_both_databases(any_app: Flask, sort: str) -> None:
    forum = small_forum(companies=3, pairs=[(0, 1), (1, 0), (1, 2)])
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    browser, desk = _desk(any_app, forum)
    page = _text(browser, f"{desk}/requests?sort={sort}&meeting=yes&q=&rank=want")
    assert len(re.findall('<th role="rowheader"', page)) == 3


@pytest.mark.parametrize(
    "path",
    [
        "?rows=companies",
        "?rows=delegates",
        "?rows=interpreters",
        "/changes",
        "/unplaced",
        "/board.json?rows=companies&layout=1&q=Фирма",
    ],
)
def test_the_pages_of_a_plan_work_on_both_databases(any_app: Flask, path: str) -> None:
    forum = small_forum(companies=6, slots=2, tables=1)
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    browser, desk = _desk(any_app, forum)
    _text(browser, f"{desk}/meetings/plans/{forum.solved()}{path}")


def test_before_publishing_one_reads_what_is_known_of_a_draft_changed_by_hand(app: Flask) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    browser, desk = _desk(app, forum)
    pages = [f"{desk}/meetings/", f"{desk}/meetings/plans/{plan_id}/changes"]
    meeting_id = db.session.scalars(select(Meeting.id).filter_by(request_id=forum.requests[0].id)).one()
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=meeting_id)
    known = [_text(browser, page) for page in pages]
    with transaction():
        db.session.get_one(Delegate, forum.delegates[0].id).most_meetings = 9
    unknown = [_text(browser, page) for page in pages]
    for text in known:
        assert "1 of 2 wanted meetings are placed. By rank, that is at least 50 % of the best" in text
    for text in unknown:
        assert "1 of 2 wanted meetings are placed. Changed by hand, and requests or rules are others" in text


def test_news_of_the_board_say_how_many_meetings_are_placed_now(app: Flask) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    browser, desk = _desk(app, forum)
    path = f"{desk}/meetings/plans/{plan_id}"
    meeting_id = db.session.scalars(select(Meeting.id).filter_by(request_id=forum.requests[0].id)).one()
    before = browser.get(f"{path}/news.json").json["standing"]
    browser.post(f"{path}/meetings/{meeting_id}/remove")
    after = browser.get(f"{path}/news.json").json["standing"]
    assert (before.split(". ")[0], after) == (
        "2 of 2 wanted meetings are placed",
        "1 of 2 wanted meetings are placed.",
    )
    assert f'role="status">{after}<' in _text(browser, path)
