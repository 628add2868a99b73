"""Somebody's questions as a form: their own in the cabinet, or filled in for them at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from forum.domain.questions import QuestionSpec, Value, read
from forum.domain.states import QuestionKind, QuestionStage
from forum.errors import StaleError
from forum.i18n import language
from forum.queries import answers as known
from forum.queries import questions
from forum.queries.answers import PersonAnswers
from forum.queries.events import EventView
from forum.services import answers as commands
from forum.web.filters import day, decimal, localized
from forum.web.forms.questions import Person, QuestionsForm, questions_form
from forum.web.users import current_actor


@dataclass(frozen=True)
class Disagreement:
    """What somebody has answered meanwhile, beside what was typed."""

    title: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Sheet:
    """A person's answers with the form for them; ``disagreements`` where it was stale."""

    event: EventView
    person: PersonAnswers
    stages: tuple[QuestionStage, ...]
    form: QuestionsForm
    disagreements: tuple[Disagreement, ...] = ()
    is_stale: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether anything that must be answered is not."""
        return any(self.person.needed(stage) for stage in self.stages)


def sheet(
    event: EventView, delegate_id: int, stages: Sequence[QuestionStage], *, is_partial: bool = False
) -> Sheet:
    """The questions of ``stages`` that are put to that delegate, with what has been answered or sent."""
    person = known.of_person(event_id=event.id, delegate_id=delegate_id)
    specs = questions.specs(event_id=event.id)
    form = questions_form(
        specs,
        person.given,
        Person(person.category, is_visitor=person.is_visitor),
        stage=stages[0] if len(stages) == 1 else None,
        file_names=person.file_names,
        is_partial=is_partial,
    )
    return Sheet(event, person, tuple(stages), form)


def save(found: Sheet) -> Sheet | None:
    """Keep what was sent; None where that is done, else the sheet to show again, nothing of it lost."""
    form, seen = found.form, request.form.get("seen")
    is_whole = form.validate()
    try:
        if is_whole:
            commands.answer(
                **_whose(found),
                answers=form.answers,
                uploads=form.uploads,
                stages=found.stages,
                seen=seen,
                is_partial=form.is_partial,
            )
            return None
        if form.uploads:
            commands.keep_files(**_whose(found), uploads=form.uploads, seen=seen)
    except StaleError:
        return Sheet(found.event, found.person, found.stages, form, _disagreements(found), is_stale=True)
    person = known.of_person(event_id=found.event.id, delegate_id=found.person.delegate_id)
    return Sheet(found.event, person, found.stages, form)


def said(spec: QuestionSpec, value: Value | None) -> str:
    """An answer in the reader's language."""
    if value is None:
        return ""
    titles = {option.code: localized(option.title) for option in spec.options}
    if isinstance(value, list):
        return ", ".join(titles.get(code, code) for code in value)
    if value is True:
        return _("Yes")
    if spec.kind is QuestionKind.DATE:
        return day(date.fromisoformat(str(value)))
    if spec.kind is QuestionKind.NUMBER:
        return decimal(Decimal(str(value)))
    return titles.get(str(value), str(value))


def _whose(found: Sheet) -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "event_id": found.event.id,
        "delegate_id": found.person.delegate_id,
    }


def _disagreements(found: Sheet) -> tuple[Disagreement, ...]:
    kept = {each.spec.code: each.value for each in found.person.asked}
    rows = []
    for spec in found.form.own:
        if spec.kind is not QuestionKind.FILE:
            mine = read(spec, found.form.typed.get(spec.code), language()).value
            if mine != kept.get(spec.code):
                told = (said(spec, kept.get(spec.code)) or "—", said(spec, mine) or "—")
                rows.append(Disagreement(localized(spec.title), *told))
    return tuple(rows)
