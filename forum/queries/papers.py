"""Papers: what is printed, what is stale, and the runs that printed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from forum.domain.states import Category, JobStatus, PaperKind, RegistrationStatus
from forum.models import Account, Delegate, Paper, Print, PrintRun
from forum.models.base import db
from forum.printing.documents import Document, content_hash
from forum.queries.events import EventView
from forum.queries.paging import Page, page_of
from forum.queries.paper_kinds import KINDS


@dataclass(frozen=True)
class PaperChoice:
    """For whom papers are printed; None leaves a question open. Only the approved have papers.

    ``row_ids`` and ``languages`` (one or two, none: as usual) are for papers of the forum, not of a person.
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
    ordered_by: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.status not in (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True)
class Standing:
    """Who should hold a paper of a kind, and how the paper in their hands compares with today."""

    people: int
    unprinted: int
    stale: int


def find(*, event_id: int, row_id: int) -> RunView | None:
    """The run of that event with that id."""
    row = db.session.execute(_runs(event_id).where(PrintRun.id == row_id)).first()
    return _view(row) if row else None


def runs(*, event_id: int, number: int = 1) -> Page[RunView]:
    """Runs of the event, the latest first."""
    return page_of(_runs(event_id), _view, number=number, order_by=(PrintRun.id.desc(),))


def documents(event: EventView, kind: PaperKind, delegate_ids: Collection[int]) -> Mapping[int, Document]:
    """Papers of people by delegate as they would be printed now, in the order of numbers."""
    return KINDS[kind].documents(event, delegate_ids, ())


def forum_documents(event: EventView, kind: PaperKind, choice: PaperChoice) -> Mapping[int, Any]:
    """Papers of the forum by row as they would be printed now."""
    rows, languages = chosen_ids(event, kind, choice), KINDS[kind].languages(event, choice.languages)
    return KINDS[kind].documents(event, rows, languages) if rows else {}


def chosen_ids(event: EventView, kind: PaperKind, choice: PaperChoice) -> tuple[int, ...]:
    """Of what ``choice`` prints one each: delegates in the order of their numbers, else rows in theirs."""
    if not KINDS[kind].is_personal:
        rows = (row.id for row in KINDS[kind].rows(event, event.languages[0]))
        return tuple(key for key in rows if choice.row_ids is None or key in choice.row_ids)
    return _people_chosen(event, kind, choice)


def nothing_chosen(kind: PaperKind) -> str:
    """The code of the refusal where a choice finds nothing."""
    return "nobody_to_print_for" if KINDS[kind].is_personal else "nothing_to_print"


def _people_chosen(event: EventView, kind: PaperKind, choice: PaperChoice) -> tuple[int, ...]:
    rows = select(Delegate.id).where(
        Delegate.event_id == event.id, Delegate.status == RegistrationStatus.APPROVED
    )
    if choice.delegation_id is not None:
        rows = rows.where(Delegate.delegation_id == choice.delegation_id)
    if choice.category is not None:
        rows = rows.where(Delegate.category == choice.category)
    if choice.delegate_ids is not None:
        rows = rows.where(Delegate.id.in_(choice.delegate_ids))
    ids = tuple(db.session.scalars(rows.order_by(Delegate.number)))
    if choice.only == "all":
        return ids
    held = held_hashes(event_id=event.id, kind=kind)
    if choice.only == "unprinted":
        return tuple(key for key in ids if key not in held)
    current = documents(event, kind, [key for key in ids if key in held])
    return tuple(key for key in ids if key in current and content_hash(current[key]) != held[key])


def standing(event: EventView, kind: PaperKind) -> Standing:
    """Numbers for the whole event; the work grows with the people, the statements do not."""
    ids = chosen_ids(event, kind, PaperChoice())
    held = held_hashes(event_id=event.id, kind=kind)
    current = documents(event, kind, [key for key in ids if key in held])
    stale = sum(1 for key, document in current.items() if content_hash(document) != held[key])
    return Standing(people=len(ids), unprinted=sum(1 for key in ids if key not in held), stale=stale)


def held_hashes(*, event_id: int, kind: PaperKind) -> Mapping[int, str]:
    """By delegate, the content of the paper of ``kind`` that was last printed for them."""
    last = (
        select(func.max(Print.id))
        .join(Paper, Paper.id == Print.paper_id)
        .where(Paper.event_id == event_id, Paper.kind == kind)
        .group_by(Paper.delegate_id)
    )
    rows = db.session.execute(
        select(Paper.delegate_id, Paper.content_hash)
        .join(Print, Print.paper_id == Paper.id)
        .where(Print.id.in_(last))
    )
    return {row.delegate_id: row.content_hash for row in rows}


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
        ordered_by=ordered_by,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )
