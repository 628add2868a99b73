"""A station's side of the queue: taking one paper, saying what has become of it.

Whoever takes a paper gets the number of its lease and shows it with every word about it; after a
silence somebody else may take the paper, and the number is no longer good. A paper that has been handed to
a printer is different: it may be on paper already. Only the station that knows its number there goes on
with it, and where there is no such number a person has to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import JobStatus, PaperKind, PrintJobStatus
from forum.errors import ForumError
from forum.models import Print, PrintJob, PrintRun, PrintStation
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing import handing, pictures
from forum.printing.errors import PrintingError
from forum.printing.handing import ONE_SIDED
from forum.queries import print_queue
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import drawing, leases, print_runs, revisions, stations
from forum.unit_of_work import transactional

PATIENCE: Final = timedelta(seconds=30)
"""How long a station may be silent before its paper goes to another."""
_ATTEMPTS: Final = 5
_LOOKED_AT: Final = 8
_TAKEABLE: Final = (PrintJobStatus.QUEUED, PrintJobStatus.TAKEN)


@dataclass(frozen=True)
class Claim:
    """A badge, or the papers of a run, that a station has in hand.

    ``remote_id`` is set where its printer has it already.
    """

    event_id: int
    station_id: int
    job_id: int
    lease: int
    delegate_id: int | None
    kind: PaperKind
    sheet: str
    run_id: int | None = None
    is_two_sided: bool = False  # what the station's printer can do
    remote_id: int | None = None
    remote_printer: str | None = None


@dataclass(frozen=True)
class Drawn:
    """The PDF of a claim, the number of its badge or run, the size of a page in millimetres, its sides."""

    content: bytes
    number: str
    size: tuple[float, float]
    sides: str = ONE_SIDED


def take(
    *, actor: Actor, event_id: int, station_id: int, can_resume: bool, patience: timedelta = PATIENCE
) -> Claim | None:
    """The next paper for that station, None where nothing waits or the station is paused.

    First what was handed to its own printer and nobody follows (with ``can_resume``), then what is urgent,
    then what has waited longest.
    """
    require(actor, Permission.PRINT, event_id)
    db.session.rollback()
    for job_id in _waiting(event_id, station_id, can_resume):
        claim = _taken(event_id, station_id, job_id, patience)
        if claim is not None:
            return claim
    return None


def _waiting(event_id: int, station_id: int, can_resume: bool) -> list[int]:
    free = PrintJob.leased_until.is_(None) | (PrintJob.leased_until < clock.now())
    station = stations.of(event_id, station_id)
    for_us = PrintJob.station_id.is_(None) | (PrintJob.station_id == station_id)
    chosen: list[ColumnElement[bool]] = []
    if can_resume:
        chosen.append(
            and_(
                PrintJob.status == PrintJobStatus.TAKEN,
                PrintJob.taken_by_id == station_id,
                PrintJob.remote_id.is_not(None),
            )
        )
    if not station.is_paused:
        chosen.append(and_(PrintJob.handed_at.is_(None), for_us, _that_it_prints(station)))
    if not chosen:
        return []
    rows = (
        select(PrintJob.id, PrintJob.remote_id, PrintRun.file_name)
        .outerjoin(PrintRun, PrintRun.id == PrintJob.run_id)
        .where(PrintJob.event_id == event_id, PrintJob.status.in_(_TAKEABLE), free, or_(*chosen))
        .order_by(PrintJob.remote_id.is_(None), PrintJob.is_urgent.desc(), PrintJob.id)
        .limit(_LOOKED_AT)
    )
    return [row.id for row in db.session.execute(rows) if row.remote_id or _is_here(row.file_name)]


def _that_it_prints(station: PrintStation) -> ColumnElement[bool]:
    """Badges, or papers that lie ready: those of a run wait until all of them are drawn."""
    if not station.prints_papers:
        return PrintJob.run_id.is_(None)
    return and_(PrintJob.run_id.is_not(None), PrintRun.status == JobStatus.DONE)


def _is_here(file_name: str | None) -> bool:
    """A station on another machine has only the files of an instance folder that it shares."""
    return file_name is None or print_runs.file_of(file_name).is_file()


@transactional
def _taken(event_id: int, station_id: int, job_id: int, patience: timedelta) -> Claim | None:
    lease = leases.take(table=PrintJob, row_id=job_id, statuses=_TAKEABLE, length=patience)
    if lease is None:
        return None
    station = stations.of(event_id, station_id)
    row = db.session.get_one(PrintJob, job_id, populate_existing=True)
    if row.attempts > _ATTEMPTS and row.remote_id is None:
        row.status, row.error = PrintJobStatus.FAILED, "interrupted"
        row.leased_until, row.finished_at = None, clock.now()
        return None
    row.status, row.taken_by_id = PrintJobStatus.TAKEN, station_id
    return Claim(
        event_id=event_id,
        station_id=station_id,
        job_id=job_id,
        lease=lease,
        delegate_id=row.delegate_id,
        kind=row.kind,
        sheet=print_queue.sheet_of(station),
        run_id=row.run_id,
        is_two_sided=station.is_two_sided,
        remote_id=row.remote_id,
        remote_printer=row.remote_printer,
    )


def drawn(*, actor: Actor, claim: Claim) -> Drawn | None:
    """The badge as it stands now, with its revision noted, or the papers of the run as they were drawn; None
    where the claim is no longer good.

    Raises:
        ForumError: ``nobody_to_print_for`` for somebody who has no place any more; ``printing_failed``.
    """
    if claim.run_id is not None:
        is_ours = _kept(claim)
        return content_of_run(claim.run_id, is_two_sided=claim.is_two_sided) if is_ours else None
    choice = PaperChoice(delegate_ids=(claim.delegate_id or 0,))
    made = revisions.prepare(actor=actor, event_id=claim.event_id, kind=claim.kind, choice=choice)
    if not made:
        raise ForumError("nobody_to_print_for")
    if not _kept(claim, paper_id=made[0].paper_id):
        return None
    try:
        # One badge is drawn in less time than it takes to look for it on the shelf.
        content = drawing.drawn(claim.kind, claim.sheet, made, shelf=None)
    except PrintingError as error:
        raise ForumError("printing_failed", **error.data) from error
    size = pictures.page_size(content)
    has_back = handing.page_count(content) > 1
    sides = handing.both_sides(*size) if has_back else ONE_SIDED
    return Drawn(content, str(made[0].document.number), size, sides)


def content_of_run(run_id: int, *, is_two_sided: bool) -> Drawn:
    """The papers of a run as a printer gets them, each on a sheet of its own where it prints both sides.

    Raises:
        ForumError: ``printing_failed`` where they are not here any more.
    """
    db.session.rollback()
    run = db.session.get_one(PrintRun, run_id)
    kind, file_name = run.kind, run.file_name
    if file_name is None or not _is_here(file_name):
        raise ForumError("printing_failed")
    content = print_runs.file_of(file_name).read_bytes()
    size = pictures.page_size(content)
    if not (is_two_sided and KINDS[kind].is_two_sided):
        return Drawn(content, str(run_id), size)
    return Drawn(handing.on_own_sheets(content), str(run_id), size, handing.both_sides(*size))


def hand(
    *,
    claim: Claim,
    remote_id: int | None = None,
    remote_printer: str | None = None,
    patience: timedelta = PATIENCE,
) -> bool:
    """The paper goes to the printer now; False where the claim is no longer good, and nothing may go."""
    return _kept(
        claim,
        patience=patience,
        handed_at=clock.now(),
        remote_id=remote_id,
        remote_printer=remote_printer,
        error=None,
    )


def take_back(*, claim: Claim) -> bool:
    """The printer has got nothing and will get nothing of it: it is as if it had never been handed."""
    return _kept(claim, handed_at=None, remote_id=None, remote_printer=None)


def keep(*, claim: Claim, patience: timedelta = PATIENCE, error: str | None = None) -> bool:
    """Still at it; ``error`` says what the printer waits for. False where the claim is no longer good."""
    return _kept(claim, patience=patience, error=error)


def is_wanted_back(claim: Claim) -> bool:
    """Whether somebody asks for the paper that lies in the printer's queue."""
    db.session.rollback()
    return bool(db.session.scalar(select(PrintJob.is_wanted_back).where(PrintJob.id == claim.job_id)))


