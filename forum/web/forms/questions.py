"""Questions of a forum as a form: its fields are known only when it is made.

Whoever has JavaScript sees a question appear with the answer that it depends on. Without, it appears once
the form has been sent: ``appeared`` names what was not there to be answered yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final, cast

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import TextInput

from forum.domain.questions import MISSING, QuestionSpec, Reading, Value, asked, in_order, is_put_to, read
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.domain.typed_values import read_day
from forum.errors import ForumError
from forum.i18n import language
from forum.services import answer_files
from forum.services.answer_files import Upload
from forum.web.filters import localized
from forum.web.question_words import refusal_sentence

SHOWN: Final = "shown"
"""The field whose values name the questions that the sender had before their eyes."""

_MOST_RADIO_BUTTONS: Final = 7
_LONGEST_NAME: Final = 120


class DayInput(TextInput):
    """A calendar where there is none yet or a true day; what is no day stays in sight as it was typed."""

    def __call__(self, field: Field, **attributes: Any) -> Any:
        typed = field.data or ""
        found = read_day(typed)
        is_calendar = not typed or found is not None
        field_type = "date" if is_calendar else "text"
        value = found.isoformat() if found else typed
        return super().__call__(field, **(attributes | {"type": field_type, "value": value}))


class DayField(StringField):
    widget = DayInput()


class CheckboxesField(SelectMultipleField):
    """Boxes to tick; what is not among them is refused by the reading of the answer."""

    def __init__(self, label: str, choices: list[SelectChoice], **options: Any) -> None:
        super().__init__(label, choices=choices, validate_choice=False, **options)


@dataclass(frozen=True)
class Person:
    """Whom the questions are put to."""

    category: Category
    is_visitor: bool = False


@dataclass(frozen=True)
class Part:
    """A question on the page. ``source`` is the code of the question of the same page that it depends on."""

    spec: QuestionSpec
    field: Field
    is_shown: bool
    source: str | None
    values: tuple[str, ...]
    file_name: str | None
    remove: Field | None

    accepted: str = ",".join(answer_files.ACCEPTED)


class QuestionsForm(FlaskForm):
    """Made by ``questions_form``. Once validated, it has ``answers``, ``uploads`` and ``appeared``."""

    specs: tuple[QuestionSpec, ...]
    person: Person
    given: Mapping[str, Any]
    file_names: Mapping[int, str]
    uploads: Mapping[str, Upload]
    appeared: tuple[str, ...]
    is_partial: bool

    @property
    def own(self) -> tuple[QuestionSpec, ...]:
        """The questions that this form can put."""
        return tuple(spec for spec in self.specs if field_name(spec.code) in self)

    @property
    def parts(self) -> list[Part]:
        """The questions of the form in order, among them those that are not asked now."""
        shown = {spec.code for spec in self._asked()}
        return [self._part(spec, is_shown=spec.code in shown) for spec in self.own]

    @property
    def answers(self) -> dict[str, Value]:
        """The answers that hold and count. A file that was sent now is in ``uploads`` instead."""
        found = ((spec.code, self._reading(spec).value) for spec in self._asked() if spec in self.own)
        return {code: value for code, value in found if value is not None}

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the form, also what does not hold: for a draft, and to fill the form anew."""
        raw = ((spec.code, self._raw(spec)) for spec in self.own)
        return {code: value for code, value in raw if value not in (None, "", [], False)}

    def validate(self, extra_validators: Any = None) -> bool:
        """Every answer that counts, with its refusal at its field."""
        holds = bool(super().validate(extra_validators))
        self.uploads = dict(self._taken())
        asked_here = [spec for spec in self._asked() if spec in self.own]
        self.appeared = tuple(spec.code for spec in asked_here if not self._was_seen(spec))
        for spec in asked_here:
            if spec.code not in self.appeared and spec.code not in self.uploads:
                self._refuse(spec)
        return holds and not self.errors and not self.appeared

    def _refuse(self, spec: QuestionSpec) -> None:
        reading = self._reading(spec)
        if self.is_partial and reading.refusal in MISSING:
            return
        if reading.refusal and not self._field(spec).errors:
            self._field(spec).errors = [refusal_sentence(reading.refusal, reading.data)]

    def _asked(self) -> tuple[QuestionSpec, ...]:
        raw = {spec.code: self._raw(spec) for spec in self.specs}
        answers = read_all(self.specs, raw)
        return asked(self.specs, answers, self.person.category, is_visitor=self.person.is_visitor)

    def _reading(self, spec: QuestionSpec) -> Reading:
        return read(spec, self._raw(spec), language())

    def _raw(self, spec: QuestionSpec) -> Any:
        """What stands in the form, else what was given before; of a file the number of the kept one."""
        given = self.given.get(spec.code)
        if spec not in self.own or not self._was_seen(spec):
            return given
        if spec.kind is QuestionKind.FILE:
            return None if self[_removal_name(spec.code)].data else given
        return self._field(spec).data

    def _was_seen(self, spec: QuestionSpec) -> bool:
        """Whether the sender could answer it: it was on the page, or is answered without one."""
        if not self.is_submitted():
            return True
        sent = {*request.form, *request.files}
        return spec.code in request.form.getlist(SHOWN) or field_name(spec.code) in sent

    def _field(self, spec: QuestionSpec) -> Field:
        return self[field_name(spec.code)]

    def _part(self, spec: QuestionSpec, *, is_shown: bool) -> Part:
        condition = spec.condition
        is_steered = condition is not None and field_name(condition.question) in self
        kept = self.given.get(spec.code) if spec.kind is QuestionKind.FILE else None
        sent = self.uploads.get(spec.code)
        return Part(
            spec=spec,
            field=self._field(spec),
            is_shown=is_shown,
            source=condition.question if condition and is_steered else None,
            values=condition.values if condition and is_steered else (),
            file_name=sent.name if sent else self.file_names.get(kept) if kept else None,
            remove=self[_removal_name(spec.code)] if kept and not spec.is_required else None,
        )

    def _taken(self) -> Iterator[tuple[str, Upload]]:
        """The files that were sent and may be kept; what is wrong with another is said at its field."""
        for spec in self.own:
            sent = self._field(spec).data
            if spec.kind is QuestionKind.FILE and isinstance(sent, FileStorage):
                try:
                    yield spec.code, answer_files.checked(content=sent.read(), name=_plain_name(sent))
                except ForumError as error:
                    self._field(spec).errors = [refusal_sentence(error.code, error.data)]


