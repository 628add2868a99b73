"""Fresh databases for tests: a migrated template is made once, every test gets a copy."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from forum import create_app
from forum.config import Settings
from forum.database import dispose

_numbers = itertools.count(1)


def settings_for(database_url: str, instance_path: Path) -> Settings:
    """Settings of a test's app."""
    return Settings(
        instance_path=instance_path,
        database_url=database_url,
        secret_key="not secret in tests",
        document_key=b"k" * 32,
        base_url="http://localhost",
        testing=True,
    )


def migrate(database_url: str, instance_path: Path) -> None:
    """Make all tables by the migrations."""
    app = create_app(settings_for(database_url, instance_path))
    with app.app_context():
        upgrade()
    dispose(app)


class SqliteTemplate:
    """A migrated file, copied for every test; what a test is done with is the place of the next copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spare: list[Path] = []
        self._file = folder / "template.db"
        migrate(f"sqlite:///{self._file}", folder)

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        copy = folder / "forum.db"
        shutil.copyfile(self._file, copy)
        yield f"sqlite:///{copy}"

    @contextlib.contextmanager
    def lent(self) -> Iterator[str]:
        """The same at an address that was there before, for an app that knows it already."""
        home = self._spare.pop() if self._spare else self._folder / str(next(_numbers))
        home.mkdir()
        with self.fresh(home) as url:
            yield url
        shutil.rmtree(home)
        self._spare.append(home)


@dataclass(frozen=True)
class PostgresqlServer:
    """A server for tests only; ``url`` leads to its maintenance database."""

    url: str

    def database(self, name: str) -> str:
        return self.url.rsplit("/", 1)[0] + f"/{name}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement.encode())


class PostgresqlTemplate:
    """A migrated database, cloned; a test that is done leaves its clone, emptied, to the next."""

    def __init__(self, server: PostgresqlServer, folder: Path) -> None:
        self._server = server
        self._name = f"template_{os.getpid()}"
        self._spare: list[str] = []
        server.run(f'CREATE DATABASE "{self._name}"')
        migrate(server.database(self._name), folder)
        with self._connect(self._name) as connection:
            self._version = connection.execute("SELECT version_num FROM alembic_version").fetchone()

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        del folder
        with self.lent() as url:
            yield url

    @contextlib.contextmanager
    def lent(self) -> Iterator[str]:
        name = self._spare.pop() if self._spare else self._clone()
        yield self._server.database(name)
        if self._empty(name):
            self._spare.append(name)
        else:
            self._server.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _clone(self) -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._server.run(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        return name

    def _empty(self, name: str) -> bool:
        """Put everybody out and delete all rows; False where the tables are not as they were.

        Much faster than a new clone: a test leaves few rows, a database is thousands of pages.
        """
        with self._connect(name) as connection:
            connection.execute(_PUT_OUT, {"name": name})
            if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
                return False
            if connection.execute("SELECT version_num FROM alembic_version").fetchone() != self._version:
                return False
            connection.execute(_EMPTY)
        return True

    def _connect(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._server.database(name).replace("+psycopg", ""), autocommit=True)


_PUT_OUT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %(name)s AND pid <> pg_backend_pid()"""
_EMPTY = """DO $$
DECLARE found record; has_rows boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR found IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', found.tablename) INTO has_rows;
    IF has_rows THEN EXECUTE format('DELETE FROM %I', found.tablename); END IF;
  END LOOP;
  FOR found IN SELECT sequencename FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
  END LOOP;
END $$"""
"""Without the foreign keys' triggers, so that the order does not matter; counting begins anew."""


def find_postgresql() -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextlib.contextmanager
def postgresql_server(binaries: Path) -> Iterator[PostgresqlServer]:
    """A server of our own on a free port, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="forum-postgresql-") as folder:
        owner = _unprivileged()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = Path(folder) / "data"
        port = _free_port()
        _run(
            [binaries / "initdb", "-D", data, "-U", "forum", "-A", "trust", "-E", "UTF8", "--locale=C"], owner
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        options += " -c fsync=off -c max_connections=300"
        _run([binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", data / "log", "start"], owner)
        try:
            yield PostgresqlServer(f"postgresql+psycopg://forum@127.0.0.1:{port}/postgres")
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], owner)


def _unprivileged() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: whom to become instead, None where that is not needed."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def _run(command: list[object], owner: pwd.struct_passwd | None) -> None:
    words = [str(word) for word in command]
    if owner:
        words = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *words]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
