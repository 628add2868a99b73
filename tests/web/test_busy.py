"""Too many at once: a page says so and when to come again, and nothing was done."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Seat
from forum.models.base import db
from forum.unit_of_work import Turns
from tests import cast, factories
from tests.factories import given


def test_who_does_not_get_a_turn_is_asked_to_try_again(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event))
    account = cast.account(Role.DELEGATE, event_id=event.id)
    given(factories.delegate, event=event, account_id=account.id)
    browser = cast.browser(app, account)
    address = f"/e/{event.code}/my/visits/{visit.id}/sign-up"
    turns = app.extensions["forum_turns"] = Turns(patience_s=0)
    with turns.one():
        answer = browser.post(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert ("Try again in a minute." in answer.text, db.session.scalars(select(Seat.id)).all()) == (True, [])
    assert (browser.post(address).status_code, len(db.session.scalars(select(Seat.id)).all())) == (303, 1)
