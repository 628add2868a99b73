"""Everybody at once for the last places, and everything at once that takes, frees and passes them on."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.domain.states import RegistrationStatus as Status
from forum.errors import ForumError
from forum.models import Capacity, Delegate
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import places as numbers
from forum.services import offers, own_registrations, places, registrations
from forum.unit_of_work import transaction
from tests import factories, place_rush

NOON = factories.at(12, day=1)
PEOPLE = 30
PLACES = 8


@pytest.mark.slow
def test_exactly_the_places_there_are_and_the_rest_in_the_waiting_list(any_app: Flask) -> None:
    assert place_rush.rush(any_app) == place_rush.WANTED


@pytest.mark.slow
def test_with_the_guard_off_it_oversells(any_app: Flask) -> None:
    """The negative control: were the clients not at it at once, this would let in twenty as well."""
    assert place_rush.rush(any_app, is_guarded=False).holders > place_rush.PLACES


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_withdrawing_accepting_ending_and_more_places_at_once(any_app: Flask, seed: int) -> None:
    """Whatever comes first: no place twice, none empty while somebody waits for it, and the line in order."""
    with transaction():
        event = factories.event()
        capacity = factories.capacity(event, places=PLACES, offer_hours=1)
        inside = [factories.delegate(event).id for _ in range(PLACES)]
        waits = [
            factories.delegate(
                event, status=Status.WAITING, waiting_since=NOON + timedelta(seconds=number)
            ).id
            for number in range(PEOPLE)
        ]
        event_id, capacity_id = event.id, capacity.id
    with clock.frozen(NOON):
        own_registrations.withdraw(actor=SYSTEM, event_id=event_id, delegate_id=inside.pop())
        own_registrations.withdraw(actor=SYSTEM, event_id=event_id, delegate_id=inside.pop())
    late = NOON + timedelta(hours=1)
    one = {"actor": SYSTEM, "event_id": event_id}
    commands: list[tuple[Callable[[], object], object]] = [
        *((lambda key=key: own_registrations.withdraw(**one, delegate_id=key), NOON) for key in inside[:3]),
        *((lambda key=key: offers.accept(**one, delegate_id=key), NOON) for key in waits[:6]),
        *((lambda key=key: offers.refuse(**one, delegate_id=key), NOON) for key in waits[1:6:2]),
        *((lambda key=key: offers.end(key), late) for key in waits[:4]),
        *((lambda key=key: own_registrations.withdraw(**one, delegate_id=key), NOON) for key in waits[6:9]),
        (lambda: _more_places(event_id, capacity_id), NOON),
        (lambda: _decline(event_id, inside[3:5]), NOON),
        (lambda: places_on_the_round(event_id), NOON),
    ]
    random.Random(seed).shuffle(commands)
    _at_once(any_app, commands)
    db.session.rollback()
    (room,) = numbers.room(event_id=event_id)
    assert (room.held, room.limit.places) == (PLACES + 2, PLACES + 2)
    standing = [row.status for row in _in_line(event_id, waits)]
    first_waiting = standing.index(Status.WAITING)
    assert set(standing[first_waiting:]) == {Status.WAITING}


def places_on_the_round(event_id: int) -> None:
    offers.promote(event_id)


def _more_places(event_id: int, capacity_id: int) -> None:
    with transaction():
        places.lock(event_id)
        db.session.get_one(Capacity, capacity_id, populate_existing=True).places = PLACES + 2
        db.session.flush()
        places.promote(event_id)


def _decline(event_id: int, ids: list[int]) -> None:
    registrations.decide(
        actor=SYSTEM, event_id=event_id, delegate_ids=ids, status=Status.DECLINED, note="Не приедут"
    )


def _in_line(event_id: int, ids: list[int]) -> list[Delegate]:
    """Everybody who has ever waited and not left, in the order of waiting."""
    rows = [db.session.get_one(Delegate, key) for key in ids]
    return [row for row in rows if row.status is not Status.WITHDRAWN]


def _at_once(app: Flask, commands: list[tuple[Callable[[], object], object]]) -> None:
    """Only what a service refuses is let pass: a deadlock or a lost update fails the test."""
    start = threading.Barrier(len(commands))

    def run(command: Callable[[], object], instant: object) -> None:
        with app.app_context(), clock.frozen(instant), suppress(ForumError):
            start.wait()
            command()

    db.session.rollback()
    with ThreadPoolExecutor(len(commands)) as pool:
        for done in [pool.submit(run, *each) for each in commands]:
            done.result()
