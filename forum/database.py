"""How connections behave: writers queue up before they read, readers cannot write.

SQLite opens a transaction lazily and lets two of them read the same free seat; a transaction
that begins as a reader and then writes fails at once, whatever ``busy_timeout`` says. So every
command begins IMMEDIATE, and everything else may only read.
"""

from __future__ import annotations

from typing import Any

import pysqlite3.dbapi2 as pysqlite3
from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from forum.errors import BusyError
from forum.extensions import db
from forum.unit_of_work import Turns, is_writing

_SQLITE_WAIT_MS = 60_000
_LOG_WAIT_MS = 1_000
_CONNECTIONS = {"pool_size": 10, "max_overflow": 20, "pool_timeout": 30}
# PostgreSQL's words for: too many connections, deadlock, not to be serialised, lock not to be had in time.
_BUSY_STATES = frozenset({"53300", "40P01", "40001", "55P03"})


def engine_options(url: str) -> dict[str, Any]:
    """Options for ``create_engine`` that fit ``url``."""
    if url.startswith("sqlite"):
        return {"module": pysqlite3, "connect_args": {"check_same_thread": False}, **_CONNECTIONS}
    return {"pool_pre_ping": True, **_CONNECTIONS}


def is_busy(error: BaseException) -> bool:
    """Whether ``error`` only says that too many want something of the database at this moment."""
    if isinstance(error, BusyError | PoolTimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    is_locked = getattr(cause, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return is_locked or getattr(cause, "sqlstate", None) in _BUSY_STATES


def register_database(app: Flask) -> None:
    """Attach the recipe to this app's engine, and to no other."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        app.extensions["forum_turns"] = Turns(_SQLITE_WAIT_MS / 1000)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    app.extensions["forum_engine"] = engine


def dispose(app: Flask) -> None:
    """Close every connection: before a fork, and at the end of a test."""
    engine: Engine = app.extensions["forum_engine"]
    engine.dispose()


def forget() -> None:
    """Let go of what the write-ahead log still holds of erased rows; PostgreSQL's vacuum sees to its own.

    A reader who is still at it keeps the log alive. The worker tries again within the hour.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_LOG_WAIT_MS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={_SQLITE_WAIT_MS}")
        cursor.close()
    finally:
        connection.close()


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_SQLITE_WAIT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # What is erased is overwritten, not only let go of.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if is_writing():
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not is_writing():
        # A page is of one moment, whatever is committed while it is read: so it is with SQLite too.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
