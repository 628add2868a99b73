"""Ordering papers, and printing some at once. A run is carried out by ``print_runs``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from forum import clock, jobs
from forum.domain.roles import Permission
from forum.domain.states import JobStatus, PaperKind
from forum.errors import ForumError
from forum.models import PrintRun
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.errors import PrintingError
from forum.printing.pdf import OnProgress
from forum.queries import events, papers
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import drawing, journal, print_shelf, revisions
from forum.unit_of_work import transactional


@transactional
def order(
    *, actor: Actor, event_id: int, kind: PaperKind, sheet: str, choice: PaperChoice, reason: str = ""
) -> int:
    """Order papers; a worker prints them. Returns the run's id.

    Raises:
        ForumError: ``unknown_sheet``; ``nobody_to_print_for``; ``nothing_to_print``.
    """
    require(actor, Permission.PRINT, event_id)
    sheet = _sheet(kind, sheet)
    total = len(papers.chosen_ids(events.get(event_id), kind, choice))
    if not total:
        raise ForumError(papers.nothing_chosen(kind))
    run = PrintRun(
        event_id=event_id,
        kind=kind,
        sheet=sheet,
        choice=choice.as_data(),
        status=JobStatus.QUEUED,
        total=total,
        reason=reason.strip() or None,
        created_by_id=actor.account_id,
        created_at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    journal.record(
        actor=actor,
        action="papers_ordered",
        event_id=event_id,
        subject_kind="print_run",
        subject_id=run.id,
        kind=kind.value,
        count=total,
    )
    jobs.ring("print", run.id)
    return run.id


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


def print_now(
    *,
    actor: Actor,
    event_id: int,
    kind: PaperKind,
    sheet: str,
    choice: PaperChoice,
    on_progress: OnProgress | None = None,
) -> tuple[bytes, tuple[Mapping[str, Any], ...]]:
    """Print here and now, for the command line: the PDF and the findings of its pre-flight.

    Raises:
        ForumError: ``unknown_sheet``; ``nobody_to_print_for``; ``nothing_to_print``; ``printing_failed``.
    """
    require(actor, Permission.PRINT, event_id)
    sheet = _sheet(kind, sheet)
    shelf = print_shelf.opened()
    made = revisions.prepare(actor=actor, event_id=event_id, kind=kind, choice=choice)
    if not made:
        raise ForumError(papers.nothing_chosen(kind))
    try:
        content = drawing.drawn(kind, sheet, made, shelf=shelf, on_progress=on_progress)
        findings = drawing.findings(kind, sheet, made)
    except PrintingError as error:
        raise ForumError("printing_failed", **error.data) from error
    journal_printed(actor=actor, event_id=event_id, kind=kind, count=len(made))
    return content, findings


def agenda_of(*, event_id: int, delegate_id: int) -> bytes:
    """One person's agenda as it stands now, for their own screen: nothing is kept of it."""
    documents = papers.documents(events.get(event_id), PaperKind.AGENDA, [delegate_id])
    return drawing.agenda(documents[delegate_id])


def _sheet(kind: PaperKind, sheet: str) -> str:
    """The format named; a kind that has one has no choice."""
    offered = KINDS[kind].sheets
    if len(offered) > 1 and sheet and sheet not in offered:
        raise ForumError("unknown_sheet", sheet=sheet)
    return sheet if sheet in offered else offered[0]


@transactional
def journal_printed(*, actor: Actor, event_id: int, kind: PaperKind, count: int) -> None:
    """Note that papers left the house without a run."""
    journal.record(actor=actor, action="papers_printed", event_id=event_id, kind=kind.value, count=count)
