"""Stations: every paper comes out once, whoever prints it and whoever dies."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.domain.states import PaperKind, PrintJobStatus
from forum.ipp import Printer
from forum.models import Print, PrintJob
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries.papers import PaperChoice
from forum.services import paper_jobs, print_jobs, stations
from forum.services.print_claims import PATIENCE
from forum.services.station_work import Station
from forum.unit_of_work import transaction
from tests import factories, station_processes
from tests.cups import PdfPrinter, cups

PEOPLE = 50
KILLED_AFTER = 12


def _with_people(count: int) -> int:
    with transaction():
        event = factories.event()
        for _ in range(count):
            factories.delegate(event)
    return event.id


def _sent(count: int) -> int:
    with transaction():
        event = factories.event()
        people = [factories.delegate(event).id for _ in range(count)]
    assert print_jobs.order(actor=SYSTEM, event_id=event.id, delegate_ids=people).count == count
    return event.id


def _jobs_that_came_out(*printers: PdfPrinter) -> Counter[int]:
    titles = [title for printer in printers for title in printer.came_out()]
    return Counter(int(re.findall(r"\d+", title)[-1]) for title in titles)


def _wait_for(count: int, printer: PdfPrinter) -> None:
    until = time.monotonic() + 60
    while len(printer.came_out()) < count and time.monotonic() < until:
        time.sleep(0.05)


def test_fifty_badges_at_two_printers_come_out_once_though_a_station_is_killed(
    app: Flask, tmp_path: Path
) -> None:
    event_id = _sent(PEOPLE)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with cups("left", "right") as (left, right):
        stations = [station_processes.begun(url, tmp_path, each) for each in (left, right)]
        _wait_for(KILLED_AFTER, left)
        os.kill(int(stations[0].pid or 0), signal.SIGKILL)
        stations.append(station_processes.begun(url, tmp_path, left))
        for process in stations:
            process.join(60)
        assert [process.exitcode for process in stations] == [-signal.SIGKILL, 0, 0]
        came_out = _jobs_that_came_out(left, right)
    db.session.rollback()
    jobs = db.session.scalars(select(PrintJob).where(PrintJob.event_id == event_id)).all()
    assert came_out == dict.fromkeys((job.id for job in jobs), 1)
    assert {job.status for job in jobs} == {PrintJobStatus.PRINTED}
    assert db.session.scalar(select(func.count(Print.id)).where(Print.job_id.is_not(None))) == PEOPLE


class _Dying(Printer):
    """A printer at which the station dies at a named moment: ``after`` a step or ``before`` it."""

    dies = ""

    def create(self, **what: str) -> int:
        made = super().create(**what)
        self._live("after create")
        return made

    def send(self, remote_id: int, document: bytes) -> None:
        self._live("before send")
        super().send(remote_id, document)
        self._live("after send")

    def _live(self, moment: str) -> None:
        if moment == self.dies:
            raise KeyboardInterrupt(moment)


def test_wherever_a_station_dies_the_next_goes_on_and_the_badge_comes_out_once(app: Flask) -> None:
    event_id = _sent(3)
    with cups("desk") as (printer,):
        station_id = stations.add(actor=SYSTEM, event_id=event_id, name="Desk", sheet="a6")
        for moment in ("after create", "before send", "after send"):
            who: dict[str, Any] = {"actor": SYSTEM, "event_id": event_id, "station_id": station_id}
            dying = _Dying(printer.name, printer.server)
            object.__setattr__(dying, "dies", moment)
            with pytest.raises(KeyboardInterrupt):
                Station(**who, printer=dying, pause=_pause).work_one()
            with clock.frozen(clock.now() + 2 * PATIENCE):
                assert Station(**who, printer=printer.queue, pause=_pause).work_one() == "printed"
        assert sorted(_jobs_that_came_out(printer).values()) == [1, 1, 1]


class _Noting(Printer):
    """A printer that remembers what it was told of the paper."""

    def create(self, **what: str) -> int:
        _told.append((what["media"], what["sides"]))
        return super().create(**what)


_told: list[tuple[str, str]] = []


def test_papers_of_a_run_come_out_together_and_the_printer_hears_how(app: Flask) -> None:
    event_id = _with_people(count=2)
    with cups("office") as (printer,):
        station_id = stations.add(
            actor=SYSTEM, event_id=event_id, name="Office", sheet="a6", prints_papers=True, is_two_sided=True
        )
        paper_jobs.send_now(
            actor=SYSTEM,
            event_id=event_id,
            station_id=None,
            kind=PaperKind.AGENDA,
            sheet="",
            choice=PaperChoice(),
        )
        at_work = Station(
            actor=SYSTEM,
            event_id=event_id,
            station_id=station_id,
            printer=_Noting(printer.name, printer.server),
            pause=_pause,
        )
        assert [at_work.work_one(), at_work.work_one()] == ["printed", None]
        assert len(printer.came_out()) == 1
    assert _told == [("iso_a4_210x297mm", "two-sided-long-edge")]


def _pause(seconds: float) -> bool:
    time.sleep(seconds)
    return False
