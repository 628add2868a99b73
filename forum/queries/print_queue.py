"""Stations that print, and the papers that wait for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from forum import clock
from forum.domain.states import PaperKind, PrintJobStatus
from forum.models import Account, Delegate, PrintJob, PrintRun, PrintStation
from forum.models.base import db
from forum.printing.adjusting import adjusted, adjustment_of
from forum.printing.sheets import SHEETS
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name

ALIVE: Final = timedelta(seconds=20)
"""A station that works shows itself every few seconds."""


@dataclass(frozen=True)
class StationView:
    """One station. ``waiting`` wait for it alone, ``in_hand`` are with it, ``printed`` have come out."""

    id: int
    name: str
    sheet: str
    right_mm: float
    down_mm: float
    is_paused: bool
    prints_papers: bool
    is_two_sided: bool
    printer: str | None
    seen_at: datetime | None
    is_alive: bool
    waiting: int = 0
    in_hand: int = 0
    printed: int = 0


@dataclass(frozen=True)
class JobView:
    """Somebody's badge, or the ``count`` papers of a run. ``is_drawn``: there is something to print.

    ``needs_eyes``: it may have come out or not, and only a person can tell.
    """

    id: int
    kind: PaperKind
    delegate_id: int | None
    number: int | None
    person: str
    run_id: int | None
    count: int
    is_drawn: bool
    status: PrintJobStatus
    station_id: int | None
    station: str | None
    taken_by: str | None
    taken_by_id: int | None
    is_urgent: bool
    is_handed: bool
    is_wanted_back: bool
    needs_eyes: bool
    reason: str | None
    error: str | None
    ordered_by: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def state(self) -> str:
        """What a reader wants to know of it."""
        if self.status is PrintJobStatus.QUEUED and not self.is_drawn:
            return "being_drawn"
        if self.status is PrintJobStatus.TAKEN:
            return "needs_eyes" if self.needs_eyes else "in_printer" if self.is_handed else "taken"
        return self.status.value


@dataclass(frozen=True)
class QueueCounts:
    """How many papers are where, in the whole forum."""

    waiting: int
    in_hand: int
    printed: int
    failed: int


def stations(*, event_id: int, papers: bool | None = None) -> tuple[StationView, ...]:
    """Stations by name: all, or those that print papers or badges. Two statements."""
    rows = db.session.scalars(_stations(event_id, papers)).all()
    counts = _counts(event_id)
    return tuple(_station(row, counts.get(row.id, {})) for row in rows)


def find_station(*, event_id: int, row_id: int) -> StationView | None:
    """The station with that id."""
    row = db.session.scalar(
        select(PrintStation).where(PrintStation.event_id == event_id, PrintStation.id == row_id)
    )
    return _station(row, _counts(event_id).get(row.id, {})) if row else None


def station_names(*, event_id: int, papers: bool | None = None) -> tuple[tuple[str, str], ...]:
    """Number and name of every station, or of those for papers or badges, for lists to choose from."""
    rows = db.session.scalars(_stations(event_id, papers))
    return tuple((str(row.id), row.name) for row in rows)


def _stations(event_id: int, papers: bool | None) -> Select[PrintStation]:
    rows = select(PrintStation).where(PrintStation.event_id == event_id).order_by(PrintStation.name)
    return rows if papers is None else rows.where(PrintStation.prints_papers == papers)


def own_sheets(*, event_id: int) -> tuple[tuple[str, str], ...]:
    """Sheets that stations have for themselves, moved as they move them, with the stations' names."""
    rows = db.session.scalars(_stations(event_id, papers=False))
    sheets = ((sheet_of(row), row.name) for row in rows)
    return tuple((code, name) for code, name in sheets if code not in SHEETS)


def sheet_of(row: PrintStation) -> str:
    """What the station prints on, with its margins and moved as it moves it."""
    own = adjustment_of(row.sheet)
    return adjusted(row.sheet, replace(own, right=round(row.right_mm, 2), down=round(row.down_mm, 2)))


