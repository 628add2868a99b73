"""Many applications at once for the last places, from several processes with threads (see ``at_once``)."""

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
from forum.domain.names import PersonName
from forum.domain.profile import Profile
from forum.domain.states import HOLDS_A_PLACE, Category, RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.services import places, profiles
from forum.unit_of_work import transaction
from tests import factories
from tests.at_once import PROCESSES, Word, answers, asked
from tests.databases import settings_for

PLACES = 20
CLIENTS = 120


@dataclass(frozen=True)
class Share:
    """The clients of one process, by number; ``is_guarded`` is off in the negative control."""

    database_url: str
    instance_path: str
    event_id: int
    numbers: tuple[int, ...]
    is_guarded: bool


@dataclass(frozen=True)
class Tally:
    """What came of a rush: what clients were told, and what is in the database."""

    told: Counter[str]
    holders: int
    waiting: int


WANTED = Tally(
    told=Counter(approved=PLACES, waiting=CLIENTS - PLACES), holders=PLACES, waiting=CLIENTS - PLACES
)


def rush(app: Flask, *, is_guarded: bool = True) -> Tally:
    """Let everybody apply at the same moment for the places of a new forum in ``app``'s database."""
    with transaction():
        event = factories.event()
        factories.admission(event)
        factories.capacity(event, places=PLACES)
        event_id = event.id
    shares = [
        Share(
            database_url=app.config["SQLALCHEMY_DATABASE_URI"],
            instance_path=app.instance_path,
            event_id=event_id,
            numbers=tuple(range(1, CLIENTS + 1)[number::PROCESSES]),
            is_guarded=is_guarded,
        )
        for number in range(PROCESSES)
    ]
    told = asked(_answers, shares)
    db.session.rollback()
    return Tally(told, _count(event_id, *HOLDS_A_PLACE), _count(event_id, RegistrationStatus.WAITING))


def person(number: int) -> Profile:
    """Somebody who is nobody else."""
    name = PersonName("Иволгин", f"Владимир-{number}")
    return Profile(
        family_name=name.family, given_name=name.given, email=f"person{number}@example.org", spoken=("ru",)
    )


def apply(event_id: int, number: int) -> RegistrationStatus:
    """One application, whole: the person, and what becomes of them."""
    with transaction():
        row = profiles.add(
            event_id=event_id,
            profile=person(number),
            category=Category.DELEGATE,
            status=RegistrationStatus.APPLIED,
        )
        return places.settle(row)


def _count(event_id: int, *statuses: RegistrationStatus) -> int:
    rows = select(func.count()).where(Delegate.event_id == event_id, Delegate.status.in_(statuses))
    return db.session.scalar(rows) or 0


def _guarded(app: Flask, share: Share) -> Callable[[int], str]:
    def ask(number: int) -> str:
        with app.app_context():
            return apply(share.event_id, number).value

    return ask


def _naive(app: Flask, share: Share) -> Callable[[int], str]:
    """Look whether there is a place, then take it: how it is written when nobody thinks of others.

    All clients of a process look before one of them takes, as chance would have it now and then.
    """
    all_have_looked = threading.Barrier(len(share.numbers))
    connect_args = {"timeout": 60} if share.database_url.startswith("sqlite") else {}
    engine = create_engine(share.database_url, pool_size=50, connect_args=connect_args)
    insert = text(
        "INSERT INTO delegates (event_id, number, category, status, visibility, is_head, is_vip, family_name,"
        " given_name, position, spoken, language, identity_key, search_key, created_at, updated_at, version,"
        " sort_ru, sort_kk, sort_en) VALUES (:event, :number, 'delegate', :status, 'participants', :no, :no,"
        " 'x', 'x', '{}', '[]', 'ru', 'x', 'x', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1, :none, :none, :none)"
    )

    def ask(number: int) -> str:
        with engine.connect() as connection:
            held = connection.scalar(
                select(func.count()).where(
                    Delegate.event_id == share.event_id, Delegate.status.in_(HOLDS_A_PLACE)
                )
            )
        all_have_looked.wait()
        status = "approved" if (held or 0) < PLACES else "waiting"
        values = {"event": share.event_id, "number": number, "status": status, "no": False, "none": b""}
        with engine.begin() as connection:
            connection.execute(insert, values)
        return status

    return ask


def _answers(share: Share, word: Word) -> list[str]:
    app = create_app(settings_for(share.database_url, Path(share.instance_path)))
    told = answers(share.numbers, (_guarded if share.is_guarded else _naive)(app, share), word)
    dispose(app)
    return told
