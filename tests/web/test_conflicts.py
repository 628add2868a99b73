"""Conflicts at the desk: seen, let stand with a reason, settled; a seat in spite of one."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.models import Delegate, Event, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import conflicts
from forum.queries import meetings_during_visits as during_visits
from forum.services import visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


@pytest.fixture
def pair(event: Event) -> tuple[Visit, Visit]:
    """Two visits at the same time."""
    with transaction():
        site = factories.site(event)
        return factories.visit(event, site), factories.visit(event, site)


@pytest.fixture
def person(event: Event, pair: tuple[Visit, Visit]) -> Delegate:
    """Somebody with a seat in the first."""
    person = given(factories.delegate, event=event)
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=pair[0].id, delegate_id=person.id)
    return person


def test_a_seat_in_spite_of_another_visit_needs_a_reason_that_stays_visible(
    desk: FlaskClient, event: Event, pair: tuple[Visit, Visit], person: Delegate
) -> None:
    address = f"/e/{event.code}/desk/visits/{pair[1].id}"
    form = {"delegate": person.id, "do": "seat", "find": person.search_key}
    refused = desk.post(f"{address}/add", data=form)
    assert (refused.status_code, 'name="reason"' in refused.text) == (409, True)
    desk.post(f"{address}/add", data={**form, "reason": "Так решил штаб"})
    assert "Так решил штаб" in desk.get(address).text
    assert "Так решил штаб" in desk.get(f"/e/{event.code}/desk/conflicts").text


def test_letting_a_conflict_stand_asks_why(
    desk: FlaskClient, event: Event, pair: tuple[Visit, Visit], person: Delegate
) -> None:
    form = {"actor": SYSTEM, "event_id": event.id, "delegate_id": person.id}
    visits.seat_by_organiser(**form, visit_id=pair[1].id, reason="Временно")  # type: ignore[arg-type]
    where = f"/e/{event.code}/desk/conflicts"
    desk.post(f"{where}/take-back", data={"delegate": person.id})
    refused = desk.post(f"{where}/let-stand", data={"delegate": person.id, "reason": " "})
    assert (refused.status_code, "Say why." in refused.text) == (422, True)
    desk.post(f"{where}/let-stand", data={"delegate": person.id, "reason": "Успевает"})
    assert [each.reason for each in conflicts.of_event(event_id=event.id)] == ["Успевает"]


def test_meetings_in_the_time_of_a_visit_are_let_and_no_longer(
    desk: FlaskClient, event: Event, pair: tuple[Visit, Visit], person: Delegate
) -> None:
    where = f"/e/{event.code}/desk/conflicts"
    form = {"delegate": person.id, "visit": pair[0].id, "find": person.search_key}
    assert f'id="meet-{person.id}-{pair[0].id}"' in desk.get(where, query_string=form).text
    refused = desk.post(f"{where}/let-meet", data={**form, "reason": ""})
    assert (refused.status_code, "Say why." in refused.text) == (422, True)
    desk.post(f"{where}/let-meet", data={**form, "reason": "Поговорят в автобусе"})
    assert [each.reason for each in during_visits.allowed(event_id=event.id)] == ["Поговорят в автобусе"]
    without_seat = desk.post(f"{where}/let-meet", data={**form, "visit": pair[1].id, "reason": "-"})
    assert without_seat.status_code == 422
    desk.post(f"{where}/let-meet-no-longer", data=form)
    db.session.rollback()
    assert during_visits.allowed(event_id=event.id) == ()