def station_named(*, event_id: int, name: str) -> StationView | None:
    """The station called ``name``."""
    found = select(PrintStation.id).where(PrintStation.event_id == event_id, PrintStation.name == name)
    key = db.session.scalar(found)
    return find_station(event_id=event_id, row_id=key) if key is not None else None


def counts(*, event_id: int) -> QueueCounts:
    """Numbers of the whole forum."""
    rows = db.session.execute(
        select(PrintJob.status, func.count()).where(PrintJob.event_id == event_id).group_by(PrintJob.status)
    )
    by: dict[PrintJobStatus, int] = {row[0]: row[1] for row in rows}
    return QueueCounts(
        waiting=by.get(PrintJobStatus.QUEUED, 0),
        in_hand=by.get(PrintJobStatus.TAKEN, 0),
        printed=by.get(PrintJobStatus.PRINTED, 0),
        failed=by.get(PrintJobStatus.FAILED, 0),
    )


def find_job(*, event_id: int, row_id: int) -> JobView | None:
    """The paper with that id."""
    row = db.session.execute(_jobs(event_id).where(PrintJob.id == row_id)).first()
    return _job(row) if row else None


def unfinished(*, event_id: int, number: int = 1) -> Page[JobView]:
    """What waits, is in hand or has failed; in the order in which it is printed."""
    statuses = (PrintJobStatus.QUEUED, PrintJobStatus.TAKEN, PrintJobStatus.FAILED)
    order = (PrintJob.status == PrintJobStatus.QUEUED, PrintJob.is_urgent.desc(), PrintJob.id)
    return page_of(_jobs(event_id).where(PrintJob.status.in_(statuses)), _job, number=number, order_by=order)


def finished(*, event_id: int, number: int = 1) -> Page[JobView]:
    """What has come out or was cancelled, the latest first."""
    statuses = (PrintJobStatus.PRINTED, PrintJobStatus.CANCELLED)
    return page_of(
        _jobs(event_id).where(PrintJob.status.in_(statuses)),
        _job,
        number=number,
        order_by=(PrintJob.finished_at.desc(), PrintJob.id.desc()),
    )


def waiting_ids(*, event_id: int, station_id: int | None = None) -> tuple[int, ...]:
    """Papers that nobody has begun: all, or those for one station alone."""
    rows = select(PrintJob.id).where(PrintJob.event_id == event_id, PrintJob.status == PrintJobStatus.QUEUED)
    if station_id is not None:
        rows = rows.where(PrintJob.station_id == station_id)
    return tuple(db.session.scalars(rows.order_by(PrintJob.id)))


def has_work(*, event_id: int, station_id: int) -> bool:
    """Whether anything waits for the station, or may yet come to it from one that has fallen silent."""
    for_us = PrintJob.station_id.is_(None) | (PrintJob.station_id == station_id)
    is_open = (PrintJob.status == PrintJobStatus.QUEUED) | (PrintJob.status == PrintJobStatus.TAKEN)
    ours = (PrintJob.taken_by_id == station_id) & PrintJob.remote_id.is_not(None)
    prints_papers = select(PrintStation.prints_papers).where(PrintStation.id == station_id).scalar_subquery()
    for_us &= PrintJob.run_id.is_not(None) == prints_papers
    rows = select(PrintJob.id).where(
        PrintJob.event_id == event_id, is_open, ours | (for_us & PrintJob.handed_at.is_(None))
    )
    db.session.rollback()
    return db.session.scalar(rows.limit(1)) is not None


def at_station(*, event_id: int, station_id: int, most: int = 5) -> tuple[JobView, ...]:
    """What the station had in hand last, the latest first: what people standing there look at."""
    rows = (
        _jobs(event_id)
        .where(PrintJob.taken_by_id == station_id, PrintJob.status != PrintJobStatus.CANCELLED)
        .order_by(PrintJob.handed_at.desc(), PrintJob.id.desc())
        .limit(most)
    )
    return tuple(_job(row) for row in db.session.execute(rows))


def of_run(*, event_id: int, run_id: int) -> JobView | None:
    """The job of a run that goes to a printer."""
    row = db.session.execute(_jobs(event_id).where(PrintJob.run_id == run_id)).first()
    return _job(row) if row else None


