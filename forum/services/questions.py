"""What a forum asks beyond the profile: an organiser adds, changes, orders and archives questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select, update

from forum import clock
from forum.domain.question_data import condition_as_data, options_as_data
from forum.domain.question_rules import (
    Problem,
    code_of,
    forbidden_change,
    problems,
    tidied,
    with_option_codes,
)
from forum.domain.questions import QuestionSpec, depending_on, disordered
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.models import Answer, Event, Question
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import questions as known
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def add(*, actor: Actor, event_id: int, spec: QuestionSpec) -> int:
    """Put another question, as the last of its stage. Without a code it gets one from its title.

    Returns:
        The number of the question.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: a code of ``question_rules.problems``, ``question_code_taken``,
            ``condition_not_before``.
    """
    event = _locked(actor, event_id)
    row = new_row(event, spec, _codes(event_id))
    _refuse_disorder(event_id)
    _note(actor, "question_added", row)
    return row.id


@transactional
def change(*, actor: Actor, event_id: int, question_id: int, version: int, spec: QuestionSpec) -> None:
    """Write ``spec`` over the version that its editor saw. Its code stays.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``question_stale``, somebody has changed it meanwhile.
        ForumError: ``no_such_question``, as ``add``; ``question_has_answers``, ``option_has_answers`` or
            ``consent_has_answers`` where the answers would then say something else (``replace``).
    """
    event = _locked(actor, event_id)
    row = _fresh(event_id, question_id, version)
    overwrite(event, row, spec)
    _refuse_disorder(event_id)
    _note(actor, "question_changed", row)


@transactional
def put_in_place(*, actor: Actor, event_id: int, question_id: int, version: int, spec: QuestionSpec) -> int:
    """Archive a question with its answers, and put ``spec`` as a new one where it stood.

    Conditions that named the old one name the new one.

    Returns:
        The number of the new question.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``change``.
    """
    event = _locked(actor, event_id)
    old = _fresh(event_id, question_id, version)
    old.archived_at = clock.now()
    new = new_row(event, replace(spec, code=""), _codes(event_id))
    for row in db.session.scalars(known.in_use(event_id)):
        if row.condition.get("question") == old.code:
            row.condition = {**row.condition, "question": new.code}
    _set_position(new, old.position)
    db.session.flush()
    _refuse_disorder(event_id)
    _note(actor, "question_replaced", new)
    return new.id


@transactional
def move(*, actor: Actor, event_id: int, question_id: int, by: int) -> None:
    """Put a question one place earlier (``by`` = -1) or later (1) within its stage.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_question``, ``question_cannot_move``.
    """
    _locked(actor, event_id)
    row = _row(event_id, question_id)
    specs = known.specs(event_id=event_id)
    order = known.moved(specs, row.code, by) if row.archived_at is None and by in (-1, 1) else None
    if order is None:
        raise ForumError("question_cannot_move", title=row.title)
    rows = {each.code: each for each in db.session.scalars(known.in_use(event_id))}
    for position, spec in enumerate(order, start=1):
        _set_position(rows[spec.code], position)
    _note(actor, "question_moved", row)


@transactional
def archive(*, actor: Actor, event_id: int, question_id: int) -> None:
    """Ask a question no longer. Its answers stay.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_question``, ``question_steers_others``.
    """
    _locked(actor, event_id)
    row = _row(event_id, question_id)
    if row.archived_at is not None:
        return
    steered = depending_on(row.code, known.specs(event_id=event_id))
    if steered:
        raise ForumError("question_steers_others", title=steered[0].title)
    row.archived_at = clock.now()
    _note(actor, "question_archived", row)


@transactional
def bring_back(*, actor: Actor, event_id: int, question_id: int) -> None:
    """Ask an archived question again, as the last of its stage.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_question``, ``condition_not_before``.
    """
    _locked(actor, event_id)
    row = _row(event_id, question_id)
    if row.archived_at is None:
        return
    _set_position(row, _last_position(event_id) + 1)
    row.archived_at = None
    db.session.flush()
    _refuse_disorder(event_id)
    _note(actor, "question_brought_back", row)


def new_row(event: Event, spec: QuestionSpec, taken: Iterable[str]) -> Question:
    """Within a command that looks after the order: a row for ``spec``, at the end.

    Raises:
        ForumError: a code of ``question_rules.problems``, ``question_code_taken``.
    """
    spec = _whole(event, spec)
    taken = set(taken)
    if spec.code in taken:
        raise ForumError("question_code_taken", wrong=spec.code)
    code = spec.code or code_of(spec.title, taken)
    row = Question(event_id=event.id, code=code, position=_last_position(event.id) + 1)
    _put(row, spec)
    db.session.add(row)
    db.session.flush()
    return row


def overwrite(event: Event, row: Question, spec: QuestionSpec) -> None:
    """Within a command that looks after the order: ``spec`` into a row, as far as its answers allow.

    Raises:
        ForumError: as ``change``.
    """
    spec = _whole(event, spec)
    chosen = _chosen(row)
    if chosen is not None:
        forbidden = forbidden_change(known.spec_of(row), spec, chosen)
        if forbidden:
            raise _refusal(forbidden)
    _put(row, spec)
    db.session.flush()


def _locked(actor: Actor, event_id: int) -> Event:
    """The event, its questions locked: order and conditions are about all of them."""
    require(actor, Permission.MANAGE_EVENT, event_id)
    return db.session.scalars(select(Event).where(Event.id == event_id).with_for_update()).one()


def _row(event_id: int, question_id: int) -> Question:
    row = db.session.get(Question, question_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_question")
    return row


def _fresh(event_id: int, question_id: int, version: int) -> Question:
    row = _row(event_id, question_id)
    if row.version != version:
        raise StaleError("question_stale", version=row.version)
    return row


def _whole(event: Event, spec: QuestionSpec) -> QuestionSpec:
    spec = tidied(spec)
    found = problems(spec, tuple(event.languages))
    if found:
        raise _refusal(found[0])
    return replace(spec, options=with_option_codes(spec.options))


def _refusal(problem: Problem) -> ForumError:
    return ForumError(problem.code, **problem.data)


def _refuse_disorder(event_id: int) -> None:
    wrong = disordered(known.specs(event_id=event_id))
    if wrong:
        raise ForumError("condition_not_before", title=wrong[0].title)


def _codes(event_id: int) -> list[str]:
    return list(db.session.scalars(select(Question.code).where(Question.event_id == event_id)))


def _last_position(event_id: int) -> int:
    positions = db.session.scalars(select(Question.position).where(Question.event_id == event_id))
    return max(positions, default=0)


def _set_position(row: Question, position: int) -> None:
    """Without a new version: who edits its words has nothing to do with where it stands."""
    db.session.execute(update(Question).where(Question.id == row.id).values(position=position))


def _chosen(row: Question) -> set[str] | None:
    """Codes that somebody has chosen; None where nobody has answered at all."""
    values = [
        each["value"] for each in db.session.scalars(select(Answer.value).filter_by(question_id=row.id))
    ]
    if not values:
        return None
    several = [value for value in values if isinstance(value, list)]
    return {str(value) for value in values if not isinstance(value, list)}.union(*several)


def _put(row: Question, spec: QuestionSpec) -> None:
    row.kind, row.stage, row.title, row.hint = spec.kind, spec.stage, spec.title, spec.hint
    row.options = options_as_data(spec.options)
    row.categories = sorted(category.value for category in spec.categories)
    row.condition = condition_as_data(spec.condition)
    row.is_required, row.only_visitors = spec.is_required, spec.only_visitors
    row.least, row.most = spec.least, spec.most


def _note(actor: Actor, action: str, row: Question) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="question",
        subject_id=row.id,
    )
