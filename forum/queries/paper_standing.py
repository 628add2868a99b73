"""Which papers there could be, which of them were printed, and how those compare with today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum.domain.states import PaperKind, RegistrationStatus
from forum.models import Account, Delegate, Paper, Print, PrintJob, PrintRun
from forum.models.base import db
from forum.printing.documents import content_hash
from forum.queries import delegates
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice


@dataclass(frozen=True)
class Subject:
    """What a paper is about: a person, or what its kind counts, in the languages of that paper."""

    id: int
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """The paper about a subject that was printed last, and so is in somebody's hands."""

    content_hash: str
    revision: int
    printed_at: datetime


@dataclass(frozen=True)
class Standing:
    """How many papers of a kind there could be, and how those that were printed compare with today."""

    total: int
    unprinted: int
    stale: int


@dataclass(frozen=True)
class StalePaper:
    """A paper in somebody's hands that says something else than today. ``label``: whose, or about what."""

    subject: Subject
    label: str
    revision: int
    printed_at: datetime


Documents = Mapping[Subject, Any]


def documents(event: EventView, kind: PaperKind, subjects: Collection[Subject]) -> Documents:
    """What the papers would say if they were printed now, in their order; what is no more is left out."""
    by_languages: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for each in subjects:
        by_languages[each.languages].append(each.id)
    found: dict[Subject, Any] = {}
    for languages, ids in by_languages.items():
        made = KINDS[kind].documents(event, ids, languages)
        found.update((Subject(key, languages), document) for key, document in made.items())
    return found


def chosen(event: EventView, kind: PaperKind, choice: PaperChoice) -> tuple[Subject, ...]:
    """Of what ``choice`` prints one each: people in the order of their numbers, else rows in theirs."""
    asked_for = wanted(event, kind, choice)
    if choice.only == "all":
        return asked_for
    held = held_papers(event_id=event.id, kind=kind)
    if choice.only == "unprinted":
        return tuple(each for each in asked_for if not any(_replaces(each, other) for other in held))
    places = {each.id: place for place, each in enumerate(asked_for)}
    asked = sorted((each for each in held if each.id in places), key=lambda each: places[each.id])
    return tuple(each for each in _changed(event, kind, {each: held[each] for each in asked}))


def already_printed(event: EventView, kind: PaperKind, subjects: Collection[Subject]) -> int:
    """Of how many of these somebody holds a paper that says the same as today."""
    held = held_papers(event_id=event.id, kind=kind)
    asked = {each: held[each] for each in subjects if each in held}
    current = documents(event, kind, asked)
    return sum(1 for each, document in current.items() if content_hash(document) == asked[each].content_hash)


def standing(event: EventView, kind: PaperKind) -> Standing:
    """Numbers for the whole forum; the work grows with the papers, the statements do not."""
    every = wanted(event, kind, PaperChoice())
    held = held_papers(event_id=event.id, kind=kind)
    printed, known = {each.id for each in held}, {each.id for each in every}
    asked = {each: paper for each, paper in held.items() if each.id in known}
    return Standing(
        total=len(every),
        unprinted=len(known - printed),
        stale=len(_changed(event, kind, asked)),
    )


def stale_papers(event: EventView, kind: PaperKind, language: str) -> tuple[StalePaper, ...]:
    """Which papers that somebody holds are out of date, in their order."""
    return told(event, kind, chosen(event, kind, PaperChoice(only="stale")), language)


def told(
    event: EventView, kind: PaperKind, stale: Collection[Subject], language: str
) -> tuple[StalePaper, ...]:
    """The same with what is known of them; what is no more is left out."""
    held = held_papers(event_id=event.id, kind=kind)
    if KINDS[kind].is_personal:
        labels = delegates.names(event_id=event.id, ids={each.id for each in stale})
    else:
        labels = {row.id: row.label for row in KINDS[kind].rows(event, language)} if stale else {}
    return tuple(
        StalePaper(each, labels[each.id], held[each].revision, held[each].printed_at)
        for each in stale
        if each in held and each.id in labels
    )


