"""Answers to a forum's questions: with a registration, later by the person, or for them at the desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum import clock
from forum.domain.questions import MISSING, QuestionSpec, Reading, Value, asked, in_order, is_put_to, read
from forum.domain.states import FileKind, QuestionKind, QuestionStage, RegistrationStatus
from forum.errors import ForumError, StaleError
from forum.models import Answer, Delegate, Question, StoredFile
from forum.models.base import db
from forum.policy import Actor
from forum.queries import questions
from forum.queries.answers import mark_of, visitors
from forum.services import answer_files, files, journal, profiles
from forum.services.answer_files import Upload
from forum.unit_of_work import transactional

EVERY_STAGE = tuple(QuestionStage)


@dataclass(frozen=True)
class Answered:
    """Codes of the questions whose answers changed."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class _Sheet:
    """The questions in use with their numbers, and the answers of one person by those numbers."""

    specs: tuple[QuestionSpec, ...]
    ids: Mapping[str, int]
    found: Mapping[int, Answer]

    def kept(self, spec: QuestionSpec) -> Any:
        """What was answered before: the number of a file where it is one."""
        answer = self.found.get(self.ids[spec.code])
        if answer is None:
            return None
        return answer.file_id if answer.file_id is not None else answer.value["value"]


def put(
    *,
    row: Delegate,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Upload] | None = None,
    stages: Collection[QuestionStage] = (QuestionStage.REGISTRATION,),
    is_partial: bool = False,
) -> Answered:
    """Within a command: ``answers`` by code in place of what ``row`` had answered in those stages.

    Answers to what is not asked do not count and are not kept. A file is the number of one that is kept
    for this person already or for nobody yet, or else one of ``uploads``. ``is_partial``: what is missing
    may stay so.

    Raises:
        ForumError: ``answers_refused`` with ``refusals``, a mapping of codes to refusals, and the
            ``questions`` that they are about as a text; ``no_such_answer_file``.
    """
    sheet = _sheet_of(row)
    sent = {**answers, **_files_of(row, uploads or {}, sheet.specs, stages)}
    given = {
        spec.code: sent.get(spec.code) if spec.stage in stages else sheet.kept(spec) for spec in sheet.specs
    }
    readings = {spec.code: read(spec, given[spec.code]) for spec in sheet.specs}
    is_visitor = any(spec.only_visitors for spec in sheet.specs) and _is_visitor(row)
    shown = asked(sheet.specs, _values(readings), row.category, is_visitor=is_visitor)
    own = [spec for spec in sheet.specs if spec.stage in stages]
    _refuse(row, [spec for spec in own if spec in shown], readings, is_partial=is_partial)
    changed = []
    for spec in own:
        if spec in shown or is_put_to(spec, row.category, is_visitor=is_visitor):
            value = readings[spec.code].value if spec in shown else None
            if _write(row, sheet, spec, value):
                changed.append(spec.code)
    return Answered(tuple(changed))


@transactional
def answer(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Upload] | None = None,
    stages: Collection[QuestionStage] = (QuestionStage.APPROVED,),
    seen: str | None = None,
    is_partial: bool = False,
) -> Answered:
    """Answer for oneself, or for somebody whose registration one may change (for them also in part).

    ``seen`` is the mark of the answers that the form showed; None where nothing was shown.

    Raises:
        NotAllowedError: as ``profiles.change``.
        StaleError: ``answers_stale``, somebody has answered meanwhile.
        ForumError: ``no_such_delegate``, ``not_asked_any_more``; as ``put``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status in (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN):
        raise ForumError("not_asked_any_more")
    _refuse_stale(row, seen)
    is_own = actor.account_id is not None and row.account_id == actor.account_id
    is_partial = is_partial and not is_own
    done = put(row=row, answers=answers, uploads=uploads, stages=stages, is_partial=is_partial)
    if done.codes:
        journal.record(
            actor=actor,
            action="answers_given" if is_own else "answers_given_for",
            event_id=event_id,
            subject_kind="delegate",
            subject_id=delegate_id,
            count=len(done.codes),
        )
    return done


@transactional
def keep_files(
    *, actor: Actor, event_id: int, delegate_id: int, uploads: Mapping[str, Upload], seen: str | None
) -> str:
    """Keep files that came with a form whose other answers do not hold yet: a browser sends them only once.

    Returns:
        The mark of the answers as they are now.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``answer``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    _refuse_stale(row, seen)
    sheet = _sheet_of(row)
    specs = {spec.code: spec for spec in sheet.specs}
    for code, file_id in _files_of(row, uploads, sheet.specs, EVERY_STAGE).items():
        _write(row, sheet, specs[code], file_id)
    return mark_of(_rows(row))