def last_job(*, event_id: int, delegate_id: int) -> JobView | None:
    """The latest paper that was sent to a printer for that person."""
    rows = _jobs(event_id).where(PrintJob.delegate_id == delegate_id).order_by(PrintJob.id.desc()).limit(1)
    row = db.session.execute(rows).first()
    return _job(row) if row else None


def delegates_numbered(*, event_id: int, numbers: Collection[int]) -> frozenset[int]:
    """The ids of the people with these numbers."""
    rows = select(Delegate.id).where(Delegate.event_id == event_id, Delegate.number.in_(numbers))
    return frozenset(db.session.scalars(rows))


def _counts(event_id: int) -> Mapping[int, Mapping[PrintJobStatus, int]]:
    place = func.coalesce(PrintJob.taken_by_id, PrintJob.station_id)
    rows = db.session.execute(
        select(place, PrintJob.status, func.count())
        .where(PrintJob.event_id == event_id, place.is_not(None))
        .group_by(place, PrintJob.status)
    )
    found: dict[int, dict[PrintJobStatus, int]] = {}
    for station_id, status, count in rows:
        found.setdefault(station_id, {})[status] = count
    return found


def _station(row: PrintStation, counts: Mapping[PrintJobStatus, int]) -> StationView:
    return StationView(
        id=row.id,
        name=row.name,
        sheet=row.sheet,
        right_mm=row.right_mm,
        down_mm=row.down_mm,
        is_paused=row.is_paused,
        prints_papers=row.prints_papers,
        is_two_sided=row.is_two_sided,
        printer=row.printer,
        seen_at=row.seen_at,
        is_alive=row.seen_at is not None and row.seen_at > clock.now() - ALIVE,
        waiting=counts.get(PrintJobStatus.QUEUED, 0),
        in_hand=counts.get(PrintJobStatus.TAKEN, 0),
        printed=counts.get(PrintJobStatus.PRINTED, 0),
    )


_holder: Final = aliased(PrintStation)


def _jobs(event_id: int) -> Select[Any]:
    columns: tuple[Any, ...] = (PrintJob, Delegate, PrintRun, PrintStation.name, _holder.name, Account.name)
    return (
        select(*columns)
        .outerjoin(Delegate, Delegate.id == PrintJob.delegate_id)
        .outerjoin(PrintRun, PrintRun.id == PrintJob.run_id)
        .outerjoin(PrintStation, PrintStation.id == PrintJob.station_id)
        .outerjoin(_holder, _holder.id == PrintJob.taken_by_id)
        .outerjoin(Account, Account.id == PrintJob.ordered_by_id)
        .where(PrintJob.event_id == event_id)
    )


def _job(found: Any) -> JobView:
    row, delegate, run, station, taken_by, ordered_by = found
    is_idle = row.leased_until is None or row.leased_until < clock.now()
    is_handed = row.handed_at is not None
    return JobView(
        id=row.id,
        kind=row.kind,
        delegate_id=row.delegate_id,
        number=delegate.number if delegate else None,
        person=full_name(delegate.family_name, delegate.given_name, delegate.patronymic) if delegate else "",
        run_id=row.run_id,
        count=run.total if run else 1,
        is_drawn=run is None or run.file_name is not None,
        status=row.status,
        station_id=row.station_id,
        station=station,
        taken_by=taken_by,
        taken_by_id=row.taken_by_id,
        is_urgent=row.is_urgent,
        is_handed=is_handed,
        is_wanted_back=row.is_wanted_back,
        needs_eyes=row.status is PrintJobStatus.TAKEN and is_handed and is_idle,
        reason=row.reason or (run.reason if run else None),
        error=row.error,
        ordered_by=ordered_by,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def was_ordered_since(event_id: int, delegate_id: int, since: datetime) -> bool:
    """Whether this person's badge has been sent to a printer from then on."""
    rows = select(PrintJob.id).where(
        PrintJob.event_id == event_id, PrintJob.delegate_id == delegate_id, PrintJob.created_at >= since
    )
    return db.session.scalar(rows.limit(1)) is not None
