"""The worker's side of printing: takes a run with a lease and leaves a PDF, or says why not."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, exists, select, update

from forum import clock, jobs
from forum.domain.states import JobStatus, PrintJobStatus
from forum.errors import ForumError
from forum.models import Print, PrintJob, PrintRun
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.pdf import OnProgress
from forum.queries import papers
from forum.queries.paper_kinds import nothing_chosen
from forum.services import drawing, leases, print_shelf, revisions
from forum.services.revisions import Prepared
from forum.unit_of_work import after_commit, transactional

_log = logging.getLogger(__name__)
ATTEMPTS: Final = 3
_UNFINISHED: Final = (JobStatus.QUEUED, JobStatus.RUNNING)
_WRITE_EVERY: Final = timedelta(milliseconds=500)


def _waiting() -> Iterable[int]:
    return db.session.scalars(
        select(PrintRun.id).where(
            PrintRun.status.in_(_UNFINISHED),
            PrintRun.leased_until.is_(None) | (PrintRun.leased_until < clock.now()),
        )
    ).all()


@jobs.handles("print", waiting=_waiting)
def work(run_id: int) -> None:
    """Carry the run out; one that somebody else holds is left alone, one that keeps dying fails."""
    lease = leases.take(table=PrintRun, row_id=run_id, statuses=_UNFINISHED)
    if lease is None:
        return
    if db.session.get_one(PrintRun, run_id).attempts > ATTEMPTS:
        _end(run_id, lease, JobStatus.FAILED, error="interrupted")
        return
    carry_out(run_id, lease)


def carry_out(run_id: int, lease: int, *, on_progress: OnProgress | None = None) -> None:
    """Print a run that one holds; how it ended is written into its row."""
    try:
        _print(run_id, lease, on_progress)
    except PrintingStoppedError:
        _end(run_id, lease, JobStatus.CANCELLED)
    except KeyboardInterrupt:
        _end(run_id, lease, JobStatus.CANCELLED)
        raise
    except (PrintingError, ForumError) as error:
        _end(run_id, lease, JobStatus.FAILED, error=error.code)
    except Exception:
        _log.exception("print run %s failed", run_id)
        _end(run_id, lease, JobStatus.FAILED, error="unforeseen")


def file_of(file_name: str) -> Path:
    """Where the PDF of a run lies."""
    return jobs.instance_path() / "papers" / file_name


def _print(run_id: int, lease: int, on_progress: OnProgress | None) -> None:
    run = db.session.get_one(PrintRun, run_id)
    event_id, kind, sheet, choice = run.event_id, run.kind, run.sheet, papers.choice_from(run.choice)
    ordered = run.total
    leases.keep(table=PrintRun, row_id=run_id, lease=lease, status=JobStatus.RUNNING)
    shelf = print_shelf.opened()
    made = revisions.prepare(actor=SYSTEM, event_id=event_id, kind=kind, choice=choice)
    made = _unless_held(run_id, made)
    if not made:
        raise ForumError(nothing_chosen(kind))
    progress = _Progress(run_id, lease, on_progress)
    content = drawing.drawn(
        kind, sheet, made, shelf=shelf, on_progress=progress.note, should_stop=progress.is_stop_asked
    )
    _finish(run_id, lease, made, content, drawing.findings(kind, sheet, made, ordered=ordered))


def _unless_held(run_id: int, made: tuple[Prepared, ...]) -> tuple[Prepared, ...]:
    """What goes to a printer without a reason, and was sent there since, does not come out twice."""
    for_printer = exists().where(PrintJob.run_id == run_id)
    unexplained = select(PrintRun.id).where(PrintRun.id == run_id, PrintRun.reason.is_(None), for_printer)
    if db.session.scalar(unexplained) is None:
        return made
    ids = [paper.paper_id for paper in made]
    others = Print.run_id.is_(None) | (Print.run_id != run_id)
    held = set(db.session.scalars(select(Print.paper_id).where(Print.paper_id.in_(ids), others)))
    return tuple(paper for paper in made if paper.paper_id not in held)


class _Progress:
    """Tells the row how far the run is, at most twice a second, and hears from it whether to stop."""

    def __init__(self, run_id: int, lease: int, told: OnProgress | None) -> None:
        self._told = told
        self._run_id = run_id
        self._lease = lease
        self._written_at = clock.now()

    def note(self, done: int, total: int) -> None:
        if self._told is not None:
            self._told(done, total)
        if done < total and clock.now() - self._written_at < _WRITE_EVERY:
            return
        self._written_at = clock.now()
        if not leases.keep(table=PrintRun, row_id=self._run_id, lease=self._lease, done=done, total=total):
            raise PrintingStoppedError("lease_lost", done=done, total=total)

    def is_stop_asked(self) -> bool:
        db.session.rollback()
        return bool(db.session.scalar(select(PrintRun.stop_asked).where(PrintRun.id == self._run_id)))


def _name(run_id: int, lease: int) -> str:
    """The file of one attempt: nobody else writes it, and whoever comes next can find it."""
    return f"{run_id}-{lease}.pdf"


def _finish(
    run_id: int,
    lease: int,
    made: tuple[Prepared, ...],
    content: bytes,
    findings: tuple[Mapping[str, Any], ...],
) -> None:
    name = _name(run_id, lease)
    file = file_of(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    for earlier in range(1, lease):  # by a worker that died between its file and its row
        file_of(_name(run_id, earlier)).unlink(missing_ok=True)
    with file.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    if not _record(run_id=run_id, lease=lease, made=made, name=name, findings=findings):
        file.unlink()


@transactional
def _record(
    *, run_id: int, lease: int, made: tuple[Prepared, ...], name: str, findings: tuple[Mapping[str, Any], ...]
) -> bool:
    """The run, its prints and its file become true together, or not at all."""
    now = clock.now()
    is_ours = leases.release(
        table=PrintRun,
        row_id=run_id,
        lease=lease,
        status=JobStatus.DONE,
        done=len(made),
        total=len(made),
        file_name=name,
        findings=[dict(finding) for finding in findings],
        finished_at=now,
    )
    if is_ours:
        db.session.execute(delete(Print).where(Print.run_id == run_id))
        db.session.add_all(Print(run_id=run_id, paper_id=paper.paper_id, printed_at=now) for paper in made)
    return is_ours


@transactional
def _end(run_id: int, lease: int, status: JobStatus, error: str | None = None) -> None:
    how = {"status": status, "error": error, "finished_at": clock.now()}
    if leases.release(table=PrintRun, row_id=run_id, lease=lease, **how):
        end_its_job(run_id, status, error)


def end_its_job(run_id: int, status: JobStatus, error: str | None = None) -> None:
    """Within a command: no station waits any more for a run that was not drawn."""
    over = PrintJobStatus.FAILED if status is JobStatus.FAILED else PrintJobStatus.CANCELLED
    waiting = (PrintJob.run_id == run_id, PrintJob.status == PrintJobStatus.QUEUED)
    values = {"status": over, "error": error, "finished_at": clock.now()}
    db.session.execute(update(PrintJob).where(*waiting).values(**values))


def take_back(run: PrintRun) -> None:
    """Within a command: it was drawn for a printer, and nobody will hold any of it."""
    run.stop_asked = True
    if run.status in (JobStatus.QUEUED, JobStatus.DONE):
        run.status, run.finished_at = JobStatus.CANCELLED, clock.now()
    db.session.execute(delete(Print).where(Print.run_id == run.id))
    if run.file_name is not None:
        after_commit(partial(file_of(run.file_name).unlink, missing_ok=True))
        run.file_name = None
