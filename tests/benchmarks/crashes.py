"""Killing workers and web servers with ``kill -9`` in the middle of their work, and counting what is left.

``python -m tests.benchmarks.crashes [N]`` kills a worker N times while it prints, N times while it
computes, and N web workers while people sign up for a visit, all as real processes on a new instance.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pypdf
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from forum import clock, create_app
from forum.config import ROOT, from_environment
from forum.database import dispose
from forum.domain.roles import Role
from forum.domain.states import JobStatus, PaperKind, PlanStatus
from forum.models import JournalEntry, Paper, Plan, Print, PrintRun, Seat, Visit
from forum.models.base import db
from forum.models.leases import Leased
from forum.policy import SYSTEM
from forum.queries import plan_checks
from forum.queries.papers import PaperChoice
from forum.services import papers, plans, print_runs
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.small_forums import SmallForum, small_forum

PEOPLE: Final = 150
_PATIENCE_S: Final = 60.0
_PRINTING: Final = (JobStatus.QUEUED, JobStatus.RUNNING)
_COMPUTING: Final = (PlanStatus.QUEUED, PlanStatus.SOLVING)


@dataclass
class Instance:
    """A forum in a folder of its own, served by real processes."""

    folder: Path
    app: Flask
    forum: SmallForum
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.folder)

    def ring(self, kind: str, row_id: int) -> None:
        """What the round of every minute does for a row that waits."""
        self.app.extensions["forum_queue"].answer(kind, row_id)


def environment_of(folder: Path) -> dict[str, str]:
    """What a process needs to serve the instance in that folder."""
    return {**os.environ, "FORUM_INSTANCE_PATH": str(folder), "FLASK_APP": "wsgi.py"}


@contextmanager
def instance() -> Iterator[Instance]:
    """A new instance with ``PEOPLE`` people, and companies that all want to meet."""
    with tempfile.TemporaryDirectory(prefix="forum-crashes-") as folder:
        app = create_app(from_environment({"FORUM_INSTANCE_PATH": folder}))
        with app.app_context():
            upgrade()
            forum = small_forum(companies=12, slots=10, tables=5)
            with transaction():
                event = db.session.merge(forum.event)
                for _ in range(PEOPLE - len(forum.delegates)):
                    factories.delegate(event)
            yield Instance(Path(folder), app, forum)
        dispose(app)


def kill_printing(at: Instance, kills: int, after: Callable[[], float]) -> Counter[str]:
    """Order papers and kill whoever prints them, until as many workers have died."""
    counts: Counter[str] = Counter()
    while counts["kills"] < kills:
        run_id = papers.order(
            actor=SYSTEM, event_id=at.forum.event.id, kind=PaperKind.BADGE, sheet="a6", choice=PaperChoice()
        )
        _kill_until_over(at, PrintRun, "print", run_id, _PRINTING, counts, kills, after)
        run = db.session.get_one(PrintRun, run_id)
        counts[f"runs {run.status.value}"] += 1
        counts["printed wrongly"] += not _is_printed_once(run)
    db.session.rollback()
    named = set(db.session.scalars(select(PrintRun.file_name).where(PrintRun.file_name.is_not(None))))
    lying = {path.name for path in (at.folder / "papers").glob("*")}
    counts["files too many"], counts["files missing"] = len(lying - named), len(named - lying)
    revised = select(func.count(Paper.id)).where(Paper.revision > 1)
    counts["revisions without a change"] = db.session.scalar(revised) or 0
    return counts


def _is_printed_once(run: PrintRun) -> bool:
    printed = db.session.scalar(select(func.count(Print.id)).where(Print.run_id == run.id))
    if run.status is not JobStatus.DONE:
        return run.error == "interrupted" and printed == 0
    pages = len(pypdf.PdfReader(print_runs.file_of(str(run.file_name))).pages)
    return (printed, pages) == (PEOPLE, 2 * PEOPLE) or (printed, pages) == (PEOPLE, PEOPLE)


def kill_computing(at: Instance, kills: int, after: Callable[[], float]) -> Counter[str]:
    """Order schedules and kill whoever computes them, until as many workers have died."""
    counts: Counter[str] = Counter()
    while counts["kills"] < kills:
        plan_id = plans.order(actor=SYSTEM, event_id=at.forum.event.id, seed=counts["kills"])
        _kill_until_over(at, Plan, "solve", plan_id, _COMPUTING, counts, kills, after)
        plan = db.session.get_one(Plan, plan_id)
        counts[f"plans {plan.status.value}"] += 1
        computed = select(func.count(JournalEntry.id)).where(
            JournalEntry.action == "plan_computed", JournalEntry.subject_id == plan_id
        )
        is_draft = plan.status is PlanStatus.DRAFT
        counts["computed wrongly"] += db.session.scalar(computed) != int(is_draft)
        counts["clashes"] += len(plan_checks.clashes_of(event_id=plan.event_id, plan_id=plan_id))
        counts["given up"] += plan.error == "plan_gave_up"
    return counts


def _kill_until_over(
    at: Instance,
    table: Any,
    kind: str,
    row_id: int,
    unfinished: tuple[Any, ...],
    counts: Counter[str],
    kills: int,
    after: Callable[[], float],
) -> None:
    """Workers die over the row, one after another, until it is over; the last one is left alone."""
    while _row(table, row_id).status in unfinished:
        attempts = _row(table, row_id).attempts
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "worker"],
            cwd=ROOT,
            env=at.environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: _row(table, row_id).attempts > attempts, process)  # noqa: B023
            if counts["kills"] < kills:
                time.sleep(after())
            else:
                wait_until(lambda: _row(table, row_id).status not in unfinished, process)
            counts["kills"] += _row(table, row_id).status in unfinished
            counts["too late to kill"] += _row(table, row_id).status not in unfinished
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        _let_the_lease_run_out(table, row_id)
        at.ring(kind, row_id)


def _row(table: type[Leased], row_id: int) -> Any:
    db.session.rollback()
    return db.session.get_one(table, row_id, populate_existing=True)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for something that the process does."""
    give_up = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > give_up or process.poll() is not None:
            raise RuntimeError("the worker hangs or has ended by itself")
        time.sleep(0.02)


