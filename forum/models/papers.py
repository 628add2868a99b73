"""Badges, papers with their revisions, and every printing of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import JobStatus, PaperKind
from forum.models.base import Base, EventKey, Key, enumerated, foreign
from forum.models.leases import Leased


class Badge(Base):
    """The code that opens doors. A lost badge is voided; a delegate has one that is not."""

    __tablename__ = "badges"
    __table_args__ = (
        UniqueConstraint("code"),
        Index(
            "uq_badges_valid",
            "delegate_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id")
    code: Mapped[str]
    issued_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]


class Paper(Base):
    """A version of a paper: a new content is a new revision.

    Somebody's badge or agenda has ``delegate_id``. A paper of the forum has ``subject_id``, what it is about
    as its kind counts it (a table, a room, a day, a visit), and ``languages``, one code or two with a comma.
    """

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("delegate_id", "kind", "revision"),
        UniqueConstraint("delegate_id", "kind", "content_hash", "revision"),
        UniqueConstraint("event_id", "kind", "subject_id", "languages", "revision"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int | None] = foreign("delegates.id")
    subject_id: Mapped[int | None]
    languages: Mapped[str | None]
    kind: Mapped[PaperKind] = mapped_column(enumerated(PaperKind, "kind"))
    revision: Mapped[int]
    content_hash: Mapped[str]
    created_at: Mapped[datetime]


class PrintRun(Leased, Base):
    """One order for papers. The finished PDF lies in the instance folder under ``file_name``."""

    __tablename__ = "print_runs"

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    kind: Mapped[PaperKind] = mapped_column(enumerated(PaperKind, "kind"))
    sheet: Mapped[str]
    choice: Mapped[dict[str, Any]]
    status: Mapped[JobStatus] = mapped_column(enumerated(JobStatus, "status"))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    file_name: Mapped[str | None]
    reason: Mapped[str | None]
    error: Mapped[str | None]
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Print(Base):
    """One paper on one run, or out of one station's printer."""

    __tablename__ = "prints"
    __table_args__ = (UniqueConstraint("run_id", "paper_id"), UniqueConstraint("job_id"))

    id: Mapped[Key]
    run_id: Mapped[int | None] = foreign("print_runs.id")
    job_id: Mapped[int | None] = foreign("print_jobs.id", index=False)
    paper_id: Mapped[int] = foreign("papers.id")
    printed_at: Mapped[datetime]


class PaperCount(Base):
    """How the papers of a kind stood when a worker compared all of them; ``seen``: what had happened by then.

    ``stale`` has the subjects that are out of date, ``rows`` of a number and languages with commas.
    """

    __tablename__ = "paper_counts"
    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    kind: Mapped[PaperKind] = mapped_column(enumerated(PaperKind, "kind"))
    total: Mapped[int]
    unprinted: Mapped[int]
    stale: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen: Mapped[str]
    counted_at: Mapped[datetime]
