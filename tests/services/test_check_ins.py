"""Arrivals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Badge, CheckIn
from forum.models.base import db
from forum.services import check_ins
from forum.unit_of_work import transaction
from tests import factories
from tests.cast import actor
from tests.factories import at, given


def test_the_first_mark_stands(app: Flask) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    desk = actor(Role.DESK, event_id=event.id)
    with clock.frozen(at(9)):
        first = check_ins.check_in(actor=desk, event_id=event.id, delegate_id=person.id)
    with clock.frozen(at(10)):
        second = check_ins.check_in(actor=desk, event_id=event.id, delegate_id=person.id)
    assert (first.is_first, second.is_first) == (True, False)
    assert (second.check_in_id, second.at) == (first.check_in_id, at(9))


def test_a_mark_taken_back_can_be_made_again(app: Flask) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    desk = actor(Role.DESK, event_id=event.id)
    check_ins.check_in(actor=desk, event_id=event.id, delegate_id=person.id)
    check_ins.take_back(actor=desk, event_id=event.id, delegate_id=person.id)
    assert check_ins.check_in(actor=desk, event_id=event.id, delegate_id=person.id).is_first


@pytest.mark.parametrize("status", [RegistrationStatus.APPLIED, RegistrationStatus.WITHDRAWN])
def test_who_is_not_approved_is_not_admitted(app: Flask, status: RegistrationStatus) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event, status=status)
    with pytest.raises(ForumError) as refusal:
        check_ins.check_in(actor=actor(Role.DESK), event_id=event.id, delegate_id=person.id)
    assert (refusal.value.code, refusal.value.data) == ("not_admitted", {"status": status.value})


def test_two_doors_mark_one_person_once(any_app: Flask) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    desk = actor(Role.DESK, event_id=event.id)
    event_id, person_id = event.id, person.id
    db.session.rollback()

    def mark(_door: int) -> bool:
        with any_app.app_context():
            return check_ins.check_in(actor=desk, event_id=event_id, delegate_id=person_id).is_first

    with ThreadPoolExecutor(8) as doors:
        firsts = list(doors.map(mark, range(16)))
    assert sum(firsts) == 1
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1


def test_a_scan_finds_the_holder_and_refuses_a_void_badge(app: Flask) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    desk = actor(Role.DESK, event_id=event.id)
    now = clock.now()
    with transaction():
        db.session.add(
            Badge(event_id=event.id, delegate_id=person.id, code="lost", issued_at=now, voided_at=now)
        )
        db.session.add(Badge(event_id=event.id, delegate_id=person.id, code="good", issued_at=now))
    assert check_ins.scan(actor=desk, event_id=event.id, code=" good ") == person.id
    with pytest.raises(ForumError, match="badge_void"):
        check_ins.scan(actor=desk, event_id=event.id, code="lost")
    with pytest.raises(ForumError, match="badge_unknown"):
        check_ins.scan(actor=desk, event_id=event.id, code="another")


def test_an_empty_scan_is_no_strange_badge(app: Flask) -> None:
    event = given(factories.event)
    whose = {"actor": actor(Role.DESK, event_id=event.id), "event_id": event.id}
    with pytest.raises(ForumError, match="nothing_scanned"):
        check_ins.scan(**whose, code=" \n")
    with pytest.raises(ForumError, match="badge_unknown"):
        check_ins.scan(**whose, code="x")
