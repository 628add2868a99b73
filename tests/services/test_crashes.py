"""Workers that are killed in the middle: their work is done once by the next, or ends as failed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from forum.domain.states import JobStatus, PaperKind
from forum.models import PrintRun
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries.papers import PaperChoice
from forum.services import leases, papers, print_runs
from forum.unit_of_work import transaction
from tests import factories
from tests.benchmarks import crashes


@pytest.mark.slow
def test_a_killed_worker_prints_and_computes_nothing_twice() -> None:
    """Real processes, killed a moment after they have begun; ``tests.benchmarks.crashes`` kills many."""
    with crashes.instance() as at:
        printing = crashes.kill_printing(at, 1, lambda: 0.2)
        computing = crashes.kill_computing(at, 1, lambda: 0.1)
    assert (+printing).keys() <= {"kills", "too late to kill", "runs done"}
    assert (+computing).keys() <= {"kills", "too late to kill", "plans draft"}


def test_the_file_of_a_worker_that_died_before_its_row_does_not_stay(app: Flask) -> None:
    with transaction():
        event = factories.event()
        factories.delegate(event)
    run_id = papers.order(
        actor=SYSTEM, event_id=event.id, kind=PaperKind.BADGE, sheet="a6", choice=PaperChoice()
    )
    leases.take(table=PrintRun, row_id=run_id, statuses=(JobStatus.QUEUED,), length=timedelta(seconds=-1))
    left = print_runs.file_of(f"{run_id}-1.pdf")
    left.parent.mkdir()
    left.write_bytes(b"%PDF of somebody who died")
    print_runs.work(run_id)
    db.session.rollback()
    run = db.session.get_one(PrintRun, run_id)
    assert (run.status, sorted(left.parent.iterdir())) == (
        JobStatus.DONE,
        [print_runs.file_of(str(run.file_name))],
    )
