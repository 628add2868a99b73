"""Stations that print one paper after another, and the papers that wait for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import PaperKind, PrintJobStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign
from forum.models.leases import Leased

_OPEN = text("status IN ('queued', 'taken')")


class PrintStation(Base):
    """A printer with whoever works it: ``flask print station``, or a browser that stands beside it.

    What it prints is moved by ``right_mm`` and ``down_mm``: no two printers pull their paper alike.
    One that ``prints_papers`` prints whole papers instead of badges, each on paper as large as it is.
    """

    __tablename__ = "print_stations"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    name: Mapped[str]
    sheet: Mapped[str]
    right_mm: Mapped[float] = mapped_column(default=0.0)
    down_mm: Mapped[float] = mapped_column(default=0.0)
    is_paused: Mapped[bool] = mapped_column(default=False)
    prints_papers: Mapped[bool] = mapped_column(default=False)
    is_two_sided: Mapped[bool] = mapped_column(default=False)
    printer: Mapped[str | None]  # as its system calls it; None for a browser's own
    seen_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class PrintJob(Leased, Base):
    """A badge, or all papers of a run, for one station or for any: ``station_id`` says for which, if for one.

    ``taken_by_id`` is the station that has it. From ``handed_at`` on it may be on paper, so no other
    station takes it over. ``remote_id`` is its number in the queue of ``remote_printer``. Nobody has two
    open jobs of one kind.
    """

    __tablename__ = "print_jobs"
    __table_args__ = (
        Index(
            "uq_print_jobs_open",
            "delegate_id",
            "kind",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_print_jobs_waiting", "event_id", "status", "is_urgent", "id"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int | None] = foreign("delegates.id")
    run_id: Mapped[int | None] = foreign("print_runs.id")
    kind: Mapped[PaperKind] = mapped_column(enumerated(PaperKind, "kind"))
    station_id: Mapped[int | None] = foreign("print_stations.id", ondelete="SET NULL")
    taken_by_id: Mapped[int | None] = foreign("print_stations.id", ondelete="SET NULL")
    paper_id: Mapped[int | None] = foreign("papers.id", ondelete="SET NULL")
    status: Mapped[PrintJobStatus] = mapped_column(enumerated(PrintJobStatus, "status"))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    error: Mapped[str | None]
    remote_id: Mapped[int | None]
    remote_printer: Mapped[str | None]
    is_wanted_back: Mapped[bool] = mapped_column(default=False)
    handed_at: Mapped[datetime | None]
    ordered_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
