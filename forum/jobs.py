"""Background work. The queue only rings: what is to be done is a row that a worker takes with a lease.

The queue may lose a ring or deliver it twice. Whoever answers therefore takes the row first (see
``models.leases``), and every minute a round rings again for rows that wait or whose lease ran out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from forum.config import Settings
from forum.unit_of_work import after_commit

_log = logging.getLogger(__name__)
Handler = Callable[[int], object]
Waiting = Callable[[], Iterable[int]]

_ALL = 0  # no row has this id
_handlers: dict[str, Handler] = {}
_waiting: dict[str, Waiting] = {}


def handles(kind: str, *, waiting: Waiting) -> Callable[[Handler], Handler]:
    """Register who answers rings of ``kind``, and how to find the ids of rows that wait for it."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        _waiting[kind] = waiting
        return handler

    return register


def ring(kind: str, row_id: int) -> None:
    """Within a command: wake a worker for the row once the command is committed."""
    queue = current_app.extensions["forum_queue"]
    after_commit(lambda: queue.answer(kind, row_id))


def ring_for_all(kind: str) -> None:
    """Within a command: wake a worker for whatever waits of ``kind``, once however often it is asked for."""
    queue = current_app.extensions["forum_queue"]
    after_commit(lambda: queue.answer(kind, _ALL), key=("ring_for_all", kind))


def instance_path() -> Path:
    """The folder in which finished work may leave files."""
    return Path(current_app.instance_path)


def register_jobs(app: Flask, settings: Settings) -> None:
    """Give the app its queue with the two tasks that it knows."""
    queue = _queue(settings)

    @queue.task()
    def answer(kind: str, row_id: int) -> None:
        with app.app_context():
            _answer(kind, row_id)

    @queue.periodic_task(crontab(minute="*"))
    def make_a_round() -> None:
        with app.app_context():
            go_round()

    queue.answer = answer
    app.extensions["forum_queue"] = queue


def go_round() -> None:
    """Answer for every row that waits, whether or not anybody rang."""
    for kind in _waiting:
        _answer(kind, _ALL)


def work_off(app: Flask) -> int:
    """Answer all rings that are queued, here and now; returns how many."""
    queue: Huey = app.extensions["forum_queue"]
    count = 0
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        count += 1
    return count


def serve(app: Flask, *, workers: int = 1) -> None:
    """Answer rings until told to stop (the worker process)."""
    queue: Huey = app.extensions["forum_queue"]
    app.extensions["forum_serves"] = True
    queue.create_consumer(workers=workers, periodic=True, max_delay=1.0, check_worker_health=True).run()


def is_serving() -> bool:
    """Is this a worker process, which others wait for whatever it is doing?"""
    return "forum_serves" in current_app.extensions


def _answer(kind: str, row_id: int) -> None:
    if row_id == _ALL:
        for each in list(_waiting[kind]()):
            _answer(kind, each)
        return
    try:
        _handlers[kind](row_id)
    except Exception:
        _log.exception("%s %s failed", kind, row_id)


def _queue(settings: Settings) -> Any:
    if settings.testing:
        return MemoryHuey("forum", results=False)
    if settings.queue_url is None:
        return SqliteHuey("forum", filename=str(settings.instance_path / "queue.db"), results=False)
    if urlsplit(settings.queue_url).scheme == "postgresql":
        return PostgresHuey("forum", dsn=settings.queue_url, results=False)
    return RedisHuey("forum", url=settings.queue_url, results=False)
