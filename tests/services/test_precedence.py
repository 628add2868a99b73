"""The order of precedence in the database: without a gap, nobody twice, whoever moves at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.roles import Role
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate, Delegation, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import members
from forum.services import members as members_service
from forum.services import precedence, registration_undo, registrations
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

PEOPLE = 6


def delegation_with(count: int = PEOPLE, **values: Any) -> tuple[Event, Delegation, list[int]]:
    with transaction():
        event = factories.event()
        delegation = factories.delegation(event)
        people = [factories.delegate(event, delegation_id=delegation.id, **values).id for _ in range(count)]
    return event, delegation, people


def order(delegation: Delegation) -> list[tuple[int, int | None]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Delegate.id, Delegate.precedence)
        .where(Delegate.delegation_id == delegation.id)
        .order_by(Delegate.precedence)
    )
    return [(row.id, row.precedence) for row in rows]


def test_a_move_numbers_everybody_from_one(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    before = precedence.move(
        actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=people[2], place=1
    )
    assert (before, order(delegation)) == (3, [(people[2], 1), (people[0], 2), (people[1], 3)])


def test_a_step_up_and_a_step_down(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    precedence.step(**whose, delegate_id=people[1], by=-1)
    precedence.step(**whose, delegate_id=people[0], by=1)
    assert [key for key, _ in order(delegation)] == [people[1], people[2], people[0]]


def test_a_move_makes_nobodys_open_form_stale(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    precedence.move(
        actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=people[2], place=1
    )
    assert set(db.session.scalars(select(Delegate.version))) == {1}


def test_the_head_comes_first_and_only_one_is(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    precedence.move(**whose, delegate_id=people[0], place=1)
    precedence.put_head(**whose, delegate_id=people[1])
    assert precedence.put_head(**whose, delegate_id=people[2]) == people[1]
    heads = list(db.session.scalars(select(Delegate.id).where(Delegate.is_head)))
    assert (heads, [key for key, _ in order(delegation)]) == ([people[2]], [people[2], people[1], people[0]])


def test_a_delegation_can_be_without_a_head(app: Flask) -> None:
    event, delegation, people = delegation_with(1)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    precedence.put_head(**whose, delegate_id=people[0])
    precedence.put_head(**whose, delegate_id=None)
    assert list(db.session.scalars(select(Delegate.id).where(Delegate.is_head))) == []


@pytest.mark.parametrize("status", [RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN])
def test_whoever_does_not_come_has_no_place_in_the_order(app: Flask, status: RegistrationStatus) -> None:
    event, delegation, people = delegation_with(1, status=status)
    with pytest.raises(ForumError) as refused:
        precedence.put_head(
            actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=people[0]
        )
    assert refused.value.code == "no_such_delegate"


def test_another_delegations_order_is_not_ones_own(app: Flask) -> None:
    event, delegation, people = delegation_with(2)
    other = given(factories.delegation, event=event)
    actor = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=other.id)
    with pytest.raises(NotAllowedError):
        precedence.move(
            actor=actor, event_id=event.id, delegation_id=delegation.id, delegate_id=people[0], place=2
        )


def test_the_page_shows_the_order_that_the_protocol_uses(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    official = given(factories.delegate, event=event, delegation_id=delegation.id, category=Category.OFFICIAL)
    precedence.move(
        actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=people[2], place=2
    )
    shown = members.in_order(delegation_id=delegation.id).rows
    assert [(row.delegate.id, row.place, row.is_first, row.is_last) for row in shown] == [
        (official.id, 1, True, True),
        (people[2], 2, True, False),
        (people[0], 3, False, False),
        (people[1], 4, False, True),
    ]


def test_moves_at_the_same_moment_leave_no_gap_and_nobody_twice(any_app: Flask) -> None:
    event, delegation, people = delegation_with()
    event_id, delegation_id = event.id, delegation.id
    start = threading.Barrier(PEOPLE)

    def push(nth: int) -> None:
        start.wait()
        with any_app.app_context():
            for place in (1, PEOPLE, nth + 1):
                precedence.move(
                    actor=SYSTEM,
                    event_id=event_id,
                    delegation_id=delegation_id,
                    delegate_id=people[nth],
                    place=place,
                )

    db.session.rollback()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(push, range(PEOPLE)))
    found = order(delegation)
    assert ([place for _, place in found], {key for key, _ in found}) == (
        list(range(1, PEOPLE + 1)),
        set(people),
    )


def test_two_heads_chosen_at_once_are_one(any_app: Flask) -> None:
    event, delegation, people = delegation_with(4)
    event_id, delegation_id = event.id, delegation.id
    start = threading.Barrier(4)

    def choose(key: int) -> None:
        start.wait()
        with any_app.app_context():
            precedence.put_head(actor=SYSTEM, event_id=event_id, delegation_id=delegation_id, delegate_id=key)

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(choose, people))
    db.session.rollback()
    assert len(list(db.session.scalars(select(Delegate.id).where(Delegate.is_head)))) == 1


def _decide(event: Event, ids: list[int], status: RegistrationStatus) -> int:
    return registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=ids, status=status, note="Визит отменён"
    ).entry_id


@pytest.mark.parametrize("status", [RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN])
def test_whoever_is_decided_away_leaves_no_gap_and_comes_back_to_the_same_place(
    app: Flask, status: RegistrationStatus
) -> None:
    event, delegation, people = delegation_with(5)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    precedence.move(**whose, delegate_id=people[0], place=1)
    precedence.put_head(**whose, delegate_id=people[0])
    before = order(delegation)
    entry_id = _decide(event, [people[0], people[2], people[3]], status)
    placed = [(key, place) for key, place in order(delegation) if place is not None]
    registration_undo.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id)
    heads = list(db.session.scalars(select(Delegate.id).where(Delegate.is_head)))
    assert (placed, order(delegation), heads) == ([(people[1], 1), (people[4], 2)], before, [people[0]])


def test_whoever_led_does_not_lead_again_where_another_does_by_now(app: Flask) -> None:
    event, delegation, people = delegation_with(2)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    precedence.put_head(**whose, delegate_id=people[0])
    entry_id = _decide(event, [people[0]], RegistrationStatus.DECLINED)
    precedence.put_head(**whose, delegate_id=people[1])
    registration_undo.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id)
    assert list(db.session.scalars(select(Delegate.id).where(Delegate.is_head))) == [people[1]]


def test_whoever_goes_to_another_delegation_leaves_no_gap(app: Flask) -> None:
    event, delegation, people = delegation_with(3)
    other = given(factories.delegation, event=event)
    precedence.move(
        actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=people[0], place=1
    )
    members_service.assign(
        actor=SYSTEM,
        event_id=event.id,
        delegate_id=people[1],
        version=1,
        delegation_id=other.id,
        category=Category.DELEGATE,
    )
    assert order(delegation) == [(people[0], 1), (people[2], 2)]
