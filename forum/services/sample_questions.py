"""Rows of the invented forum's questions and answers, within ``sample.load``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from forum import clock
from forum.domain.question_data import condition_as_data, options_as_data
from forum.domain.questions import QuestionSpec
from forum.domain.states import QuestionStage, RegistrationStatus
from forum.models import Answer, Company, Delegate, Question
from forum.models.base import db
from forum.queries.answers import visitors
from forum.sample.questions import QUESTIONS, answers_of
from forum.services import bulk


def questions(event_id: int) -> None:
    """The forum's own questions, answered by most of its people."""
    rows = [_question(event_id, position, spec) for position, spec in enumerate(QUESTIONS, start=1)]
    ids = dict(zip((spec.code for spec in QUESTIONS), bulk.add(Question, rows), strict=True))
    bulk.add(Answer, _answers(event_id, ids))


def _question(event_id: int, position: int, spec: QuestionSpec) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "code": spec.code,
        "kind": spec.kind,
        "stage": spec.stage,
        "title": spec.title,
        "hint": spec.hint,
        "options": options_as_data(spec.options),
        "categories": sorted(category.value for category in spec.categories),
        "condition": condition_as_data(spec.condition),
        "is_required": spec.is_required,
        "only_visitors": spec.only_visitors,
        "least": spec.least,
        "most": spec.most,
        "position": position,
    }


def _answers(event_id: int, ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    going = visitors(event_id=event_id, delegate_ids=None)
    late = {spec.code for spec in QUESTIONS if spec.stage is QuestionStage.APPROVED}
    people = db.session.execute(
        select(Delegate.id, Delegate.number, Delegate.category, Delegate.status, Company.bare_name)
        .outerjoin(Company, Delegate.company_id == Company.id)
        .where(Delegate.event_id == event_id)
        .order_by(Delegate.number)
    )
    for key, number, category, status, company in people:
        said = answers_of(number, category, company or "", is_visitor=key in going)
        for code, value in said.items():
            if value and (code not in late or status is RegistrationStatus.APPROVED):
                yield {
                    "delegate_id": key,
                    "question_id": ids[code],
                    "value": {"value": value},
                    "answered_at": clock.now(),
                }
