"""Many who ask at once for the last requests of their company, and answers that come just in time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.domain.requests import Wish
from forum.domain.states import RequestRank, RequestStatus
from forum.errors import ForumError
from forum.models import JournalEntry, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import request_expiry, requests
from forum.unit_of_work import transaction
from tests import factories

NOON = factories.at(12, day=1)
LIMIT = 3
CLIENTS = 10

Command = tuple[Callable[[], object], datetime]


def test_a_company_never_asks_more_than_its_limit(any_app: Flask) -> None:
    event_id, me, _company, others = _crowd()
    ask = [_asking(event_id, me, other) for other in others]
    _at_once(any_app, [(command, NOON) for command in ask])
    assert _standing(event_id) == LIMIT


def test_counting_before_asking_would_let_in_more(any_app: Flask) -> None:
    """The negative control: the clients are at it at once, and the lock is what makes them wait."""
    event_id, _me, company, others = _crowd()
    counted = threading.Barrier(CLIENTS)

    def ask(other: int) -> None:
        is_free = _standing(event_id) < LIMIT
        counted.wait()
        if is_free:
            with transaction():
                now = clock.now()
                sides = {"sender_id": company, "receiver_id": other}
                said = {"rank": RequestRank.WANT, "status": RequestStatus.PENDING}
                db.session.add(Request(event_id=event_id, created_at=now, updated_at=now, **sides, **said))

    _at_once(any_app, [(lambda other=other: ask(other), NOON) for other in others])
    assert _standing(event_id) > LIMIT


def test_two_who_ask_each_other_at_once_get_one_request(any_app: Flask) -> None:
    with transaction():
        event = factories.event()
        firms = [factories.company(event).id for _ in range(2)]
        people = [factories.delegate(event, company_id=firm).id for firm in firms]
        event_id = event.id
    commands = [_asking(event_id, people[0], firms[1]), _asking(event_id, people[1], firms[0])]
    _at_once(any_app, [(command, NOON) for command in commands])
    assert _standing(event_id) == 1


def test_a_request_is_either_answered_or_over(any_app: Flask) -> None:
    """Answers a moment before the end, and the worker a moment after: it is one of the two."""
    with transaction():
        event = factories.event(request_expiry_hours=1)
        firms = [factories.company(event) for _ in range(4)]
        partner = factories.delegate(event, company_id=firms[0].id).id
        rows = [
            factories.request(event, firm, firms[0], status=RequestStatus.PENDING, expires_at=NOON)
            for firm in firms[1:]
        ]
        event_id, ids = event.id, [row.id for row in rows]
    late, early = NOON, NOON - timedelta(seconds=1)
    answer = {"actor": SYSTEM, "event_id": event_id, "delegate_id": partner}
    _at_once(
        any_app,
        [
            *((lambda key=key: requests.accept(**answer, request_id=key), early) for key in ids),
            *((lambda key=key: request_expiry.end(key), late) for key in ids * 2),
        ],
    )
    noted = db.session.execute(select(JournalEntry.subject_id, JournalEntry.action)).all()
    statuses = {row.id: row.status.value for row in db.session.scalars(select(Request))}
    assert sorted(noted) == sorted((key, f"request_{status}") for key, status in statuses.items())
    assert set(statuses.values()) <= {"accepted", "expired"}


def _crowd() -> tuple[int, int, int, list[int]]:
    """Ids of a forum, of somebody whose company may ask three others, of the company and of ten others."""
    with transaction():
        event = factories.event(most_requests=LIMIT)
        company = factories.company(event)
        me = factories.delegate(event, company_id=company.id)
        others = [factories.company(event) for _ in range(CLIENTS)]
        for other in others:
            factories.delegate(event, company_id=other.id)
        return event.id, me.id, company.id, [other.id for other in others]


def _asking(event_id: int, delegate_id: int, receiver_id: int) -> Callable[[], object]:
    return lambda: requests.ask(
        actor=SYSTEM, event_id=event_id, delegate_id=delegate_id, receiver_id=receiver_id, wish=Wish()
    )


def _standing(event_id: int) -> int:
    db.session.rollback()
    rows = select(func.count()).select_from(Request).where(Request.event_id == event_id)
    return db.session.scalar(rows) or 0


def _at_once(app: Flask, commands: Sequence[Command]) -> None:
    """Only what a service refuses is let pass: a deadlock or a lost update fails the test."""
    start = threading.Barrier(len(commands))

    def run(command: Callable[[], object], instant: datetime) -> None:
        with app.app_context(), clock.frozen(instant), suppress(ForumError):
            start.wait()
            command()

    db.session.rollback()
    with ThreadPoolExecutor(len(commands)) as pool:
        for done in [pool.submit(run, *each) for each in commands]:
            done.result()
