"""Apps on real databases."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from forum import create_app
from forum.database import dispose
from forum.models.base import db
from tests.databases import (
    PostgresqlServer,
    PostgresqlTemplate,
    SqliteTemplate,
    find_postgresql,
    postgresql_server,
    settings_for,
)
from tests.tools import missing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


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
    with sqlite_template.fresh(tmp_path) as url:
        yield from _app_on(url, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The same test once on SQLite and once on PostgreSQL."""
    template = request.getfixturevalue(f"{request.param}_template")
    with template.fresh(tmp_path) as url:
        yield from _app_on(url, tmp_path)


@pytest.fixture
def postgresql_app(postgresql_template: PostgresqlTemplate, tmp_path: Path) -> Iterator[Flask]:
    """An app on a fresh PostgreSQL database, for what differs there."""
    with postgresql_template.fresh(tmp_path) as url:
        yield from _app_on(url, tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class _CompiledTemplates(BytecodeCache):
    """Templates are compiled once, not once for every test's app."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_compiled_templates = _CompiledTemplates()


class _CompiledAddresses:
    """What writes a route's addresses is compiled once: it depends on the route alone, not on the app.

    Compiling it for every test's app was most of what an app costs.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
        self._compile = Rule._compile_builder

    def compile(self, rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple((rule.defaults or {}).items())
        key = (rule.rule, rule.subdomain, rule.merge_slashes, defaults, append_unknown)
        if key not in self._known:
            self._known[key] = self._compile(rule, append_unknown)
        return self._known[key]


_compiled_addresses = _CompiledAddresses()
Rule._compile_builder = lambda *which: _compiled_addresses.compile(*which)  # type: ignore[method-assign]


def _app_on(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings_for(url, folder))
    app.jinja_env.bytecode_cache = _compiled_templates
    app.wsgi_app = _with_a_clean_g(app.wsgi_app)  # type: ignore[method-assign]
    with app.app_context():
        yield app
    dispose(app)


def _with_a_clean_g(wsgi_app: WSGIApplication) -> WSGIApplication:
    """Requests join the context that the test has pushed: neither the reader of one nor what it has
    read must stay for the next.
    """

    def run(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        for name in list(g):
            g.pop(name)
        db.session.rollback()
        return wsgi_app(environ, start_response)

    return run
