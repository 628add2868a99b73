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
from sqlalchemy.pool import ConnectionPoolEntry

from forum.extensions import db
from forum.unit_of_work import is_writing

_SQLITE_WAIT_MS = 60_000
_LOG_WAIT_MS = 1_000


def engine_options(url: str) -> dict[str, Any]:
    """Options for ``create_engine`` that fit ``url``."""
    if url.startswith("sqlite"):
        return {"module": pysqlite3, "connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def register_database(app: Flask) -> None:
    """Attach the recipe to this app's engine, and to no other."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
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
