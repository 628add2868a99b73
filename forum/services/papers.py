"""Ordering papers, and printing some at once. A run is carried out by ``print_runs``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import JobStatus, PaperKind
from forum.errors import ForumError
from forum.models import PrintRun
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.adjusting import is_sheet
from forum.printing.pdf import OnProgress
from forum.queries import events, paper_counts, paper_standing, papers, untranslated
from forum.queries.paper_kinds import KINDS, nothing_chosen
from forum.queries.paper_standing import Subject
from forum.queries.papers import PaperChoice
from forum.services import (
    drawing,
    journal,
    leases,
    paper_counting,  # noqa: F401 (registers its work)
    print_runs,
)
from forum.services.revisions import Prepared
from forum.unit_of_work import transactional

FIRST_LEASE: Final = 1
_NO_PAPER: Final = 0


@transactional
def order(
    *, actor: Actor, event_id: int, kind: PaperKind, sheet: str, choice: PaperChoice, reason: str = ""
) -> int:
    """Order papers; a worker prints them. Returns the run's id.

    Raises:
        ForumError: ``unknown_sheet``; ``nobody_to_print_for``; ``nothing_to_print``; ``reprint_unexplained``
            with ``count``, how many would come out as they are in somebody's hands already.
    """
    run = new_run(actor, event_id, kind=kind, sheet=sheet, choice=choice, reason=reason)
    _note(actor, "papers_ordered", run)
    jobs.ring("print", run.id)
    return run.id


def new_run(
    actor: Actor, event_id: int, *, kind: PaperKind, sheet: str, choice: PaperChoice, reason: str = ""
) -> PrintRun:
    """Within a command: the row of an order. Errors as of ``order``."""
    require(actor, Permission.PRINT, event_id)
    sheet, reason = _sheet(kind, sheet), reason.strip()
    event = events.get(event_id)
    chosen = paper_counts.chosen(event, kind, choice)
    if not chosen:
        raise ForumError(nothing_chosen(kind))
    if not reason and (count := paper_counts.already_printed(event, kind, chosen)):
        raise ForumError("reprint_unexplained", count=count)
    run = PrintRun(
        event_id=event_id,
        kind=kind,
        sheet=sheet,
        choice=choice.as_data(),
        status=JobStatus.QUEUED,
        total=len(chosen),
        reason=reason or None,
        created_by_id=actor.account_id,
        created_at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    return run


def _note(actor: Actor, action: str, run: PrintRun) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=run.event_id,
        subject_kind="print_run",
        subject_id=run.id,
        kind=run.kind.value,
        count=run.total,
    )


@transactional
def ask_stop(*, actor: Actor, event_id: int, run_id: int) -> None:
    """Ask the worker to stop; a run that nobody has begun ends at once."""
    require(actor, Permission.PRINT, event_id)
    run = db.session.scalar(
        select(PrintRun).where(PrintRun.event_id == event_id, PrintRun.id == run_id).with_for_update()
    )
    if run is None or run.status not in (JobStatus.QUEUED, JobStatus.RUNNING):
        raise ForumError("nothing_to_stop")
    run.stop_asked = True
    if run.status is JobStatus.QUEUED:
        run.status, run.finished_at = JobStatus.CANCELLED, clock.now()
        print_runs.end_its_job(run.id, JobStatus.CANCELLED)


def check(
    *, actor: Actor, event_id: int, kind: PaperKind, sheet: str, choice: PaperChoice
) -> tuple[Mapping[str, Any], ...]:
    """What the pre-flight would find if this were printed now. No codes are issued, no revisions made.

    Raises:
        ForumError: ``unknown_sheet``; ``nobody_to_print_for``; ``nothing_to_print``.
    """
    require(actor, Permission.PRINT, event_id)
    sheet, event = _sheet(kind, sheet), events.get(event_id)
    subjects = paper_standing.chosen(event, kind, choice)
    made, missing = untranslated.documents(event, kind, subjects, is_trial=True)
    if not made:
        raise ForumError(nothing_chosen(kind))
    is_personal = KINDS[kind].is_personal
    trial = [
        Prepared(each.id if is_personal else None, _NO_PAPER, document, missing.get(each, ()))
        for each, document in made.items()
    ]
    return drawing.findings(kind, sheet, trial, ordered=len(subjects))


def print_now(
    *,
    actor: Actor,
    event_id: int,
    kind: PaperKind,
    sheet: str,
    choice: PaperChoice,
    reason: str = "",
    on_progress: OnProgress | None = None,
) -> tuple[bytes, tuple[Mapping[str, Any], ...]]:
    """Print here and now, for the command line: the PDF and the findings of its pre-flight.

    It is a run like any other: should this process die, a worker ends it.

    Raises:
        ForumError: as of ``order``; ``printing_failed``.
    """
    run_id = _begin(actor=actor, event_id=event_id, kind=kind, sheet=sheet, choice=choice, reason=reason)
    print_runs.carry_out(run_id, FIRST_LEASE, on_progress=on_progress)
    run = papers.find(event_id=event_id, row_id=run_id)
    if run is None or run.file_name is None:
        raise ForumError("printing_failed")
    return print_runs.file_of(run.file_name).read_bytes(), run.findings


@transactional
def _begin(
    *, actor: Actor, event_id: int, kind: PaperKind, sheet: str, choice: PaperChoice, reason: str
) -> int:
    run = new_run(actor, event_id, kind=kind, sheet=sheet, choice=choice, reason=reason)
    hold(run)
    _note(actor, "papers_printed", run)
    return run.id


def hold(run: PrintRun) -> None:
    """Within a command: no worker takes the run, because it is in these hands from the beginning."""
    run.lease, run.leased_until, run.attempts = FIRST_LEASE, clock.now() + leases.LEASE, 1


def agenda_of(*, event_id: int, delegate_id: int) -> bytes:
    """One person's agenda as it stands now, for their own screen: nothing is kept of it."""
    event, subject = events.get(event_id), Subject(delegate_id)
    return drawing.agenda(paper_standing.documents(event, PaperKind.AGENDA, [subject])[subject])


def _sheet(kind: PaperKind, sheet: str) -> str:
    """The format named; a kind that has one has no choice, and badges go on any label that can be said."""
    offered = KINDS[kind].sheets
    if len(offered) == 1 or not sheet:
        return offered[0]
    if sheet not in offered and not (kind is PaperKind.BADGE and is_sheet(sheet)):
        raise ForumError("unknown_sheet", sheet=sheet)
    return sheet
