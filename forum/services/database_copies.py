"""A copy of the database while others write, and a database made anew from a copy.

SQLite is copied page by page by its online backup, within one read transaction; PostgreSQL by
``pg_dump``, which sees one snapshot. Either is put back as one transaction: all of it or nothing.
"""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import URL

from forum.config import environment_of_child
from forum.errors import ForumError

_WAIT_SECONDS: Final = 60
_PROGRAMS: Final = "/usr/lib/postgresql"

# A table that the copy does not know would otherwise outlive it. Whoever still holds one is not waited
# for: the app should be closed.
_DROP_ALL: Final = """
SET lock_timeout = '10s';
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', found.tablename);
  END LOOP;
END $$;
"""


def dump(url: URL, out: Path) -> None:
    """Write a consistent copy of the database at ``url``.

    Raises:
        ForumError: ``program_missing``; ``database_refused``.
    """
    if url.get_backend_name() == "sqlite":
        _dump_sqlite(str(url.database), out)
    else:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={out}")


def load(url: URL, copy: Path) -> None:
    """Make the database at ``url`` what ``copy`` is; what was there is gone.

    Raises:
        ForumError: ``archive_damaged``; ``program_missing``; ``database_refused``.
    """
    if url.get_backend_name() == "sqlite":
        _load_sqlite(copy, str(url.database))
    else:
        _load_postgresql(url, copy)


def connection(url: URL) -> tuple[str, dict[str, str]]:
    """How PostgreSQL's programs find the database: an address that everybody may see in the list of
    processes, and the credentials as variables, which nobody else can.
    """
    hidden = {"PGUSER": url.username, "PGPASSWORD": url.password or url.query.get("password")}
    bare = url.set(drivername="postgresql").difference_update_query(["password"])
    address = URL.create(
        "postgresql", host=bare.host, port=bare.port, database=bare.database, query=bare.query
    )
    return address.render_as_string(), {name: str(value) for name, value in hidden.items() if value}


def _dump_sqlite(database: str, out: Path) -> None:
    with closing(_sqlite(database)) as source, closing(_sqlite(str(out))) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        # Pages that are free still hold what was deleted; a copy must not bring that back.
        target.execute("VACUUM")


def _load_sqlite(copy: Path, database: str) -> None:
    with closing(_sqlite(str(copy))) as source, closing(_sqlite(database)) as target:
        try:
            verdict = source.execute("PRAGMA integrity_check").fetchone()
        except pysqlite3.DatabaseError as error:
            raise ForumError("archive_damaged") from error
        if verdict != ("ok",):
            raise ForumError("archive_damaged")
        try:
            source.backup(target)
        except pysqlite3.OperationalError as error:
            raise ForumError("database_refused", reason=str(error)) from error


def _sqlite(database: str) -> Any:
    return pysqlite3.connect(database, timeout=_WAIT_SECONDS, isolation_level=None)


def _load_postgresql(url: URL, copy: Path) -> None:
    script, clearing = copy.with_suffix(".sql"), copy.with_suffix(".clear.sql")
    _execute([_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(copy)], {})
    clearing.write_text(_DROP_ALL, encoding="utf-8")
    quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction")
    _run(url, "psql", *quiet, f"--file={clearing}", f"--file={script}")


def _run(url: URL, program: str, *arguments: str) -> None:
    address, credentials = connection(url)
    _execute([_program(program), *arguments, "--no-password", f"--dbname={address}"], credentials)


def _execute(command: list[str], credentials: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with arguments of our own
        command, env=environment_of_child(credentials), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ForumError("database_refused", reason=done.stderr.strip())


def _program(name: str) -> str:
    """Where ``name`` is, the newest one where there are several: an older one refuses a newer server."""
    installed = sorted(Path(_PROGRAMS).glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if not found:
        raise ForumError("program_missing", program=name)
    return found
