"""What is dear to compute and asked for often, kept in the process as long as it is true."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from forum.models.base import db

T = TypeVar("T")
_EVENTS_KEPT: Final = 4


class Remembered(Generic[T]):
    """One value for each event, made anew as soon as the stamp of its data is another one.

    ``stamp`` is read at every request and has to be cheap. Of requests that come together one makes the
    value and the others wait for it.
    """

    def __init__(self, stamp: Callable[[int], Hashable], make: Callable[[int], T]) -> None:
        self._stamp = stamp
        self._make = make
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Engine, OrderedDict[int, tuple[Hashable, T]]] = WeakKeyDictionary()

    def of_event(self, event_id: int) -> T:
        """The value that holds now."""
        stamp, engine = self._stamp(event_id), _engine()
        with self._lock:
            kept = self._kept.setdefault(engine, OrderedDict())
            if event_id not in kept or kept[event_id][0] != stamp:
                kept[event_id] = stamp, self._make(event_id)
            kept.move_to_end(event_id)
            while len(kept) > _EVENTS_KEPT:
                kept.popitem(last=False)
            return kept[event_id][1]


def _engine() -> Any:
    return db.engine