@transactional
def printed(*, claim: Claim) -> bool:
    """The paper has come out. False where the claim is no longer good."""
    values = {
        "status": PrintJobStatus.PRINTED,
        "finished_at": clock.now(),
        "error": None,
        "is_wanted_back": False,
    }
    if not leases.release(table=PrintJob, row_id=claim.job_id, lease=claim.lease, **values):
        return False
    row = db.session.get_one(PrintJob, claim.job_id, populate_existing=True)
    note_print(row)
    return True


def note_print(row: PrintJob) -> None:
    """Within a command: what the job was for has come out just now."""
    if row.run_id is not None:
        held = update(Print).where(Print.run_id == row.run_id)
        db.session.execute(held.values(printed_at=clock.now()))
    elif row.paper_id is not None:
        db.session.add(Print(job_id=row.id, paper_id=row.paper_id, printed_at=clock.now()))


def failed(*, claim: Claim, error: str) -> bool:
    """The paper has not come out, or nobody knows whether it has: a person decides what comes next."""
    return leases.release(
        table=PrintJob,
        row_id=claim.job_id,
        lease=claim.lease,
        status=PrintJobStatus.FAILED,
        error=error,
        finished_at=clock.now(),
        is_wanted_back=False,
    )


def let_go(*, claim: Claim) -> bool:
    """Somebody else may go on: with what waits at once, with what the printer has only its own station."""
    return leases.release(table=PrintJob, row_id=claim.job_id, lease=claim.lease)


@transactional
def give_back(*, claim: Claim, error: str | None = None) -> bool:
    """Nothing has been handed over: the paper waits again, and the try does not count."""
    given = leases.release(
        table=PrintJob,
        row_id=claim.job_id,
        lease=claim.lease,
        status=PrintJobStatus.QUEUED,
        taken_by_id=None,
        error=error,
    )
    if given:
        db.session.execute(
            update(PrintJob).where(PrintJob.id == claim.job_id).values(attempts=PrintJob.attempts - 1)
        )
    return given


def _kept(claim: Claim, *, patience: timedelta = PATIENCE, **values: object) -> bool:
    return leases.keep(table=PrintJob, row_id=claim.job_id, lease=claim.lease, length=patience, **values)
