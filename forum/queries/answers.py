"""What people answered to the questions of a forum."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select

from forum.domain.questions import QuestionSpec, Value, asked, counting, is_put_to, leading_to
from forum.domain.states import Category, FileKind, QuestionStage, RegistrationStatus, SeatStatus
from forum.models import Answer, Delegate, Question, Seat, StoredFile, Visit
from forum.models.base import db
from forum.queries import questions
from forum.queries.questions import spec_of

_OUT: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@dataclass(frozen=True)
class AnswerView:
    """What somebody said to a question: None where nothing; of a file its name is the value."""

    question_id: int
    spec: QuestionSpec
    value: Value | None
    answered_at: datetime | None
    is_archived: bool


@dataclass(frozen=True)
class PersonAnswers:
    """Somebody's answers. ``asked``: what is put to them now, with or without an answer, in order.

    ``former``: answers to questions that the forum asks no longer. ``given``: every answer kept, by code.
    ``mark``: changes with any answer, so that a form knows whether it is stale.
    """

    delegate_id: int
    category: Category
    is_visitor: bool
    asked: tuple[AnswerView, ...]
    former: tuple[AnswerView, ...]
    given: Mapping[str, Value]
    file_names: Mapping[int, str]
    mark: str

    def of_stage(self, stage: QuestionStage) -> tuple[AnswerView, ...]:
        return tuple(each for each in self.asked if each.spec.stage is stage)

    def needed(self, stage: QuestionStage) -> tuple[AnswerView, ...]:
        """Questions of the stage that must be answered and are not."""
        return tuple(each for each in self.of_stage(stage) if each.spec.is_required and each.value is None)


@dataclass(frozen=True)
class AnswerColumn:
    """A question as a column of a list."""

    question_id: int
    spec: QuestionSpec
    is_archived: bool


@dataclass(frozen=True)
class AnswerTable:
    """Answers of many people: ``rows`` by the person's number, then by question; file names as values."""

    columns: tuple[AnswerColumn, ...]
    rows: Mapping[int, Mapping[int, Value]]


@dataclass(frozen=True)
class AnswerFile:
    """A file that somebody sent as an answer."""

    file_id: int
    media_type: str
    code: str


def of_person(*, event_id: int, delegate_id: int) -> PersonAnswers:
    """The answers of one delegate of the event."""
    category = db.session.scalars(select(Delegate.category).filter_by(id=delegate_id)).one()
    is_visitor = bool(visitors(event_id=event_id, delegate_ids=[delegate_id]))
    known = questions.everything(event_id=event_id)
    rows = {row.question_id: row for row in db.session.scalars(_answers(event_id, [delegate_id]))}
    names = _file_names(row.file_id for row in rows.values())
    in_use = tuple(each.spec for each in known if not each.is_archived)
    given = {each.spec.code: _value(rows[each.id]) for each in known if each.id in rows}
    shown = {spec.code for spec in asked(in_use, given, category, is_visitor=is_visitor)}
    views = [
        _view(each.id, each.spec, rows.get(each.id), names, is_archived=each.is_archived) for each in known
    ]
    return PersonAnswers(
        delegate_id=delegate_id,
        category=category,
        is_visitor=is_visitor,
        asked=tuple(view for view in views if not view.is_archived and view.spec.code in shown),
        former=tuple(view for view in views if view.is_archived and view.value is not None),
        given={code: value for code, value in given.items() if code in {spec.code for spec in in_use}},
        file_names=names,
        mark=mark_of(rows.values()),
    )


def table(*, event_id: int, delegate_ids: Collection[int]) -> AnswerTable:
    """What those people answered, as far as it counts, in a number of statements that does not grow."""
    known = questions.everything(event_id=event_id)
    people = _people(event_id, delegate_ids)
    going = visitors(event_id=event_id, delegate_ids=None)
    kept: dict[int, list[Answer]] = defaultdict(list)
    for row in db.session.scalars(_answers(event_id, None)):
        kept[row.delegate_id].append(row)
    names = _file_names(row.file_id for rows in kept.values() for row in rows)
    in_use = tuple(each.spec for each in known if not each.is_archived)
    by_id = {each.id: each for each in known}
    found: dict[int, dict[int, Value]] = {}
    for delegate_id, category in people.items():
        given = {by_id[row.question_id].spec.code: _value(row) for row in kept[delegate_id]}
        left = counting(in_use, given, category, is_visitor=delegate_id in going)
        found[delegate_id] = {
            row.question_id: _shown(row, names)
            for row in kept[delegate_id]
            if by_id[row.question_id].is_archived or by_id[row.question_id].spec.code in left
        }
    answered = {question_id for row in found.values() for question_id in row}
    columns = tuple(
        AnswerColumn(each.id, each.spec, each.is_archived)
        for each in known
        if not each.is_archived or each.id in answered
    )
    return AnswerTable(columns, found)


