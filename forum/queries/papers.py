"""Which papers are asked for, and the runs that printed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from forum.domain.states import Category, JobStatus, PaperKind
from forum.models import Account, PrintRun
from forum.models.base import db
from forum.queries.paging import Page, page_of


@dataclass(frozen=True)
class PaperChoice:
    """For whom papers are printed; None leaves a question open. Only the approved have papers.

    ``row_ids`` and ``languages`` (one or two, none: as usual) are for papers of the forum, not of a person;
    those that are out of date come in the languages in which they were printed.
    """

    delegation_id: int | None = None
    category: Category | None = None
    delegate_ids: tuple[int, ...] | None = None
    only: str = "all"  # all, unprinted, stale
    row_ids: tuple[int, ...] | None = None
    languages: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As kept with a run."""
        return {
            "delegation_id": self.delegation_id,
            "category": self.category.value if self.category else None,
            "delegate_ids": list(self.delegate_ids) if self.delegate_ids is not None else None,
            "only": self.only,
            "row_ids": list(self.row_ids) if self.row_ids is not None else None,
            "languages": list(self.languages),
        }


def choice_from(data: Mapping[str, Any]) -> PaperChoice:
    """What ``as_data`` made."""
    category, chosen, rows = data.get("category"), data.get("delegate_ids"), data.get("row_ids")
    return PaperChoice(
        delegation_id=data.get("delegation_id"),
        category=Category(category) if category else None,
        delegate_ids=tuple(chosen) if chosen is not None else None,
        only=data.get("only", "all"),
        row_ids=tuple(rows) if rows is not None else None,
        languages=tuple(data.get("languages", ())),
    )


@dataclass(frozen=True)
class RunView:
    """One order for papers. ``findings`` are those of the pre-flight, with whose paper it is."""

    id: int
    kind: PaperKind
    sheet: str
    status: JobStatus
    done: int
    total: int
    findings: tuple[Mapping[str, Any], ...]
    file_name: str | None
    reason: str | None
    error: str | None
    only: str
    ordered_by: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.status not in (JobStatus.QUEUED, JobStatus.RUNNING)


def find(*, event_id: int, row_id: int) -> RunView | None:
    """The run of that event with that id."""
    row = db.session.execute(_runs(event_id).where(PrintRun.id == row_id)).first()
    return _view(row) if row else None


def runs(*, event_id: int, number: int = 1) -> Page[RunView]:
    """Runs of the event, the latest first."""
    return page_of(_runs(event_id), _view, number=number, order_by=(PrintRun.id.desc(),))


def _runs(event_id: int) -> Select[Any]:
    pair: tuple[Any, Any] = (PrintRun, Account.name)
    return (
        select(*pair)
        .outerjoin(Account, Account.id == PrintRun.created_by_id)
        .where(PrintRun.event_id == event_id)
    )


def _view(row: Any) -> RunView:
    run, ordered_by = row
    return RunView(
        id=run.id,
        kind=run.kind,
        sheet=run.sheet,
        status=run.status,
        done=run.done,
        total=run.total,
        findings=tuple(run.findings),
        file_name=run.file_name,
        reason=run.reason,
        error=run.error,
        only=choice_from(run.choice).only,
        ordered_by=ordered_by,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )
