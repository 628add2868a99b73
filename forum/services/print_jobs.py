"""Papers for stations to print: ordering them, and what people decide about them.

Nothing prints twice unasked: nobody has two open jobs, and who holds a paper as it would be printed
now gets it again only for a reason.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, delete, select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import PaperKind, PrintJobStatus, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Print, PrintJob, PrintRun
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import events, paper_standing
from forum.queries.paper_standing import Subject
from forum.services import journal, print_runs, stations
from forum.services.print_claims import note_print
from forum.unit_of_work import transactional

KIND: Final = PaperKind.BADGE
_OPEN: Final = (PrintJobStatus.QUEUED, PrintJobStatus.TAKEN)
_LONGEST_REASON: Final = 200


@dataclass(frozen=True)
class Sent:
    """How many papers wait now because of this; ``left_out`` were waiting already."""

    count: int
    left_out: int = 0


@transactional
def order(
    *,
    actor: Actor,
    event_id: int,
    delegate_ids: Collection[int],
    station_id: int | None = None,
    reason: str = "",
    is_urgent: bool = False,
) -> Sent:
    """Send the badges of these people to a station, or to whichever is free first.

    Raises:
        ForumError: ``nobody_to_print_for``; ``no_such_station``, ``station_prints_papers``;
            ``waits_for_printer`` where all of them wait already; ``reprint_unexplained`` with the ``count``
            of those who hold the same badge.
    """
    require(actor, Permission.PRINT, event_id)
    stations.check_prints(event_id, station_id, papers=False)
    people = _admitted(event_id, delegate_ids)
    if not people:
        raise ForumError("nobody_to_print_for")
    waiting = set(db.session.scalars(_open_jobs(event_id).where(PrintJob.delegate_id.in_(people))))
    left = [key for key in people if key not in waiting]
    if not left:
        raise ForumError("waits_for_printer")
    reason = reason.strip()[:_LONGEST_REASON]
    held = paper_standing.already_printed(events.get(event_id), KIND, [Subject(key) for key in left])
    if held and not reason:
        raise ForumError("reprint_unexplained", count=held)
    shared = {
        "event_id": event_id,
        "station_id": station_id,
        "is_urgent": is_urgent,
        "reason": reason or None,
    }
    db.session.add_all(_queued(actor, delegate_id=key, **shared) for key in left)
    _record_order(actor, event_id, left, reason)
    return Sent(len(left), len(people) - len(left))


def _queued(actor: Actor, **values: Any) -> PrintJob:
    return PrintJob(
        **values,
        kind=KIND,
        status=PrintJobStatus.QUEUED,
        ordered_by_id=actor.account_id,
        created_at=clock.now(),
    )


def _record_order(actor: Actor, event_id: int, delegate_ids: list[int], reason: str) -> None:
    one = delegate_ids[0] if len(delegate_ids) == 1 else None
    journal.record(
        actor=actor,
        action="badge_sent_to_printer" if one else "badges_sent_to_printer",
        event_id=event_id,
        subject_kind="delegate" if one else None,
        subject_id=one,
        count=len(delegate_ids),
        reason=reason or None,
    )


@transactional
def cancel(*, actor: Actor, event_id: int, job_ids: Collection[int]) -> int:
    """Take papers out of the queue that no station has begun. Returns how many."""
    require(actor, Permission.PRINT, event_id)
    rows = _rows(event_id, job_ids, PrintJobStatus.QUEUED)
    for row in rows:
        _cancel(row)
    if rows:
        _record_many(actor, event_id, "badges_taken_from_queue", len(rows))
    return len(rows)


@transactional
def give_up(*, actor: Actor, event_id: int, job_id: int) -> None:
    """What did not come out is not wanted any more: nobody holds it, so it can be ordered anew.

    Raises:
        ForumError: ``printing_is_over`` for whatever has not failed; ``no_such_job``.
    """
    require(actor, Permission.PRINT, event_id)
    row = _one(event_id, job_id)
    if row.status is not PrintJobStatus.FAILED:
        raise ForumError("printing_is_over")
    _cancel(row)
    _record_many(actor, event_id, "badges_taken_from_queue", 1)


def _cancel(row: PrintJob) -> None:
    row.status, row.finished_at = PrintJobStatus.CANCELLED, clock.now()
    if row.run_id is not None:
        print_runs.take_back(db.session.get_one(PrintRun, row.run_id))


@transactional
def move(*, actor: Actor, event_id: int, job_ids: Collection[int], station_id: int | None) -> int:
    """Let another station print papers that nobody has begun, or any of them. Returns how many."""
    require(actor, Permission.PRINT, event_id)
    station = stations.of(event_id, station_id) if station_id is not None else None
    name = station.name if station else None
    rows = _rows(event_id, job_ids, PrintJobStatus.QUEUED)
    if station:  # badges stay where badges lie in the printer
        rows = [row for row in rows if (row.run_id is not None) == station.prints_papers]
    for row in rows:
        row.station_id = station_id
    if rows:
        _record_many(actor, event_id, "badges_moved_to_station", len(rows), station=name)
    return len(rows)


@transactional
def want_back(*, actor: Actor, event_id: int, job_id: int) -> None:
    """Ask the station for a paper that lies in its printer's queue: it ends as failed, nothing printed."""
    require(actor, Permission.PRINT, event_id)
    row = _one(event_id, job_id)
    if row.status is not PrintJobStatus.TAKEN:
        raise ForumError("printing_is_over")
    row.is_wanted_back = True