def answers_to(*, event_id: int, question_id: int) -> Mapping[int, Value]:
    """What was answered to a question as far as it counts, by the person's number in the tables."""
    found = table(event_id=event_id, delegate_ids=_people(event_id, None))
    return {key: row[question_id] for key, row in found.rows.items() if question_id in row}


def unanswered(*, event_id: int, question_id: int) -> frozenset[int]:
    """People who take part, are asked that question in use, and have not answered it."""
    specs = questions.specs(event_id=event_id)
    row = db.session.get(Question, question_id)
    if row is None or row.event_id != event_id or row.archived_at is not None:
        return frozenset()
    wanted = spec_of(row)
    people = _people(event_id, None)
    going = visitors(event_id=event_id, delegate_ids=None)
    given: dict[int, dict[str, Value]] = defaultdict(dict)
    rows = (
        select(Answer.delegate_id, Question.code, Answer.value)
        .join(Question, Answer.question_id == Question.id)
        .where(Question.event_id == event_id, Question.code.in_(leading_to(wanted, specs)))
    )
    for key, code, said in db.session.execute(rows):
        given[key][code] = said["value"]
    return frozenset(
        key
        for key, category in people.items()
        if wanted.code not in given[key]
        and is_put_to(wanted, category, is_visitor=key in going)
        and wanted in asked(specs, given[key], category, is_visitor=key in going)
    )


def visitors(*, event_id: int, delegate_ids: Collection[int] | None) -> frozenset[int]:
    """Those of the people (None: of everybody) who have a seat in a visit."""
    rows = (
        select(Seat.delegate_id)
        .join(Visit, Seat.visit_id == Visit.id)
        .where(Visit.event_id == event_id, Seat.status == SeatStatus.SEATED)
        .distinct()
    )
    if delegate_ids is not None:
        rows = rows.where(Seat.delegate_id.in_(delegate_ids))
    return frozenset(db.session.scalars(rows))


def file(*, event_id: int, delegate_id: int, question_id: int) -> AnswerFile | None:
    """The file that somebody sent as the answer to that question."""
    row = db.session.execute(
        select(StoredFile.id, StoredFile.media_type, Question.code)
        .join(Answer, Answer.file_id == StoredFile.id)
        .join(Question, Answer.question_id == Question.id)
        .where(
            Question.event_id == event_id,
            Answer.delegate_id == delegate_id,
            Answer.question_id == question_id,
            StoredFile.kind == FileKind.ANSWER,
        )
    ).first()
    return AnswerFile(*row) if row else None


def mark_of(rows: Iterable[Answer]) -> str:
    """A short text that differs when any of the answers does."""
    said = sorted((row.question_id, json.dumps(row.value, sort_keys=True)) for row in rows)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _answers(event_id: int, delegate_ids: Collection[int] | None) -> Select[Answer]:
    rows = (
        select(Answer).join(Question, Answer.question_id == Question.id).where(Question.event_id == event_id)
    )
    return rows if delegate_ids is None else rows.where(Answer.delegate_id.in_(delegate_ids))


def _people(event_id: int, delegate_ids: Collection[int] | None) -> dict[int, Category]:
    """Categories by number: of those people, else of all who take part."""
    rows = select(Delegate.id, Delegate.category).where(Delegate.event_id == event_id)
    if delegate_ids is None:
        rows = rows.where(Delegate.status.not_in(_OUT), Delegate.erased_at.is_(None))
    found = db.session.execute(rows)
    return {key: category for key, category in found if delegate_ids is None or key in delegate_ids}


def _file_names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = select(StoredFile.id, StoredFile.name).where(StoredFile.kind == FileKind.ANSWER)
    return {key: name for key, name in db.session.execute(rows) if key in wanted}


def _value(row: Answer) -> Value:
    value: Value = row.file_id if row.file_id is not None else row.value["value"]
    return value


def _shown(row: Answer, names: Mapping[int, str]) -> Value:
    return names.get(row.file_id, "") if row.file_id is not None else _value(row)


def _view(
    question_id: int, spec: QuestionSpec, row: Answer | None, names: Mapping[int, str], *, is_archived: bool
) -> AnswerView:
    return AnswerView(
        question_id=question_id,
        spec=spec,
        value=_shown(row, names) if row else None,
        answered_at=row.answered_at if row else None,
        is_archived=is_archived,
    )
