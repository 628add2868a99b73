"""Papers for stations to print: a run that is drawn as any other, and then goes to a printer in one piece."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import PaperKind, PrintJobStatus
from forum.errors import ForumError
from forum.models import PrintJob, PrintRun
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.pdf import OnProgress
from forum.queries.papers import PaperChoice
from forum.services import journal, papers, print_runs, stations
from forum.unit_of_work import transactional

_OPEN = (PrintJobStatus.QUEUED, PrintJobStatus.TAKEN)


@transactional
def order(
    *,
    actor: Actor,
    event_id: int,
    kind: PaperKind,
    sheet: str,
    choice: PaperChoice,
    reason: str = "",
    station_id: int | None = None,
) -> int:
    """Draw papers and send them to a station, or to whichever is free first. Returns the run's id.

    Raises:
        ForumError: as of ``papers.order``; ``no_such_station``, ``station_prints_badges``,
            ``no_station_for_papers``; ``papers_wait_for_printer`` where the same was ordered and is not out.
    """
    run = _ordered(actor, event_id, station_id, kind=kind, sheet=sheet, choice=choice, reason=reason)
    jobs.ring("print", run.id)
    return run.id


def send_now(
    *,
    actor: Actor,
    event_id: int,
    station_id: int | None,
    on_progress: OnProgress | None = None,
    **order: Any,
) -> int:
    """As ``order``, but drawn here and now, for the command line. Returns how many papers wait for a printer.

    Raises:
        ForumError: as of ``order``; ``printing_failed``.
    """
    run_id = _begun(actor=actor, event_id=event_id, station_id=station_id, **order)
    print_runs.carry_out(run_id, papers.FIRST_LEASE, on_progress=on_progress)
    db.session.rollback()
    run = db.session.get_one(PrintRun, run_id)
    if run.file_name is None:
        raise ForumError(run.error or "printing_failed")
    return run.total


@transactional
def _begun(*, actor: Actor, event_id: int, station_id: int | None, **order: Any) -> int:
    run = _ordered(actor, event_id, station_id, **order)
    papers.hold(run)
    return run.id


def _ordered(actor: Actor, event_id: int, station_id: int | None, **order: Any) -> PrintRun:
    require(actor, Permission.PRINT, event_id)
    stations.check_prints(event_id, station_id, papers=True)
    run = papers.new_run(actor, event_id, **order)
    _check_new(run)
    db.session.add(
        PrintJob(
            event_id=event_id,
            run_id=run.id,
            kind=run.kind,
            station_id=station_id,
            status=PrintJobStatus.QUEUED,
            ordered_by_id=actor.account_id,
            created_at=clock.now(),
        )
    )
    journal.record(
        actor=actor,
        action="papers_sent_to_printer",
        event_id=event_id,
        subject_kind="print_run",
        subject_id=run.id,
        kind=run.kind.value,
        count=run.total,
    )
    return run


def _check_new(run: PrintRun) -> None:
    rows = db.session.execute(
        select(PrintRun.choice, PrintRun.sheet)
        .join(PrintJob, PrintJob.run_id == PrintRun.id)
        .where(PrintJob.event_id == run.event_id, PrintJob.kind == run.kind, PrintJob.status.in_(_OPEN))
    )
    if (run.choice, run.sheet) in [(row.choice, row.sheet) for row in rows]:
        raise ForumError("papers_wait_for_printer")