def held_papers(*, event_id: int, kind: PaperKind) -> Mapping[Subject, Held]:
    """The papers that are in somebody's hands. One in ru and kk replaces an earlier one in ru."""
    subject = (Paper.delegate_id, Paper.subject_id, Paper.languages)
    last = (
        select(func.max(Print.id))
        .join(Paper, Paper.id == Print.paper_id)
        .where(Paper.event_id == event_id, Paper.kind == kind)
        .group_by(*subject)
    )
    rows = db.session.execute(
        select(*subject, Paper.content_hash, Paper.revision, Print.printed_at)
        .join(Print, Print.paper_id == Paper.id)
        .where(Print.id.in_(last))
        .order_by(Print.id)
    )
    held: dict[Subject, Held] = {}
    in_languages: dict[int, list[Subject]] = defaultdict(list)
    for row in rows:
        one = subject_of(row)
        replaced = [each for each in in_languages[one.id] if _replaces(each, one)]
        for each in replaced:
            in_languages[one.id].remove(each)
            del held[each]
        in_languages[one.id].append(one)
        held[one] = Held(row.content_hash, row.revision, row.printed_at)
    return held


def subject_of(row: Any) -> Subject:
    """Of a paper, or a row with what tells its subject."""
    if row.delegate_id is not None:
        return Subject(row.delegate_id)
    return Subject(row.subject_id, tuple(row.languages.split(",")))


def _replaces(earlier: Subject, later: Subject) -> bool:
    """Whether whoever has the later paper needs the earlier one no more."""
    return earlier.id == later.id and set(earlier.languages) <= set(later.languages)


def _changed(event: EventView, kind: PaperKind, held: Mapping[Subject, Held]) -> tuple[Subject, ...]:
    """Those that say something else today, in the order given."""
    current = documents(event, kind, held)
    return tuple(
        each
        for each, paper in held.items()
        if each in current and content_hash(current[each]) != paper.content_hash
    )


def wanted(event: EventView, kind: PaperKind, choice: PaperChoice) -> tuple[Subject, ...]:
    """What ``choice`` asks for, whatever was printed of it."""
    if KINDS[kind].is_personal:
        return tuple(map(Subject, _people(event, choice)))
    languages = KINDS[kind].languages(event, choice.languages)
    rows = KINDS[kind].rows(event, languages[0])
    return tuple(
        Subject(row.id, languages) for row in rows if choice.row_ids is None or row.id in choice.row_ids
    )


def _people(event: EventView, choice: PaperChoice) -> tuple[int, ...]:
    rows = select(Delegate.id).where(
        Delegate.event_id == event.id, Delegate.status == RegistrationStatus.APPROVED
    )
    if choice.delegation_id is not None:
        rows = rows.where(Delegate.delegation_id == choice.delegation_id)
    if choice.category is not None:
        rows = rows.where(Delegate.category == choice.category)
    if choice.delegate_ids is not None:
        rows = rows.where(Delegate.id.in_(choice.delegate_ids))
    return tuple(db.session.scalars(rows.order_by(Delegate.number)))


@dataclass(frozen=True)
class PrintOfPerson:
    """One print of one paper of a person, of a run or of a station. ``is_stale`` is None where a later print
    has replaced it.
    """

    run_id: int | None
    kind: PaperKind
    revision: int
    printed_at: datetime
    ordered_by: str | None
    reason: str | None
    is_stale: bool | None


def prints_of(event: EventView, delegate_id: int) -> tuple[PrintOfPerson, ...]:
    """What was printed for a person, the latest first; of each kind the last is what they hold."""
    rows = db.session.execute(
        select(
            Paper.kind, Paper.revision, Paper.content_hash, Print.printed_at, Print.run_id,
            func.coalesce(PrintRun.reason, PrintJob.reason).label("reason"), Account.name,
        )
        .join(Print, Print.paper_id == Paper.id)
        .outerjoin(PrintRun, PrintRun.id == Print.run_id)
        .outerjoin(PrintJob, PrintJob.id == Print.job_id)
        .outerjoin(Account, Account.id == func.coalesce(PrintRun.created_by_id, PrintJob.ordered_by_id))
        .where(Paper.event_id == event.id, Paper.delegate_id == delegate_id)
        .order_by(Print.id.desc())
    ).all()  # fmt: skip
    subject = Subject(delegate_id)
    last = {row.kind: row for row in reversed(rows)}
    now = {kind: documents(event, kind, [subject]).get(subject) for kind in last}
    return tuple(
        PrintOfPerson(
            run_id=row.run_id,
            kind=row.kind,
            revision=row.revision,
            printed_at=row.printed_at,
            ordered_by=row.name,
            reason=row.reason,
            is_stale=_differs(now[row.kind], row.content_hash) if row is last[row.kind] else None,
        )
        for row in rows
    )


def _differs(document: Any, content: str) -> bool:
    """A badge that is void has no document until it is issued anew."""
    return document is None or content_hash(document) != content