def _files_of(
    row: Delegate,
    uploads: Mapping[str, Upload],
    specs: Iterable[QuestionSpec],
    stages: Collection[QuestionStage],
) -> dict[str, int]:
    asking = {spec.code for spec in specs if spec.kind is QuestionKind.FILE and spec.stage in stages}
    return {
        code: answer_files.keep(event_id=row.event_id, upload=upload).id
        for code, upload in uploads.items()
        if code in asking
    }


def _rows(row: Delegate) -> list[Answer]:
    return list(
        db.session.scalars(
            select(Answer)
            .join(Question, Answer.question_id == Question.id)
            .where(Answer.delegate_id == row.id, Question.event_id == row.event_id)
        )
    )


def _sheet_of(row: Delegate) -> _Sheet:
    rows = list(db.session.scalars(questions.in_use(row.event_id)))
    return _Sheet(
        specs=in_order(questions.spec_of(each) for each in rows),
        ids={each.code: each.id for each in rows},
        found={each.question_id: each for each in _rows(row)} if rows else {},
    )


def _is_visitor(row: Delegate) -> bool:
    return bool(visitors(event_id=row.event_id, delegate_ids=[row.id]))


def _refuse_stale(row: Delegate, seen: str | None) -> None:
    if seen is not None and seen != mark_of(_rows(row)):
        raise StaleError("answers_stale")


def _values(readings: Mapping[str, Reading]) -> dict[str, Value]:
    return {code: reading.value for code, reading in readings.items() if reading.value is not None}


def _refuse(
    row: Delegate, specs: Iterable[QuestionSpec], readings: Mapping[str, Reading], *, is_partial: bool
) -> None:
    borne = MISSING if is_partial else ()
    wrong = [spec for spec in specs if (refusal := readings[spec.code].refusal) and refusal not in borne]
    if wrong:
        raise ForumError(
            "answers_refused",
            refusals={spec.code: readings[spec.code] for spec in wrong},
            questions="; ".join(spec.title.in_language(row.language) for spec in wrong),
        )


def _write(row: Delegate, sheet: _Sheet, spec: QuestionSpec, value: Value | None) -> bool:
    """Whether anything changed by it."""
    found = sheet.found.get(sheet.ids[spec.code])
    if value is None:
        return _take_away(found)
    name, file_id = _file(row, value, found) if spec.kind is QuestionKind.FILE else (value, None)
    if found is None:
        found = Answer(delegate_id=row.id, question_id=sheet.ids[spec.code])
        db.session.add(found)
    elif (found.value, found.file_id) == ({"value": name}, file_id):
        return False
    former = found.file_id
    found.value, found.file_id, found.answered_at = {"value": name}, file_id, clock.now()
    db.session.flush()
    if former is not None and former != file_id:
        files.drop([former])
    return True


def _take_away(found: Answer | None) -> bool:
    if found is None:
        return False
    db.session.delete(found)
    db.session.flush()
    if found.file_id is not None:
        files.drop([found.file_id])
    return True


def _file(row: Delegate, value: Value, found: Answer | None) -> tuple[str, int]:
    """Name and number of a file that this person may call theirs: numbers in a form are the sender's word."""
    stored = db.session.get(StoredFile, int(str(value)))
    is_whole = stored is not None and stored.event_id == row.event_id and stored.kind is FileKind.ANSWER
    if stored is None or not is_whole:
        raise ForumError("no_such_answer_file")
    holder = db.session.scalar(select(Answer).filter_by(file_id=stored.id))
    if holder is not None and holder is not found:
        raise ForumError("no_such_answer_file")
    return stored.name, stored.id
