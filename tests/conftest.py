"""Apps on real databases."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.printing import badge_side
from forum.printing.documents import BadgeDocument
from tests.apps import app_on
from tests.databases import (
    PostgresqlServer,
    PostgresqlTemplate,
    SqliteTemplate,
    find_postgresql,
    postgresql_server,
)
from tests.tools import missing


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the garbage collector need not look at it for every app."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlTemplate]:
    given = os.environ.get("FORUM_TEST_POSTGRESQL_URL")
    binaries = find_postgresql()
    with ExitStack() as stack:
        if given:
            server = PostgresqlServer(given.replace("postgresql://", "postgresql+psycopg://"))
        elif binaries:
            server = stack.enter_context(postgresql_server(binaries))
        else:
            missing("a PostgreSQL server")
        yield PostgresqlTemplate(server, tmp_path_factory.mktemp("postgresql-template"))


@pytest.fixture
def app(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Flask]:
    """An app on a fresh SQLite file, with its context pushed."""
    with sqlite_template.lent() as url, app_on(url, tmp_path) as app:
        yield app


@pytest.fixture(params=["sqlite", "postgresql"])
def any_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The same test once on SQLite and once on PostgreSQL."""
    template = request.getfixturevalue(f"{request.param}_template")
    with template.lent() as url, app_on(url, tmp_path) as app:
        yield app


@pytest.fixture
def postgresql_app(postgresql_template: PostgresqlTemplate, tmp_path: Path) -> Iterator[Flask]:
    """An app on a fresh PostgreSQL database, for what differs there."""
    with postgresql_template.lent() as url, app_on(url, tmp_path) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of the badges that were drawn, rather than found."""
    numbers: list[str] = []
    compose = badge_side.compose

    def counted(document: BadgeDocument, *rest: object) -> object:
        numbers.append(document.number)
        return compose(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(badge_side, "compose", counted)
    return numbers
