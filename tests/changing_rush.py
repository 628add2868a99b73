"""Many clients for a visit whose number of seats is being changed meanwhile (see ``at_once``)."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum import create_app
from forum.database import dispose, is_busy
from forum.domain.states import SeatStatus
from forum.errors import ForumError, StaleError
from forum.models import Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import visits
from forum.unit_of_work import transaction
from tests import factories
from tests.at_once import PROCESSES, Word, answers, asked
from tests.databases import settings_for

FIRST, CHANGES = 20, (35, 10, 50, 25, 40)
BUSY = "try again"
_CHANGE = -1
THREADS = 8  # that a process answers with at a time, as a server's does; the others wait in line


@dataclass(frozen=True)
class Share:
    """The clients of one process; ``_CHANGE`` and below are the organiser with the next number of seats."""

    database_url: str
    instance_path: str
    event_id: int
    visit_id: int
    clients: tuple[int, ...]
    threads: int


@dataclass(frozen=True)
class Outcome:
    """``wrong``: what must not be. ``errors`` counts the clients who were told of one, ``busy`` those who
    were asked to try again.
    """

    visit_id: int
    people: int
    seated: int
    capacity: int
    errors: int
    busy: int
    wrong: tuple[str, ...]


def rush(app: Flask, *, clients: int, threads: int = THREADS) -> Outcome:
    """Everybody at the same moment, and organisers in each process who change the seats again and again."""
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event), capacity=FIRST)
        people = [factories.delegate(event).id for _ in range(clients)]
    changes = [_CHANGE - n for n in range(len(CHANGES))]
    shares = [
        Share(
            database_url=app.config["SQLALCHEMY_DATABASE_URI"],
            instance_path=app.instance_path,
            event_id=event.id,
            visit_id=visit.id,
            clients=(*people[number::PROCESSES], *changes),
            threads=threads,
        )
        for number in range(PROCESSES)
    ]
    return outcome_of(shares[0].visit_id, asked(_answers, shares))


def _answers(share: Share, word: Word) -> list[str]:
    app = create_app(settings_for(share.database_url, Path(share.instance_path)))
    threads = threading.BoundedSemaphore(share.threads)

    def ask(client: int) -> str:
        with threads, app.app_context():
            try:
                return _sign_up(share, client) if client > 0 else _change(share, CHANGES[_CHANGE - client])
            except Exception as error:
                if is_busy(error):
                    return BUSY
                raise

    told = answers(share.clients, ask, word)
    dispose(app)
    return told


def _sign_up(share: Share, delegate_id: int) -> str:
    outcome = visits.sign_up(
        actor=SYSTEM, event_id=share.event_id, visit_id=share.visit_id, delegate_id=delegate_id
    )
    return outcome.status.value


def _change(share: Share, capacity: int) -> str:
    """As a page does it: read the version, then change; who comes too late is told so."""
    version = db.session.scalars(select(Visit.version).where(Visit.id == share.visit_id)).one()
    try:
        visits.change_capacity(
            actor=SYSTEM,
            event_id=share.event_id,
            visit_id=share.visit_id,
            capacity=capacity,
            version=version,
            may_send_back=True,
        )
    except (StaleError, ForumError):
        return "not changed"
    return "changed"


def outcome_of(visit_id: int, told: Counter[str]) -> Outcome:
    """What came of it, as the rows say now."""
    db.session.rollback()
    visit = db.session.get_one(Visit, visit_id, populate_existing=True)
    rows = db.session.execute(
        select(Seat.status, Seat.position).where(Seat.visit_id == visit_id).order_by(Seat.position)
    ).all()
    seated = [row.position for row in rows if row.status is SeatStatus.SEATED]
    waiting = [row.position for row in rows if row.status is SeatStatus.WAITING]
    wrong = {
        "the count of the visit is another one": visit.taken != len(seated),
        "more have a seat than there are": len(seated) > visit.capacity,
        "a seat is free while somebody waits": bool(waiting) and len(seated) < visit.capacity,
        "somebody was passed over": bool(waiting and seated) and max(seated) > min(waiting),
    }
    known = ("seated", "waiting", "changed", "not changed", BUSY)
    return Outcome(
        visit_id=visit_id,
        people=len(rows),
        seated=len(seated),
        capacity=visit.capacity,
        errors=sum(count for word, count in told.items() if word not in known),
        busy=told[BUSY],
        wrong=tuple(words for words, is_so in wrong.items() if is_so),
    )
