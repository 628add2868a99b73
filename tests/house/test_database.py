"""The connection recipe and the migrations, on both databases."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError

from forum import clock
from forum.errors import ForumError
from forum.models import Account, JournalEntry
from forum.models.base import db
from forum.unit_of_work import after_commit, transaction, transactional


def _account(email: str) -> Account:
    return Account(email=email, name="A", created_at=clock.now())


def test_a_reader_cannot_write(any_app: Flask) -> None:
    db.session.add(_account("a@example.org"))
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_a_command_can_write(any_app: Flask) -> None:
    with transaction():
        db.session.add(_account("a@example.org"))
    assert db.session.scalars(select(Account.email)).all() == ["a@example.org"]


def test_a_failed_command_leaves_nothing(any_app: Flask) -> None:
    rung: list[str] = []

    @transactional
    def fail() -> None:
        db.session.add(_account("a@example.org"))
        after_commit(lambda: rung.append("bell"))
        db.session.flush()
        raise ForumError("refused")

    with pytest.raises(ForumError):
        fail()
    assert (db.session.scalars(select(Account.email)).all(), rung) == ([], [])


def test_effects_run_once_after_the_outermost_command(any_app: Flask) -> None:
    seen: list[int] = []
    with transaction():
        with transaction():
            db.session.add(_account("a@example.org"))
            after_commit(lambda: seen.append(len(db.session.scalars(select(Account.id)).all())))
        assert seen == []
    assert seen == [1]


def test_after_commit_needs_a_command(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        after_commit(lambda: None)


def test_foreign_keys_are_enforced(any_app: Flask) -> None:
    with pytest.raises(DBAPIError), transaction():
        db.session.add(JournalEntry(event_id=404, at=clock.now(), action="x"))


def test_the_migrations_make_what_the_models_say(any_app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrations_go_down_and_up_again(any_app: Flask) -> None:
    before = set(inspect(db.engine).get_table_names())
    downgrade(revision="base")
    inspect(db.engine).clear_cache()
    below = set(inspect(db.engine).get_table_names())
    upgrade()
    assert (below, set(inspect(db.engine).get_table_names())) == ({"alembic_version"}, before)


def test_every_constraint_has_a_name() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []


def test_an_effect_with_a_key_runs_once_a_command(app: Flask) -> None:
    rung: list[str] = []
    with transaction():
        for bell in ("one", "two"):
            after_commit(lambda bell=bell: rung.append(bell), key="bells")  # type: ignore[misc]
        after_commit(lambda: rung.append("without a key"))
        after_commit(lambda: rung.append("without a key"))
    assert rung == ["one", "without a key", "without a key"]
