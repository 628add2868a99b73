"""Commands and their transaction. The only module that commits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

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


def _run(effect: Effect) -> None:
    try:
        effect()
    except Exception:
        _log.exception("an effect failed; the periodic round will find the row")