@transactional
def came_out(*, actor: Actor, event_id: int, job_id: int) -> None:
    """Somebody has seen the paper: a job of which nobody knows any more is printed.

    Raises:
        ForumError: ``still_printing`` while a station is at it; ``printing_is_over``; ``no_such_job``.
    """
    require(actor, Permission.PRINT, event_id)
    row = _one(event_id, job_id)
    is_drawn = row.paper_id is not None or row.run_id is not None
    if row.status not in (PrintJobStatus.TAKEN, PrintJobStatus.FAILED) or not is_drawn:
        raise ForumError("printing_is_over")
    _check_idle(row)
    row.status, row.finished_at, row.error = PrintJobStatus.PRINTED, clock.now(), None
    row.lease, row.leased_until = row.lease + 1, None
    note_print(row)
    _record_one(actor, row, "paper_came_out" if row.run_id else "badge_came_out")


@transactional
def print_again(
    *, actor: Actor, event_id: int, job_id: int, reason: str, station_id: int | None = None
) -> None:
    """The paper did not come out, or came out spoilt: it waits again.

    Raises:
        ForumError: ``reason_missing``; ``still_printing``; ``waits_for_printer``; ``no_such_job``;
            ``printing_is_over`` where the file of a run is gone.
    """
    require(actor, Permission.PRINT, event_id)
    reason = reason.strip()[:_LONGEST_REASON]
    if not reason:
        raise ForumError("reason_missing")
    row = _one(event_id, job_id)
    if station_id is not None:
        stations.check_prints(event_id, station_id, papers=row.run_id is not None)
    if row.status is PrintJobStatus.QUEUED:
        raise ForumError("waits_for_printer")
    _check_idle(row)
    _check_printable(row)
    db.session.execute(delete(Print).where(Print.job_id == row.id))
    row.station_id = station_id or row.station_id
    row.reason = reason
    requeue(row)
    _record_one(actor, row, "paper_printed_again" if row.run_id else "badge_printed_again", reason=reason)


def requeue(row: PrintJob) -> None:
    """Within a command: the job waits again; whoever still believes to hold it does not any more."""
    row.status, row.error, row.finished_at = PrintJobStatus.QUEUED, None, None
    row.taken_by_id = row.handed_at = row.remote_id = row.remote_printer = None
    row.lease, row.leased_until, row.is_wanted_back = row.lease + 1, None, False


def _check_printable(row: PrintJob) -> None:
    """Nobody waits for the same badge, and what was drawn is still there."""
    if row.run_id is not None:
        if db.session.get_one(PrintRun, row.run_id).file_name is None:
            raise ForumError("printing_is_over")
        return
    others = _open_jobs(row.event_id).where(PrintJob.delegate_id == row.delegate_id, PrintJob.id != row.id)
    if db.session.scalar(others.limit(1)):
        raise ForumError("waits_for_printer")


def _check_idle(row: PrintJob) -> None:
    if row.status is PrintJobStatus.TAKEN and row.leased_until is not None and row.leased_until > clock.now():
        raise ForumError("still_printing")


def _admitted(event_id: int, delegate_ids: Collection[int]) -> list[int]:
    """Locked, so that two who press the button at once do not both order."""
    return list(
        db.session.scalars(
            select(Delegate.id)
            .where(
                Delegate.event_id == event_id,
                Delegate.id.in_(delegate_ids),
                Delegate.status == RegistrationStatus.APPROVED,
            )
            .order_by(Delegate.number)
            .with_for_update(key_share=True)
        )
    )


def _open_jobs(event_id: int) -> Select[int | None]:
    return select(PrintJob.delegate_id).where(
        PrintJob.event_id == event_id, PrintJob.kind == KIND, PrintJob.status.in_(_OPEN)
    )


def _rows(event_id: int, job_ids: Collection[int], status: PrintJobStatus) -> list[PrintJob]:
    return list(
        db.session.scalars(
            select(PrintJob)
            .where(PrintJob.event_id == event_id, PrintJob.id.in_(job_ids), PrintJob.status == status)
            .order_by(PrintJob.id)
            .with_for_update()
        )
    )


def _one(event_id: int, job_id: int) -> PrintJob:
    row = db.session.scalar(
        select(PrintJob).where(PrintJob.event_id == event_id, PrintJob.id == job_id).with_for_update()
    )
    if row is None:
        raise ForumError("no_such_job")
    return row


def _record_one(actor: Actor, row: PrintJob, action: str, **data: str) -> None:
    if row.run_id is not None:
        data["kind"] = row.kind.value
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="print_run" if row.run_id else "delegate",
        subject_id=row.run_id or row.delegate_id,
        **data,
    )


def _record_many(actor: Actor, event_id: int, action: str, count: int, **data: Any) -> None:
    journal.record(actor=actor, action=action, event_id=event_id, count=count, **data)
