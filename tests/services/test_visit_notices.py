"""Visitors are told in time, once, in their language, and nobody else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.identity_documents import DocumentKind, IdentityData
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Bus, Delegate, Event, Message, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import bus_mails, identity_documents, visit_notices, visits
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given

RULES = {
    "id_fields": ["document_number"],
    "cut_off_hours": 24,
    "clothing": {"ru": "Закрытая обувь", "kk": "Жабық аяқ киім"},
}


@pytest.fixture
def trip(app: Flask) -> tuple[Event, Visit, tuple[Delegate, ...]]:
    """Two have a seat, and the first has entered the document; the third waits."""
    event = given(factories.event)
    site = given(factories.site, event=event, rules=RULES)
    visit = given(factories.visit, event=event, site=site, capacity=2)
    people = tuple(
        given(factories.delegate, event=event, email=f"p{number}@example.org", language=language)
        for number, language in enumerate(("ru", "kk", "en"))
    )
    for person in people:
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    identity_documents.enter(
        actor=SYSTEM,
        event_id=event.id,
        delegate_id=people[0].id,
        data=IdentityData(kind=DocumentKind.OTHER, number="AB 12345", birth_date=date(1980, 1, 1)),
    )
    return event, visit, people


def _letters() -> list[tuple[str, str]]:
    return [(row.recipient, row.language) for row in db.session.scalars(select(Message).order_by(Message.id))]


def _at(monkeypatch: pytest.MonkeyPatch, visit: Visit, **before_departure: float) -> None:
    moment = db.session.get_one(Visit, visit.id).departs_at - timedelta(**before_departure)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_worker_reminds_only_whom_the_gate_may_stop_and_only_once(
    trip: tuple[Event, Visit, tuple[Delegate, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, visit, _ = trip
    _at(monkeypatch, visit, hours=80)
    assert list(visit_notices.due()) == []
    _at(monkeypatch, visit, hours=60)
    assert [visit_notices.work(key) for key in visit_notices.due()] == [1]
    assert list(visit_notices.due()) == []
    assert _letters() == [("p1@example.org", "kk")]


def test_nobody_is_asked_for_a_document_before_they_know_of_their_seat(
    trip: tuple[Event, Visit, tuple[Delegate, ...]],
) -> None:
    event, visit, people = trip
    with transaction():
        seat = select(Seat).where(Seat.delegate_id == people[1].id)
        db.session.scalars(seat).one().is_tentative = True
    with pytest.raises(ForumError, match="nobody_to_remind"):
        visit_notices.remind(actor=SYSTEM, event_id=event.id, visit_id=visit.id)


def test_the_day_before_everybody_with_a_seat_reads_what_to_bring(
    trip: tuple[Event, Visit, tuple[Delegate, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, visit, _ = trip
    with transaction():
        db.session.get_one(Visit, visit.id).documents_reminded_at = clock.now()
    _at(monkeypatch, visit, hours=20)
    assert [visit_notices.work(key) for key in visit_notices.due()] == [2]
    assert list(visit_notices.due()) == []
    bodies = list(db.session.scalars(select(Message.body).order_by(Message.id)))
    assert _letters() == [("p0@example.org", "ru"), ("p1@example.org", "kk")]
    assert ["Закрытая обувь" in bodies[0], "Жабық аяқ киім" in bodies[1]] == [True, True]


def test_the_last_details_tell_of_the_bus_too_and_no_other_letter_does(
    trip: tuple[Event, Visit, tuple[Delegate, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    event, visit, people = trip
    with transaction():
        bus = factories.bus(visit, label="7", plate="А 101 ВС 50")
        for seat in db.session.scalars(select(Seat).where(Seat.status == SeatStatus.SEATED)):
            seat.bus_id, seat.is_tentative = bus.id, seat.delegate_id != people[0].id  # one is not told yet
    _at(monkeypatch, visit, hours=20)
    visit_notices.brief(actor=SYSTEM, event_id=event.id, visit_id=visit.id)
    (letter,) = db.session.scalars(select(Message))
    assert ["Автобус: 7, А 101 ВС 50" in letter.body, len(letter.calendars)] == [True, 1]
    assert bus_mails.tell(actor=SYSTEM, event_id=event.id, visit_id=visit.id) == 0
    with transaction():
        db.session.get_one(Bus, bus.id).plate = "А 102 ВС 50"
    assert bus_mails.tell(actor=SYSTEM, event_id=event.id, visit_id=visit.id) == 1


def test_nobody_is_told_of_a_visit_that_has_left(
    trip: tuple[Event, Visit, tuple[Delegate, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    event, visit, _ = trip
    _at(monkeypatch, visit, hours=-1)
    assert list(visit_notices.due()) == []
    with pytest.raises(ForumError, match="visit_has_departed"):
        visit_notices.remind(actor=SYSTEM, event_id=event.id, visit_id=visit.id)
