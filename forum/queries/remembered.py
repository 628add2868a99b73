"""What is dear to compute and asked for often, kept in the process as long as it is true."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from forum.models.base import db

T = TypeVar("T")
Mark = tuple[Any, ...]
"""What a row looks like from afar: another one as soon as the row has to be read again."""
_EVENTS_KEPT: Final = 4


class Remembered(Generic[T]):
    """One value for each event, made anew as soon as the stamp of its data is another one.

    ``stamp`` is read at every request and has to be cheap. ``make`` gets the value that held before, None
    at first: it may keep what is still true of it. Of requests that come together one makes the
    value and the others wait for it.
    """

    def __init__(self, stamp: Callable[[int], Hashable], make: Callable[[int, T | None], T]) -> None:
        self._stamp = stamp
        self._make = make
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Engine, OrderedDict[int, tuple[Hashable, T]]] = WeakKeyDictionary()

    def of_event(self, event_id: int) -> T:
        """The value that holds now."""
        stamp, engine = self._stamp(event_id), _engine()
        with self._lock:
            kept = self._kept.setdefault(engine, OrderedDict())
            known = kept.get(event_id)
            if known is None or known[0] != stamp:
                kept[event_id] = stamp, self._make(event_id, known[1] if known else None)
            kept.move_to_end(event_id)
            while len(kept) > _EVENTS_KEPT:
                kept.popitem(last=False)
            return kept[event_id][1]


def changed(before: Mapping[int, Mark], now: Mapping[int, Mark]) -> frozenset[int]:
    """Ids of the rows that have to be read: new ones, and those with another mark than ``before``."""
    return frozenset(key for key, mark in now.items() if before.get(key) != mark)


def merged(
    order: Iterable[int], ids: Collection[int], before: Mapping[int, T], new: Mapping[int, T]
) -> dict[int, T]:
    """What there is now by id, in that ``order``: of ``ids`` only what is ``new``, of the others what was.

    A row that went between the statements is in neither; without its mark it is looked for again.
    """
    both = {**before, **new}
    return {key: both[key] for key in order if key in new or (key not in ids and key in both)}


def _engine() -> Any:
    return db.engine
