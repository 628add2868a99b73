"""What the readiness board knows of everybody in a forum: one statement for each kind of fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from forum.domain.consents import REQUIRED
from forum.domain.questions import Condition, Option, QuestionSpec, Value, asked
from forum.domain.states import Category, SeatStatus
from forum.models import Answer, Consent, Delegate, IdentityDocument, Question, Seat, SignIn, Site, Visit
from forum.models.base import db
from forum.queries.badge_documents import confirmed
from forum.queries.events import EventView


@dataclass(frozen=True)
class Known:
    """Ids are of delegates, but ``signed_in`` has accounts."""

    without_consents: frozenset[int]
    going: frozenset[int]  # with a seat in any visit
    visitors: frozenset[int]  # with a seat in a visit whose gate asks for a document
    with_document: frozenset[int]
    signed_in: frozenset[int]
    with_confirmed_badge: frozenset[int]
    questions: tuple[QuestionSpec, ...]
    answers: Mapping[int, Mapping[str, Value]]

    def questions_of(
        self, delegate_id: int, category: Category
    ) -> tuple[tuple[QuestionSpec, ...], tuple[QuestionSpec, ...]]:
        """The questions put to somebody, and the required ones of them that have no answer yet."""
        given = self.answers.get(delegate_id, {})
        put = asked(self.questions, given, category, is_visitor=delegate_id in self.going)
        return put, tuple(spec for spec in put if spec.is_required and spec.code not in given)


def known(event: EventView, *, delegation_id: int | None = None) -> Known:
    """The facts of the forum; where a delegation is named, its badges alone, which take longest."""
    going, visitors = _visitors(event.id)
    return Known(
        without_consents=_without_consents(event.id),
        going=going,
        visitors=visitors,
        with_document=_with_document(event.id),
        signed_in=_signed_in(event.id),
        with_confirmed_badge=confirmed(event, delegation_id=delegation_id),
        questions=_questions(event.id),
        answers=_answers(event.id),
    )


def _without_consents(event_id: int) -> frozenset[int]:
    given = (
        select(Consent.delegate_id, func.count(Consent.purpose.distinct()).label("count"))
        .where(Consent.purpose.in_(REQUIRED), Consent.withdrawn_at.is_(None))
        .group_by(Consent.delegate_id)
        .subquery()
    )
    rows = select(Delegate.id).outerjoin(given, given.c.delegate_id == Delegate.id)
    lacks = func.coalesce(given.c.count, 0) < len(REQUIRED)
    return frozenset(db.session.scalars(rows.where(Delegate.event_id == event_id, lacks)))


def _visitors(event_id: int) -> tuple[frozenset[int], frozenset[int]]:
    rows = db.session.execute(
        select(Seat.delegate_id, Site.rules)
        .join(Visit, Visit.id == Seat.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Visit.event_id == event_id, Seat.status == SeatStatus.SEATED)
    ).all()
    return (
        frozenset(row.delegate_id for row in rows),
        frozenset(row.delegate_id for row in rows if row.rules.get("id_fields")),
    )


def _with_document(event_id: int) -> frozenset[int]:
    return frozenset(
        db.session.scalars(
            select(IdentityDocument.delegate_id)
            .join(Delegate, Delegate.id == IdentityDocument.delegate_id)
            .where(Delegate.event_id == event_id, IdentityDocument.sealed.is_not(None))
        )
    )


def _signed_in(event_id: int) -> frozenset[int]:
    return frozenset(
        db.session.scalars(
            select(SignIn.account_id)
            .join(Delegate, Delegate.account_id == SignIn.account_id)
            .where(Delegate.event_id == event_id)
            .distinct()
        )
    )


def _questions(event_id: int) -> tuple[QuestionSpec, ...]:
    rows = db.session.scalars(
        select(Question)
        .where(Question.event_id == event_id, Question.archived_at.is_(None))
        .order_by(Question.position, Question.id)
    )
    return tuple(_spec(row) for row in rows)


def _spec(row: Question) -> QuestionSpec:
    condition = row.condition or {}
    return QuestionSpec(
        code=row.code,
        kind=row.kind,
        title=row.title,
        stage=row.stage,
        options=tuple(Option(each["code"], each["title"]) for each in row.options),
        categories=frozenset(Category(name) for name in row.categories),
        condition=Condition(condition["question"], tuple(condition["is"])) if condition else None,
        is_required=row.is_required,
        only_visitors=row.only_visitors,
    )


def _answers(event_id: int) -> Mapping[int, Mapping[str, Value]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = db.session.execute(
        select(Answer.delegate_id, Question.code, Answer.value)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.event_id == event_id)
    )
    for delegate_id, code, value in rows:
        found[delegate_id][code] = value.get(_VALUE)
    return found


_VALUE: Final = "value"
