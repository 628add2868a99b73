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
    """A migrated file, copied for every test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        migrate(f"sqlite:///{self._file}", folder)

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        copy = folder / "forum.db"
        shutil.copyfile(self._file, copy)
        yield f"sqlite:///{copy}"


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
    """A migrated database, cloned for every test."""

    def __init__(self, server: PostgresqlServer, folder: Path) -> None:
        self._server = server
        self._name = f"template_{os.getpid()}"
        server.run(f'CREATE DATABASE "{self._name}"')
        migrate(server.database(self._name), folder)

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        del folder
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._server.run(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        try:
            yield self._server.database(name)
        finally:
            self._server.run(f'DROP DATABASE "{name}" WITH (FORCE)')


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
