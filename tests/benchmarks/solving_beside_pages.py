"""How pages answer while a worker computes: ``python -m tests.benchmarks.solving_beside_pages [N [S]]``.

A sample forum of N people (5,000) in SQLite, two web processes and a worker as real processes. Two readers
ask for five pages in turn for S seconds (60): first with an idle worker, then while it computes a schedule.
So is a tap at the venue, which orders a repair.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Final

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from forum import create_app
from forum.config import ROOT, from_environment
from forum.database import dispose
from forum.domain.states import MeetingStatus, PlanStatus
from forum.models import Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events, plans, repairs
from forum.scheduling.solve import QUICK
from forum.services import plans as commands
from forum.services import sample, solving
from tests.benchmarks.crashes import environment_of, wait_until, web_server
from tests.cast import browser
from tests.e2e.stage import account_of

READERS: Final = 2
WARMING_UP: Final = 5  # rounds: each web process keeps what its pages are made of
PATIENCE_S: Final = 300.0
PAGES: Final = (
    ("programme", "/e/{code}/programme", "delegate@forum.example"),
    ("my day", "/e/{code}/my/", "delegate@forum.example"),
    ("catalogue", "/e/{code}/catalogue", "delegate@forum.example"),
    ("desk today", "/e/{code}/desk/", "organiser@forum.example"),
    ("meetings now", "/e/{code}/venue/meetings/", "organiser@forum.example"),
)
Times = dict[str, list[float]]


def measure(people: int, seconds: float) -> None:
    """Print p50 and p95 of each page, without and with a computation; then what a tap at the venue costs."""
    with tempfile.TemporaryDirectory(prefix="forum-solving-") as folder:
        app = create_app(from_environment({"FORUM_INSTANCE_PATH": folder}))
        environment = environment_of(Path(folder))
        with app.app_context():
            upgrade()
            event_id = _published(people)
            with web_server(environment) as (port, _), _worker(environment) as worker:
                chosen = [(name, *_request(app, path, reader)) for name, path, reader in PAGES]
                for _ in range(WARMING_UP):
                    _ask(port, chosen, lambda: True)
                idle = _for_seconds(port, chosen, seconds)
                _tap(app, event_id, "with an idle worker")
                plan_id = commands.order(actor=SYSTEM, event_id=event_id)
                wait_until(lambda: _status(plan_id) is PlanStatus.SOLVING, worker)
                busy = _for_seconds(port, chosen, seconds)
                still = _status(plan_id) is PlanStatus.SOLVING
                _print(people, idle, busy, still)
                _tap(app, event_id, "beside the computation")
                print("which goes on" if _status(plan_id) is PlanStatus.SOLVING else "which was over by then")
        dispose(app)


def _published(people: int) -> int:
    """A sample forum with a schedule in force, made in a hurry."""
    sample.load(actor=SYSTEM, people=people, seed=1, password="of a benchmark")
    event_id = events.chosen(None).id
    plan_id = commands.order(actor=SYSTEM, event_id=event_id)
    solving.work(plan_id, effort=QUICK)
    commands.publish(actor=SYSTEM, event_id=event_id, plan_id=plan_id)
    return event_id


def _tap(app: Flask, event_id: int, when: str) -> None:
    """Somebody with many meetings does not come: how long the phone waits, and how long until the repair."""
    before = _newest_draft(event_id)
    app.config["WTF_CSRF_ENABLED"] = False
    plan = plans.in_force(event_id)
    seats = select(MeetingParticipant.delegate_id).join(Meeting).where(Meeting.plan_id == plan.id)
    missed = seats.where(Meeting.status == MeetingStatus.MISSED)
    here = seats.where(MeetingParticipant.delegate_id.not_in(missed))
    often = here.group_by(MeetingParticipant.delegate_id).order_by(func.count().desc()).limit(1)
    client = browser(app, account_of("desk@forum.example"))
    path = f"/e/{events.chosen(None).code}/venue/people/{db.session.scalars(often).one()}/no-show"
    began = time.perf_counter()
    answer = client.post(path)
    waited = time.perf_counter() - began
    while _newest_draft(event_id) in (None, before) and time.perf_counter() - began < PATIENCE_S:
        time.sleep(0.05)
    ready = time.perf_counter() - began
    print(f"a tap {when}: {answer.status_code} after {1000 * waited:.0f} ms; repair after {ready:.1f} s")


def _newest_draft(event_id: int) -> int | None:
    db.session.rollback()
    plan = repairs.state(event_id).plan
    return plan.id if plan is not None and plan.is_draft else None


def _print(people: int, idle: Times, busy: Times, still: bool) -> None:
    end = "still computing at the end" if still else "the computation was over before the end"
    print(f"{people} people, {READERS} readers; {end}")
    print(f"{'page':<14} {'alone p50':>10} {'p95':>6} {'beside p50':>11} {'p95':>6}  ms")
    for name in idle:
        (a, b), (c, d) = (_middle(times[name]) for times in (idle, busy))
        print(f"{name:<14} {a:>10.0f} {b:>6.0f} {c:>11.0f} {d:>6.0f}  ({len(idle[name])}, {len(busy[name])})")


def _middle(times: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20, method="inclusive")
    return 1000 * cuts[9], 1000 * cuts[18]


def _for_seconds(port: int, chosen: Sequence[tuple[str, str, str]], seconds: float) -> Times:
    end = time.monotonic() + seconds
    return _ask(port, chosen, lambda: time.monotonic() > end)


def _ask(port: int, chosen: Sequence[tuple[str, str, str]], is_over: Callable[[], bool]) -> Times:
    """The readers ask for one page after the other, each at least once."""
    times: Times = {name: [] for name, _, _ in chosen}

    def read() -> None:
        while True:
            for name, path, cookie in chosen:
                times[name].append(_get(port, path, cookie))
            if is_over():
                return

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    return times


def _get(port: int, path: str, cookie: str) -> float:
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"session={cookie}"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    connection.close()
    return time.perf_counter() - began


def _request(app: Flask, path: str, reader: str) -> tuple[str, str]:
    cookie = browser(app, account_of(reader)).get_cookie("session")
    assert cookie is not None
    return path.format(code=events.chosen(None).code), cookie.value


def _status(plan_id: int) -> PlanStatus | None:
    db.session.rollback()
    return db.session.get_one(Plan, plan_id, populate_existing=True).status


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]] + [5_000, 60][len(sys.argv) - 1 :]
    measure(given[0], given[1])
