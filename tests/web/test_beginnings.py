"""A new forum tells its organiser where to begin, until a schedule is in force."""

from __future__ import annotations

import re
from datetime import date, time

from flask import Flask

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import beginnings
from forum.services import events, plans
from forum.services.events import Hours
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.small_forums import small_forum

ALL = ["people", "registration", "tables", "programme", "visits", "requests", "schedule", "badges"]


def _done(event_id: int) -> list[str]:
    db.session.rollback()
    found = beginnings.steps(event_id=event_id)
    assert [step.code for step in found] == ALL
    return [step.code for step in found if step.is_done]


def test_steps_are_done_one_by_one(app: Flask) -> None:
    event = given(factories.event)
    other = given(factories.event)
    given(factories.delegate, event=other)
    assert _done(event.id) == []
    given(factories.delegate, event=event)
    assert _done(event.id) == ["people"]
    with transaction():
        db.session.get_one(Event, event.id).registration_opens_at = clock.now()
    given(factories.visit, event=event, site=given(factories.site, event=event))
    given(factories.session, event=event)
    assert _done(event.id) == ["people", "registration", "programme", "visits"]


def test_a_schedule_in_force_ends_the_beginning(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plan_id = forum.solved()
    assert _done(forum.event.id) == ["people", "tables", "programme", "requests"]
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert beginnings.steps(event_id=forum.event.id) == ()


def test_an_organiser_of_an_empty_forum_is_led_to_pages_that_open(app: Flask) -> None:
    code = "new-2030"
    events.create(
        actor=SYSTEM,
        code=code,
        title=Localized(ru="Форум"),
        starts_on=date(2030, 6, 3),
        ends_on=date(2030, 6, 3),
        time_zone="Europe/Moscow",
        hours=Hours(time(10), time(12), 20, 2, 1),
        visit_capacity=0,
    )
    organiser = cast.browser(app, cast.account(Role.ORGANISER))
    page = organiser.get(f"/e/{code}/desk/").text
    links = re.findall(r'<li><svg.*?</svg>\s*<span><a href="([^"]+)">([^<]+)</a>', page, re.DOTALL)
    assert [title for _url, title in links][:2] == ["Companies and people", "Registration"]
    assert (len(links), "2 / 8" in page) == (len(ALL), True)
    assert [organiser.get(url).status_code for url, _title in links] == [200] * len(ALL)
    staff = cast.browser(app, cast.account(Role.DESK))
    assert "Where to begin" not in staff.get(f"/e/{code}/desk/").text
