"""Many clients at once for the last seats of a visit, from several processes (see ``at_once``)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, func, select, text

from forum import create_app
from forum.database import dispose
from forum.domain.states import SeatStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import visits
from forum.unit_of_work import transaction
from tests import factories
from tests.at_once import PROCESSES, Word, answers, asked
from tests.databases import settings_for

SEATS = 20
CLIENTS = 200


@dataclass(frozen=True)
class Share:
    """The clients of one process; ``is_guarded`` is off in the negative control."""

    database_url: str
    instance_path: str
    event_id: int
    visit_id: int
    delegate_ids: tuple[int, ...]
    is_guarded: bool


@dataclass(frozen=True)
class Tally:
    """What came of a rush: what clients were told, and what is in the database."""

    told: Counter[str]
    seated: int
    taken: int
    waiting_positions: tuple[int, ...]
    rows: int


WANTED = Tally(
    told=Counter(seated=SEATS, waiting=CLIENTS - SEATS),
    seated=SEATS,
    taken=SEATS,
    waiting_positions=tuple(range(SEATS + 1, CLIENTS + 1)),
    rows=CLIENTS,
)


def prepare() -> tuple[int, int, tuple[int, ...]]:
    """A visit with ``SEATS`` seats and ``CLIENTS`` people who may go: ids of event, visit and delegates."""
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event), capacity=SEATS)
        people = tuple(factories.delegate(event).id for _ in range(CLIENTS))
        return event.id, visit.id, people


def rush(app: Flask, *, is_guarded: bool = True) -> Tally:
    """Let everybody ask at the same moment, in a new visit of ``app``'s database."""
    event_id, visit_id, people = prepare()
    shares = [
        Share(
            database_url=app.config["SQLALCHEMY_DATABASE_URI"],
            instance_path=app.instance_path,
            event_id=event_id,
            visit_id=visit_id,
            delegate_ids=people[number::PROCESSES],
            is_guarded=is_guarded,
        )
        for number in range(PROCESSES)
    ]
    return tally(visit_id, asked(_answers, shares))


def tally(visit_id: int, told: Counter[str]) -> Tally:
    """Count the visit's rows, beside what clients ``told``."""
    rows = db.session.execute(
        select(Seat.status, Seat.position).where(Seat.visit_id == visit_id).order_by(Seat.position)
    ).all()
    return Tally(
        told=told,
        seated=sum(status is SeatStatus.SEATED for status, _ in rows),
        taken=db.session.scalars(select(Visit.taken).where(Visit.id == visit_id)).one(),
        waiting_positions=tuple(position for status, position in rows if status is SeatStatus.WAITING),
        rows=len(rows),
    )


def _answers(share: Share, word: Word) -> list[str]:
    app = create_app(settings_for(share.database_url, Path(share.instance_path)))
    client = _guarded(app, share) if share.is_guarded else _naive(share)
    told = answers(share.delegate_ids, client, word)
    dispose(app)
    return told


def _guarded(app: Flask, share: Share) -> Callable[[int], str]:
    def ask(delegate_id: int) -> str:
        with app.app_context():
            outcome = visits.sign_up(
                actor=SYSTEM, event_id=share.event_id, visit_id=share.visit_id, delegate_id=delegate_id
            )
            return outcome.status.value

    return ask


def _naive(share: Share) -> Callable[[int], str]:
    """Look whether a seat is free, then take it: how it is written when nobody thinks of others.

    All clients of a process look before one of them takes, as chance would have it now and then.
    """
    all_have_looked = threading.Barrier(len(share.delegate_ids))
    engine = create_engine(share.database_url, pool_size=50, connect_args=_patience(share.database_url))
    insert = text(
        "INSERT INTO seats (visit_id, delegate_id, status, position, choice, asked_at)"
        " VALUES (:visit, :delegate, :status, :delegate, 1, CURRENT_TIMESTAMP)"
    )

    def ask(delegate_id: int) -> str:
        with engine.connect() as connection:
            seated = connection.scalar(
                select(func.count()).where(Seat.visit_id == share.visit_id, Seat.status == SeatStatus.SEATED)
            )
        all_have_looked.wait()
        status = "seated" if (seated or 0) < SEATS else "waiting"
        with engine.begin() as connection:
            connection.execute(insert, {"visit": share.visit_id, "delegate": delegate_id, "status": status})
        return status

    return ask


def _patience(database_url: str) -> dict[str, int]:
    return {"timeout": 60} if database_url.startswith("sqlite") else {}