def _let_the_lease_run_out(table: type[Leased], row_id: int) -> None:
    """As if its two minutes had passed."""
    with transaction():
        row = db.session.get_one(table, row_id, populate_existing=True)
        if row.leased_until is not None:
            row.leased_until = clock.now() - timedelta(seconds=1)


def kill_web(at: Instance, kills: int, after: Callable[[], float]) -> Counter[str]:
    """People sign up over HTTP while web workers are killed: what was acknowledged must be there."""
    counts: Counter[str] = Counter()
    with transaction():
        event = db.session.merge(at.forum.event)
        visit = factories.visit(event, factories.site(event), capacity=PEOPLE)
        people = [factories.delegate(event) for _ in range(40 * kills)]
    cookies = [_cookie(at, person.id) for person in people]
    path, visit_id = f"/e/{event.code}/my/visits", visit.id
    with web_server(at.environment) as (port, master):
        stop = threading.Event()
        killer = threading.Thread(target=_kill_children, args=(master, kills, after, counts, stop))
        killer.start()
        with ThreadPoolExecutor(4) as pool:
            acknowledged = [
                person.id
                for person, was_told in zip(
                    people,
                    pool.map(lambda cookie: _sign_up(port, path, visit_id, cookie), cookies),
                    strict=True,
                )
                if was_told
            ]
        stop.set()
        killer.join()
    db.session.rollback()
    kept = set(db.session.scalars(select(Seat.delegate_id).where(Seat.visit_id == visit_id)))
    seated = select(func.count(Seat.id)).where(Seat.visit_id == visit_id, Seat.status == "seated")
    taken = db.session.scalar(select(Visit.taken).where(Visit.id == visit_id))
    counts["acknowledged"], counts["kept"] = len(acknowledged), len(kept)
    counts["acknowledged but lost"] = len(set(acknowledged) - kept)
    counts["counted wrongly"] = int(db.session.scalar(seated) != taken)
    return counts


def _cookie(at: Instance, delegate_id: int) -> str:
    account = cast.account(Role.DELEGATE, event_id=at.forum.event.id)
    with transaction():
        db.session.get_one(factories.Delegate, delegate_id).account_id = account.id
    cookie = cast.browser(at.app, account).get_cookie("session")
    assert cookie is not None
    return cookie.value


def _sign_up(port: int, path: str, visit_id: int, cookie: str) -> bool:
    """Whether the seat was acknowledged."""
    try:
        page, session = _ask(port, "GET", path, cookie, "")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            return False
        body = urlencode({"csrf_token": token[1]})
        answer, _ = _ask(port, "POST", f"{path}/{visit_id}/sign-up", session or cookie, body)
    except (OSError, HTTPException):
        return False
    return answer == "303"


def _ask(port: int, method: str, path: str, cookie: str, body: str) -> tuple[str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    try:
        headers = {"Cookie": f"session={cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        set_cookie = re.match(r"session=([^;]+)", answer.headers.get("Set-Cookie", ""))
        return text if method == "GET" else str(answer.status), set_cookie[1] if set_cookie else ""
    finally:
        connection.close()


@contextmanager
def web_server(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Two web processes; gives their port and the id of the process above them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["gunicorn", "--workers=2", "--threads=4", f"--bind=127.0.0.1:{port}", "wsgi:app"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: _is_open(port), process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _kill_children(
    master: int, kills: int, after: Callable[[], float], counts: Counter[str], stop: threading.Event
) -> None:
    while counts["kills"] < kills and not stop.wait(after()):
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)
            counts["kills"] += 1


def main(kills: int) -> None:
    moments = random.Random(1)
    with instance() as at:
        for name, kill, longest in (
            ("printing", kill_printing, 2.5),
            ("computing", kill_computing, 1.5),
            ("web", kill_web, 1.5),
        ):
            started = time.monotonic()
            counts = kill(at, kills, lambda: moments.uniform(0, longest))  # noqa: B023
            said = ", ".join(f"{key} {value}" for key, value in sorted(counts.items()))
            print(f"{name}: {said}; {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
