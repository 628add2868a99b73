"""The sample forum in the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock, create_app
from forum.database import dispose
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus, RequestStatus, SeatStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import (
    Account,
    Company,
    Delegate,
    Delegation,
    Event,
    Interpreter,
    Request,
    Seat,
    Site,
    Slot,
    Table,
    Visit,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import passwords, sample
from tests.cast import actor
from tests.databases import SqliteTemplate, settings_for

PASSWORD = "a long password"

_RANDOM = ("password_hash", "key", "sealed")  # salts, names of files, nonces


def _load(people: int = 150, seed: int = 1) -> None:
    sample.load(actor=SYSTEM, people=people, seed=seed, password=PASSWORD)


def test_everything_is_there(any_app: Flask) -> None:
    _load()
    tables = (Event, Delegation, Company, Delegate, Slot, Table, Interpreter, Site)
    counts = {
        table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) for table in tables
    }
    assert counts == {
        "events": 1,
        "delegations": 2,
        "companies": 110,
        "delegates": 150,
        "slots": 20,
        "tables": 30,
        "interpreters": 4,
        "sites": 3,
    }


def test_visits_count_those_who_are_seated(any_app: Flask) -> None:
    _load()
    seated = (
        select(func.count())
        .where(Seat.visit_id == Visit.id, Seat.status == SeatStatus.SEATED)
        .scalar_subquery()
    )
    counts = db.session.execute(select(Visit.taken, seated, Visit.capacity).order_by(Visit.id)).all()
    assert [tuple(row) for row in counts] == [
        (30, 30, 30),
        (18, 18, 30),
        (0, 0, 12),
        (0, 0, 12),
        (9, 9, 12),
    ]


def test_whoever_waits_asked_after_the_seated(app: Flask) -> None:
    _load()
    rows = db.session.scalars(select(Seat.status).where(Seat.visit_id == 1).order_by(Seat.position)).all()
    assert rows == [SeatStatus.SEATED] * 30 + [SeatStatus.WAITING] * 6


def test_both_sides_of_an_accepted_request_have_somebody_to_meet(app: Flask) -> None:
    _load()
    present = set(
        db.session.scalars(select(Delegate.company_id).where(Delegate.status == RegistrationStatus.APPROVED))
    )
    sides = db.session.execute(
        select(Request.sender_id, Request.receiver_id).where(Request.status == RequestStatus.ACCEPTED)
    ).all()
    assert {side for row in sides for side in row} - present == set()


def test_names_of_both_scripts_are_found_by_one_key(app: Flask) -> None:
    _load()
    keys = db.session.scalars(
        select(Delegate.search_key).where(Delegate.family_name == "Бекмұхамбетова-Сейітқазиева")
    ).all()
    assert [set(key.split()) >= {"bekmuhambetova", "nurbibigul"} for key in keys] == [True]


def test_every_role_can_sign_in(app: Flask) -> None:
    _load()
    accounts = db.session.scalars(select(Account)).all()
    assert {grant.role for account in accounts for grant in account.grants} == set(Role)
    assert {passwords.matches(account.password_hash, PASSWORD) for account in accounts[:1]} == {True}
    assert len({account.password_hash for account in accounts}) == 1


def test_cabinets_belong_to_people_who_are_approved(app: Flask) -> None:
    _load()
    own = db.session.execute(
        select(Account.email, Delegate.status).join(Delegate, Delegate.account_id == Account.id)
    ).all()
    assert {tuple(row) for row in own} == {
        ("delegate@forum.example", RegistrationStatus.APPROVED),
        ("interpreter@forum.example", RegistrationStatus.APPROVED),
        ("partner@forum.example", RegistrationStatus.APPROVED),
    }


def test_a_second_load_is_refused(app: Flask) -> None:
    _load()
    with pytest.raises(ForumError, match="sample_is_there"):
        _load(seed=2)
    assert db.session.scalar(select(func.count()).select_from(Delegate)) == 150


def test_an_organiser_of_one_forum_may_not_make_another(app: Flask) -> None:
    with pytest.raises(NotAllowedError):
        sample.load(actor=actor(Role.DESK), people=60, seed=1, password=PASSWORD)


def test_the_same_seed_and_moment_fill_two_databases_alike(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    first = _dump(sqlite_template, tmp_path / "first", 7)
    second = _dump(sqlite_template, tmp_path / "second", 7)
    other = _dump(sqlite_template, tmp_path / "other", 8)
    assert first == second
    assert first["delegates"] != other["delegates"]


def _dump(template: SqliteTemplate, folder: Path, seed: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without what is random for the sake of secrecy."""
    folder.mkdir()
    with template.fresh(folder) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context(), clock.frozen(datetime(2026, 11, 23, 9, tzinfo=UTC)):
            _load(people=60, seed=seed)
            dump = {
                name: [
                    tuple(row)
                    for row in db.session.execute(
                        select(*(column for column in table.columns if not _is_random(column))).order_by(
                            *table.primary_key.columns
                        )
                    )
                ]
                for name, table in db.metadata.tables.items()
            }
        dispose(app)
        return dump


def _is_random(column: Any) -> bool:
    """Secrets; and the packed size of a workbook, which says inside when it was saved."""
    return column.name in _RANDOM or str(column) == "files.size"