def questions_form(
    specs: Iterable[QuestionSpec],
    given: Mapping[str, Any],
    person: Person,
    *,
    stage: QuestionStage | None = QuestionStage.REGISTRATION,
    file_names: Mapping[int, str] | None = None,
    is_partial: bool = False,
    prefix: str = "",
) -> QuestionsForm:
    """A form for the questions of ``stage`` (None: of every stage) that can be put to ``person``.

    ``specs``: every question in use, because conditions look back over the stages. ``given``: what was
    answered or typed before, by code. ``file_names``: what kept files are called, by their number.
    ``is_partial``: nothing is missed. ``prefix``: of the names of the fields, where several such forms
    share a page.
    """
    ordered = in_order(specs)
    fields = {
        name: field for spec in _own(ordered, given, person, stage) for name, field in _fields(spec).items()
    }
    made = cast("type[QuestionsForm]", type("QuestionsForm", (QuestionsForm,), fields))
    form = made(prefix=prefix, data={field_name(code): value for code, value in given.items()})
    form.specs, form.person, form.given, form.file_names = ordered, person, given, file_names or {}
    form.uploads, form.appeared, form.is_partial = {}, (), is_partial
    return form


def read_all(specs: Iterable[QuestionSpec], raw: Mapping[str, Any]) -> dict[str, Value]:
    """The answers in ``raw`` that hold."""
    readings = {spec.code: read(spec, raw.get(spec.code), language()).value for spec in specs}
    return {code: value for code, value in readings.items() if value is not None}


def field_name(code: str) -> str:
    """What the field of the question with that code is called."""
    return f"q_{code}"


def _removal_name(code: str) -> str:
    return f"{field_name(code)}_remove"


def _own(
    specs: Iterable[QuestionSpec], given: Mapping[str, Any], person: Person, stage: QuestionStage | None
) -> list[QuestionSpec]:
    """The questions for the page: those that its own answers decide about, and those asked in any case."""
    specs = tuple(specs)
    decided = asked(specs, read_all(specs, given), person.category, is_visitor=person.is_visitor)
    own: dict[str, QuestionSpec] = {}
    for spec in specs:
        is_wanted = stage in (None, spec.stage) and is_put_to(
            spec, person.category, is_visitor=person.is_visitor
        )
        if is_wanted and (spec in decided or (spec.condition and spec.condition.question in own)):
            own[spec.code] = spec
    return list(own.values())


def _fields(spec: QuestionSpec) -> dict[str, Any]:
    """The field of a question; of a file also the one that takes it back."""
    name, title = field_name(spec.code), localized(spec.title)
    if spec.kind is QuestionKind.FILE:
        return {name: FileField(title), _removal_name(spec.code): BooleanField(_l("Take this file back"))}
    if spec.kind is QuestionKind.CHOICES:
        return {name: CheckboxesField(title, choices=_choices(spec))}
    if spec.kind is QuestionKind.CHOICE:
        return {name: _choice_field(spec, title)}
    return {name: _PLAIN[spec.kind](title)}


def _choice_field(spec: QuestionSpec, title: str) -> Any:
    if len(spec.options) > _MOST_RADIO_BUTTONS:
        choices = [SelectChoice("", _("Choose")), *_choices(spec)]
        return SelectField(title, choices=choices, validate_choice=False)
    unsaid = [] if spec.is_required else [SelectChoice("", _("No answer"))]
    return RadioField(title, choices=[*_choices(spec), *unsaid], validate_choice=False)


def _choices(spec: QuestionSpec) -> list[SelectChoice]:
    return [SelectChoice(option.code, localized(option.title)) for option in spec.options]


def _plain_name(sent: FileStorage) -> str:
    """The name without the folders that some browsers send along, for people to read only."""
    name = PurePath((sent.filename or "").replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]


_PLAIN: Final[Mapping[QuestionKind, type[Field]]] = {
    QuestionKind.TEXT: StringField,
    QuestionKind.LONG_TEXT: TextAreaField,
    QuestionKind.NUMBER: StringField,
    QuestionKind.DATE: DayField,
    QuestionKind.CONSENT: BooleanField,
}
