"""Commands and their transaction. The only module that commits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app

from forum.errors import BusyError
from forum.extensions import db

_log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
Effect = Callable[[], object]

_effects: ContextVar[dict[Hashable, Effect] | None] = ContextVar("effects", default=None)


def is_writing() -> bool:
    """Whether a command is under way here; outside of one, connections only read."""
    return _effects.get() is not None


def transactional(command: Callable[P, R]) -> Callable[P, R]:
    """Make ``command`` one transaction; inside another command it joins that one."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return command(*args, **kwargs)

    return run


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing of the block, then its effects. A block within a block joins the outer one."""
    if is_writing():
        yield
        return
    # The reader's transaction may have seen older data: a command starts from the present.
    db.session.rollback()
    effects: dict[Hashable, Effect] = {}
    token = _effects.set(effects)
    try:
        with _turn():
            try:
                yield
                db.session.commit()
            except BaseException:
                db.session.rollback()
                raise
    finally:
        _effects.reset(token)
    for effect in effects.values():
        _run(effect)


def after_commit(effect: Effect, *, key: Hashable = None) -> None:
    """Run ``effect`` once the command has been committed; never if it was rolled back.

    An effect is a doorbell (wake a worker): what must not be lost is a row of the command.
    Of several with the same ``key`` only the first runs.
    """
    effects = _effects.get()
    if effects is None:
        raise RuntimeError("after_commit belongs into a command")
    effects.setdefault(key if key is not None else len(effects), effect)


class Turns:
    """One writer of a process after the other, as long as each is ready to wait.

    A database with one writer makes the others wait with a connection in hand, asking again and again: a
    hundred of them leave no connection for a page that only reads, and hardly get through themselves.
    """

    def __init__(self, patience_s: float) -> None:
        self._lock = threading.Lock()
        self._patience_s = patience_s

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises ``BusyError`` when the turn does not come in time."""
        if not self._lock.acquire(timeout=self._patience_s):
            raise BusyError
        try:
            yield
        finally:
            self._lock.release()


def _turn() -> AbstractContextManager[None]:
    turns: Turns | None = current_app.extensions.get("forum_turns")
    return turns.one() if turns is not None else nullcontext()


def _run(effect: Effect) -> None:
    try:
        effect()
    except Exception:
        _log.exception("an effect failed; the periodic round will find the row")
