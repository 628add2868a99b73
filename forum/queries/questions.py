"""What a forum asks beyond the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from forum.domain.question_data import condition_from_data, options_from_data
from forum.domain.questions import QuestionSpec, depending_on, disordered, in_order
from forum.domain.states import Category, QuestionStage
from forum.models import Answer, Question
from forum.models.base import db


@dataclass(frozen=True)
class QuestionView:
    """A question of a forum; ``answers`` counts the people who have answered it."""

    id: int
    event_id: int
    spec: QuestionSpec
    answers: int
    archived_at: datetime | None
    version: int

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


@dataclass(frozen=True)
class ListedQuestion:
    """A question in the organiser's list, with what can be done with it there."""

    question: QuestionView
    source: QuestionSpec | None  # what it depends on
    steers: tuple[QuestionSpec, ...]  # what depends on it
    may_rise: bool
    may_sink: bool


def find(*, event_id: int, row_id: int) -> QuestionView | None:
    """The question of that event with that number, archived or not."""
    row = db.session.scalar(select(Question).where(Question.event_id == event_id, Question.id == row_id))
    return _view(row, _answers_to(Answer.question_id == row.id)) if row else None


def with_code(*, event_id: int, code: str) -> QuestionView | None:
    """The question of that event with that code."""
    row = db.session.scalar(select(Question).where(Question.event_id == event_id, Question.code == code))
    return _view(row, _answers_to(Answer.question_id == row.id)) if row else None


def specs(*, event_id: int) -> tuple[QuestionSpec, ...]:
    """The questions in use, in the order in which they are asked."""
    rows = db.session.scalars(in_use(event_id))
    return in_order(spec_of(row) for row in rows)


def everything(*, event_id: int) -> tuple[QuestionView, ...]:
    """Every question in order, the archived ones last."""
    counts = dict(
        db.session.execute(
            select(Answer.question_id, func.count())
            .join(Question, Answer.question_id == Question.id)
            .where(Question.event_id == event_id)
            .group_by(Answer.question_id)
        ).all()
    )
    rows = db.session.scalars(_ordered(select(Question).where(Question.event_id == event_id)))
    views = [_view(row, counts.get(row.id, 0)) for row in rows]
    stages = list(QuestionStage)
    return tuple(sorted(views, key=lambda view: (view.is_archived, stages.index(view.spec.stage))))


def listed(*, event_id: int) -> Mapping[QuestionStage | None, tuple[ListedQuestion, ...]]:
    """Every question by its stage, the archived ones under None."""
    views = everything(event_id=event_id)
    in_force = tuple(view.spec for view in views if not view.is_archived)
    by_code = {spec.code: spec for spec in in_force}
    found: dict[QuestionStage | None, list[ListedQuestion]] = {stage: [] for stage in (*QuestionStage, None)}
    for view in views:
        source = view.spec.condition and by_code.get(view.spec.condition.question)
        found[None if view.is_archived else view.spec.stage].append(
            ListedQuestion(
                question=view,
                source=source or None,
                steers=depending_on(view.spec.code, in_force),
                may_rise=not view.is_archived and moved(in_force, view.spec.code, -1) is not None,
                may_sink=not view.is_archived and moved(in_force, view.spec.code, 1) is not None,
            )
        )
    return {stage: tuple(questions) for stage, questions in found.items()}


def moved(in_force: tuple[QuestionSpec, ...], code: str, by: int) -> tuple[QuestionSpec, ...] | None:
    """The questions with one moved one place within its stage; None where it cannot go there."""
    place = [spec.code for spec in in_force].index(code)
    beside = place + by
    if not 0 <= beside < len(in_force) or in_force[beside].stage is not in_force[place].stage:
        return None
    order = list(in_force)
    order[place], order[beside] = order[beside], order[place]
    return tuple(order) if not disordered(order) else None


def in_use(event_id: int) -> Select[Question]:
    """The rows of the questions in use, in order within each stage."""
    return _ordered(select(Question).where(Question.event_id == event_id, Question.archived_at.is_(None)))


def spec_of(row: Question) -> QuestionSpec:
    """The question in a loaded row."""
    return QuestionSpec(
        code=row.code,
        kind=row.kind,
        title=row.title,
        stage=row.stage,
        hint=row.hint,
        options=options_from_data(row.options, row.code),
        categories=frozenset(Category(each) for each in row.categories),
        condition=condition_from_data(row.condition, row.code),
        is_required=row.is_required,
        only_visitors=row.only_visitors,
        least=row.least,
        most=row.most,
    )


def _ordered(rows: Select[Question]) -> Select[Question]:
    return rows.order_by(Question.position, Question.id)


def _answers_to(condition: object) -> int:
    return db.session.scalar(select(func.count()).select_from(Answer).where(condition)) or 0  # type: ignore[arg-type]


def _view(row: Question, answers: int) -> QuestionView:
    return QuestionView(
        id=row.id,
        event_id=row.event_id,
        spec=spec_of(row),
        answers=answers,
        archived_at=row.archived_at,
        version=row.version,
    )
