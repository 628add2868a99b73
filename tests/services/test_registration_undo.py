"""Taking decisions back, as far as others have not built on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import clock
from forum.domain.states import MessageStatus, SeatStatus
from forum.domain.states import RegistrationStatus as Status
from forum.errors import ForumError
from forum.models import Delegate, Event, Message, Seat
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import registration_undo, registrations, visits
from forum.services.registration_undo import TakenBack
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


def decided(event: Event, *people: Delegate, to: Status, **values: Any) -> int:
    """The journal's line of a decision."""
    return registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=[row.id for row in people], status=to, **values
    ).entry_id


def take_back(event: Event, entry_id: int) -> TakenBack:
    return registration_undo.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id)


def status(*people: Delegate) -> list[Status]:
    db.session.rollback()
    return [row.status for row in people]


def mails() -> list[str]:
    return list(db.session.scalars(select(Message.subject).order_by(Message.id)))


def everything_sent() -> None:
    with transaction():
        db.session.execute(update(Message).values(status=MessageStatus.SENT, attempts=1))


def test_everything_is_as_before_and_nobody_hears_of_it(any_app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.waiting, event=event, minute=7)
    before = (row.status, row.waiting_since, row.decided_at, row.decision_note)
    entry = decided(event, row, to=Status.DECLINED, note="Нет мест")
    assert take_back(event, entry) == TakenBack(back=(row.id,), told=0, left=())
    db.session.rollback()
    assert (row.status, row.waiting_since, row.decided_at, row.decision_note) == before
    assert mails() == []


def test_whoever_has_been_told_is_told_again(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED, language="en")
    entry = decided(event, row, to=Status.DECLINED, note="No places")
    everything_sent()
    assert take_back(event, entry).told == 1
    assert mails() == ["Registration declined: Forum", "Registration looked at again: Forum"]


def test_a_mail_waits_as_long_as_one_may_think_better_of_it(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with clock.frozen(factories.at(12, day=1)):
        decided(event, row, to=Status.APPROVED)
    mail = db.session.query(Message).one()
    assert mail.leased_until == factories.at(12, day=1) + timedelta(minutes=1)


def test_what_was_decided_since_stays(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    first = decided(event, row, to=Status.DECLINED, note="Нет мест")
    decided(event, row, to=Status.APPROVED)
    assert take_back(event, first) == TakenBack(back=(), told=0, left=(row.id,))
    assert status(row) == [Status.APPROVED]


def test_the_same_decision_made_again_is_another_one(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    first = decided(event, row, to=Status.DECLINED, note="Нет мест")
    decided(event, row, to=Status.APPROVED)
    decided(event, row, to=Status.DECLINED, note="Не приедет")
    assert take_back(event, first).back == ()


def test_a_place_comes_back_from_somebody_who_does_not_know_of_it(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    inside = given(factories.delegate, event=event)
    first = given(factories.waiting, event=event, minute=1)
    since = first.waiting_since
    entry = decided(event, inside, to=Status.DECLINED, note="Не приедет")
    assert take_back(event, entry).back == (inside.id,)
    assert status(inside, first) == [Status.APPROVED, Status.WAITING]
    assert (first.waiting_since, first.offer_ends_at) == (since, None)
    assert mails() == []


def test_a_place_stays_with_somebody_who_knows_of_it(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    inside = given(factories.delegate, event=event)
    first = given(factories.waiting, event=event, minute=1)
    entry = decided(event, inside, to=Status.DECLINED, note="Не приедет")
    everything_sent()
    assert take_back(event, entry) == TakenBack(back=(), told=0, left=(inside.id,))
    assert status(inside, first) == [Status.DECLINED, Status.OFFERED]


def test_only_as_many_offers_as_it_takes_are_taken_back(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=2)
    one, two = (given(factories.delegate, event=event) for _ in range(2))
    first, second = (given(factories.waiting, event=event, minute=minute) for minute in (1, 2))
    entry = decided(event, one, two, to=Status.DECLINED, note="Не приедут")
    decided(event, two, to=Status.APPLIED)
    assert take_back(event, entry).back == (one.id,)
    assert status(first, second) == [Status.OFFERED, Status.WAITING]


def test_a_place_that_an_undone_approval_frees_is_offered(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    entry = decided(event, row, to=Status.APPROVED)
    waits = given(factories.waiting, event=event, minute=1)
    take_back(event, entry)
    assert status(row, waits) == [Status.APPLIED, Status.OFFERED]


def test_the_seat_comes_back_too(any_app: Flask) -> None:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event), capacity=1)
    row = given(factories.delegate, event=event)
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=row.id)
    take_back(event, decided(event, row, to=Status.DECLINED, note="Не приедет"))
    assert db.session.scalars(select(Seat.status)).all() == [SeatStatus.SEATED]


def test_where_the_seat_has_gone_the_old_place_in_the_line_comes_back(app: Flask) -> None:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event), capacity=1)
    row, other, last = (given(factories.delegate, event=event) for _ in range(3))
    for each in (row, other, last):
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=each.id)
    take_back(event, decided(event, row, to=Status.DECLINED, note="Не приедет"))
    seats = db.session.execute(select(Seat.delegate_id, Seat.status).order_by(Seat.position)).all()
    assert [tuple(seat) for seat in seats] == [
        (row.id, SeatStatus.WAITING),
        (other.id, SeatStatus.SEATED),
        (last.id, SeatStatus.WAITING),
    ]


def test_a_line_about_something_else_undoes_nothing(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    entry = decided(event, row, to=Status.APPROVED)
    with pytest.raises(ForumError, match="nothing_to_undo"):
        take_back(given(factories.event), entry)
