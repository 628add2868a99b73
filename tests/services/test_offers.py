"""Places kept for somebody from the waiting list, and what people do with their own registration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from forum import clock, jobs
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus as Status
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate, Event, Message
from forum.models.base import db
from forum.policy import SYSTEM, actor_of
from forum.services import offers, own_registrations, places
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

NOON = factories.at(12, day=1)


@pytest.fixture
def event(any_app: Flask) -> Event:
    """One place, offered to the first of two who waited at noon; it is kept for three hours."""
    row = given(factories.event)
    given(factories.capacity, event=row, places=1, offer_hours=3)
    return row


@pytest.fixture
def first(event: Event) -> Delegate:
    return given(factories.waiting, event=event, minute=1)


@pytest.fixture
def second(event: Event, first: Delegate) -> Delegate:
    row = given(factories.waiting, event=event, minute=2)
    with clock.frozen(NOON), transaction():
        places.promote(event.id)
    return row


def status(*people: Delegate) -> list[Status]:
    db.session.rollback()
    return [row.status for row in people]


def test_an_offer_that_is_accepted_is_a_place(event: Event, first: Delegate, second: Delegate) -> None:
    with clock.frozen(NOON):
        offers.accept(actor=SYSTEM, event_id=event.id, delegate_id=first.id)
    assert status(first, second) == [Status.APPROVED, Status.WAITING]
    assert (first.waiting_since, first.offer_ends_at) == (None, None)


def test_an_offer_that_is_refused_goes_to_the_next(event: Event, first: Delegate, second: Delegate) -> None:
    with clock.frozen(NOON):
        offers.refuse(actor=SYSTEM, event_id=event.id, delegate_id=first.id)
    assert status(first, second) == [Status.WITHDRAWN, Status.OFFERED]


def test_an_offer_that_nobody_answers_goes_to_the_next(
    event: Event, first: Delegate, second: Delegate
) -> None:
    with clock.frozen(NOON + timedelta(hours=3)):
        jobs.go_round()
    assert status(first, second) == [Status.WITHDRAWN, Status.OFFERED]
    assert first.decision_note == "Место не было принято в срок."


def test_until_its_end_an_offer_stands(event: Event, first: Delegate, second: Delegate) -> None:
    with clock.frozen(NOON + timedelta(hours=3, seconds=-1)):
        jobs.go_round()
    assert status(first, second) == [Status.OFFERED, Status.WAITING]


@pytest.mark.parametrize("answer", [offers.accept, offers.refuse])
def test_after_its_end_nobody_answers_an_offer(
    event: Event, first: Delegate, second: Delegate, answer: Callable[..., None]
) -> None:
    with clock.frozen(NOON + timedelta(hours=3)), pytest.raises(ForumError, match="offer_has_ended"):
        answer(actor=SYSTEM, event_id=event.id, delegate_id=first.id)


@pytest.mark.parametrize("answer", [offers.accept, offers.refuse])
def test_whoever_was_offered_nothing_cannot_answer(
    event: Event, first: Delegate, second: Delegate, answer: Callable[..., None]
) -> None:
    with pytest.raises(ForumError, match="no_offer"):
        answer(actor=SYSTEM, event_id=event.id, delegate_id=second.id)


def test_nobody_answers_for_a_stranger(event: Event, first: Delegate, second: Delegate) -> None:
    stranger = cast.actor(Role.DELEGATE, event_id=event.id)
    with pytest.raises(NotAllowedError):
        offers.accept(actor=stranger, event_id=event.id, delegate_id=first.id)


def test_a_coordinator_answers_for_the_own_delegation(
    event: Event, first: Delegate, second: Delegate
) -> None:
    side = given(factories.delegation, event=event)
    with transaction():
        db.session.merge(first).delegation_id = side.id
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=side.id)
    with clock.frozen(NOON):
        offers.accept(actor=coordinator, event_id=event.id, delegate_id=first.id)
    assert status(first) == [Status.APPROVED]


def test_what_became_free_by_itself_is_found_on_the_round(event: Event, first: Delegate) -> None:
    with clock.frozen(NOON):
        jobs.go_round()
    assert status(first) == [Status.OFFERED]


def test_the_round_leaves_a_forum_that_has_begun_alone(event: Event, first: Delegate) -> None:
    with clock.frozen(factories.at(12, day=2)):
        jobs.go_round()
    assert status(first) == [Status.WAITING]


def test_each_step_is_written_to_once(event: Event, first: Delegate, second: Delegate) -> None:
    with clock.frozen(NOON):
        offers.accept(actor=SYSTEM, event_id=event.id, delegate_id=first.id)
    subjects = [mail.subject for mail in db.session.query(Message).order_by(Message.id)]
    assert subjects == ["Освободилось место: Форум", "Заявка одобрена: Форум"]


def test_withdrawing_gives_the_place_to_the_next(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    own = cast.account(Role.DELEGATE, event_id=event.id)
    row = given(factories.delegate, event=event, account_id=own.id)
    waits = given(factories.waiting, event=event, minute=1)
    with clock.frozen(NOON):
        own_registrations.withdraw(
            actor=actor_of(own), event_id=event.id, delegate_id=row.id, reason="Другая поездка"
        )
    assert status(row, waits) == [Status.WITHDRAWN, Status.OFFERED]
    assert row.decision_note == "Другая поездка"


@pytest.mark.parametrize("over", [Status.WITHDRAWN, Status.DECLINED])
def test_what_has_ended_cannot_be_withdrawn(app: Flask, over: Status) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=over)
    with pytest.raises(ForumError, match="no_such_move"):
        own_registrations.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=row.id)


def test_an_answer_brings_a_registration_back_to_be_decided(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.ASKED, decision_note="Какой у вас завод?")
    own_registrations.answer(actor=SYSTEM, event_id=event.id, delegate_id=row.id, reply=" Литейный. ")
    assert status(row) == [Status.APPLIED]
    assert (row.decision_note, row.reply) == ("Какой у вас завод?", "Литейный.")


@pytest.mark.parametrize(("reply", "code"), [(" ", "reply_missing"), ("ш" * 2001, "reply_too_long")])
def test_an_answer_says_something_but_not_a_novel(app: Flask, reply: str, code: str) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.ASKED)
    with pytest.raises(ForumError, match=code):
        own_registrations.answer(actor=SYSTEM, event_id=event.id, delegate_id=row.id, reply=reply)


def test_where_nothing_was_asked_there_is_nothing_to_answer(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with pytest.raises(ForumError, match="nothing_asked"):
        own_registrations.answer(actor=SYSTEM, event_id=event.id, delegate_id=row.id, reply="Да")


def test_whoever_applies_again_stands_last(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=0)
    row = given(
        factories.delegate, event=event, status=Status.WITHDRAWN, waiting_since=None, decision_note="Не смогу"
    )
    with clock.frozen(NOON):
        own_registrations.apply_again(actor=SYSTEM, event_id=event.id, delegate_id=row.id)
    db.session.rollback()
    assert (row.status, row.waiting_since, row.decision_note) == (Status.WAITING, NOON, None)


def test_whoever_was_declined_does_not_apply_again(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.DECLINED)
    with pytest.raises(ForumError, match="no_such_move"):
        own_registrations.apply_again(actor=SYSTEM, event_id=event.id, delegate_id=row.id)


def test_after_the_end_of_registration_nobody_applies_again(app: Flask) -> None:
    event = given(factories.event, registration_closes_at=NOON)
    row = given(factories.delegate, event=event, status=Status.WITHDRAWN)
    with clock.frozen(NOON), pytest.raises(ForumError, match="registration_has_closed"):
        own_registrations.apply_again(actor=SYSTEM, event_id=event.id, delegate_id=row.id)
