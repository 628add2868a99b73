"""What is dear to make of rows, kept in the process for as long as the same statements read the same rows."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event

from forum.models.base import db
from forum.unit_of_work import is_writing

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Statement = tuple[str, Any]
_MOST_KEPT: Final = 4
_MOST_MOMENTS: Final = 32


@dataclass(frozen=True)
class _Kept(Generic[T]):
    statements: tuple[Statement, ...]
    digest: bytes
    value: T
    moments: deque[Hashable] = field(default_factory=lambda: deque(maxlen=_MOST_MOMENTS))


class Reread(Generic[K, T]):
    """One value for each event, or whatever ``key`` is of, made of what ``make`` reads alone.

    The statements that it sends are noted. Before the value is given out again, unless nothing was written at
    all, they are sent once more, and what they read is compared by its digest: far cheaper than to make
    objects of it, and needs nobody who says what has changed. ``make`` must read columns and not the parts of
    objects: what a session knows it does not read again. The value is shared and must not be changed.
    The ``most`` values asked for last are kept.
    """

    def __init__(self, make: Callable[[K], T], most: int = _MOST_KEPT) -> None:
        self._make = make
        self._most = most
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Engine, OrderedDict[K, _Kept[T]]] = WeakKeyDictionary()

    def of(self, key: K) -> T:
        """The value that holds now, within the reader's or the command's transaction."""
        db.session.flush()
        connection = db.session.connection()
        with self._lock:
            known = self._kept.setdefault(connection.engine, OrderedDict()).get(key)
        moment = None if is_writing() else _moment(connection)
        if known is not None and _still_holds(connection, known, moment):
            return known.value
        with _noted(connection) as statements:
            value = self._make(key)
        # In a command what is read a moment later may be newer; a reader sees one moment all along.
        if not is_writing():
            made = _Kept(tuple(statements), _digest(connection, statements), value)
            made.moments.append(moment)
            self._keep(connection.engine, key, made)
        return value

    def _keep(self, engine: Engine, key: K, made: _Kept[T]) -> None:
        with self._lock:
            kept = self._kept.setdefault(engine, OrderedDict())
            kept[key] = made
            kept.move_to_end(key)
            while len(kept) > self._most:
                kept.popitem(last=False)


def _still_holds(connection: Connection, known: _Kept[T], moment: Hashable) -> bool:
    if moment is not None and moment in known.moments:
        return True
    holds = _digest(connection, known.statements) == known.digest
    if holds and moment is not None:
        known.moments.append(moment)
    return holds


def _moment(connection: Connection) -> Hashable:
    """The same for two readers only if nothing at all has been written between them.

    SQLite tells each connection of what others have committed, and of how much it has changed itself;
    PostgreSQL of whose transactions the reader sees.
    """
    if connection.dialect.name != "sqlite":
        return connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
    held: Any = connection.connection
    reader = held.info.setdefault("forum_reader", object())
    others = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    return reader, others, held.dbapi_connection.total_changes


@contextmanager
def _noted(connection: Connection) -> Iterator[list[Statement]]:
    """What the block sends to the database."""
    said: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        said.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(connection, "before_cursor_execute", note)


def _digest(connection: Connection, statements: Iterable[Statement]) -> bytes:
    """Of the rows as the driver gives them: nothing is made of them."""
    seen = hashlib.blake2b(digest_size=16)
    cursor = connection.connection.cursor()
    try:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            seen.update(repr(cursor.fetchall()).encode())
    finally:
        cursor.close()
    return seen.digest()
