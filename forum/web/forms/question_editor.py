"""What an organiser fills in to put a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.question_rules import problems, tidied
from forum.domain.questions import NO, STEERING, WITH_OPTIONS, YES, Condition, Option, QuestionSpec, in_order
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.errors import ForumError
from forum.i18n import OWN_NAMES
from forum.queries.events import EventView
from forum.queries.questions import QuestionView
from forum.sentences import describe
from forum.web.filters import localized
from forum.web.forms.questions import CheckboxesField
from forum.web.question_words import KINDS, STAGES, refusal_sentence
from forum.web.words import CATEGORIES

_SPARE_ROWS: Final = 2
_LEAST_ROWS: Final = 3
_LONGEST: Final = 2000
_AT: Final[Mapping[str, str]] = {
    "question_has_answers": "kind",
    "consent_has_answers": "title",
    "option_has_answers": "options",
    "condition_not_before": "conditions",
}
"""At which field a refusal is said; ``options`` have no field of their own."""

NEEDS_A_NEW_QUESTION: Final = ("question_has_answers", "consent_has_answers", "option_has_answers")
T = TypeVar("T")


@dataclass(frozen=True)
class OptionRow:
    """An answer to choose from, as it is typed: the code that it has, and its texts by language."""

    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Steering:
    """An earlier question and its answers, as boxes: (value of the box, what it says)."""

    title: Localized
    boxes: tuple[tuple[str, str], ...]


class QuestionForm(FlaskForm):
    """Made by ``question_form``: the texts are one field a language."""

    kind = SelectField(_l("What people answer with"), validate_choice=False)
    is_required = BooleanField(_l("Has to be answered"))
    stage = RadioField(_l("When it is asked"), validate_choice=False)
    only_visitors = BooleanField(_l("Only those who have a seat in a visit"))
    categories = CheckboxesField(_l("Whom it is put to"), choices=[])
    conditions = CheckboxesField(_l("Asked only if"), choices=[])
    least = StringField()
    most = StringField()
    version = IntegerField(widget=HiddenInput())

    event: EventView
    earlier: tuple[QuestionSpec, ...]
    spoken: tuple[str, ...]
    option_rows: tuple[OptionRow, ...]
    option_errors: tuple[str, ...] = ()
    is_new_needed: bool = False

    @property
    def chosen_kind(self) -> QuestionKind:
        return _one_of(list(QuestionKind), self.kind.data, QuestionKind.TEXT)

    @property
    def has_options(self) -> bool:
        return self.chosen_kind in WITH_OPTIONS

    @property
    def has_limits(self) -> bool:
        return self.chosen_kind in _LIMITS

    @property
    def titles(self) -> list[Any]:
        return [self[f"title_{language}"] for language in self.spoken]

    @property
    def hints(self) -> list[Any]:
        return [self[f"hint_{language}"] for language in self.spoken]

    @property
    def steering(self) -> tuple[Steering, ...]:
        """The questions whose answers a condition can name."""
        return tuple(_steering(spec) for spec in self.earlier if spec.kind in STEERING)

    def spec(self, code: str = "") -> QuestionSpec:
        """What stands in the form, whole or not."""
        return tidied(
            QuestionSpec(
                code=code,
                kind=self.chosen_kind,
                stage=_one_of(list(QuestionStage), self.stage.data, QuestionStage.REGISTRATION),
                title=self._texts("title"),
                hint=self._texts("hint"),
                options=tuple(
                    Option(row.code, _localized(row.texts))
                    for row in self.option_rows
                    if any(row.texts.values())
                ),
                categories=frozenset(
                    category for category in Category if category in (self.categories.data or ())
                ),
                condition=self._condition(),
                is_required=bool(self.is_required.data),
                only_visitors=bool(self.only_visitors.data),
                least=(self.least.data or "").strip()[:_LONGEST] or None,
                most=(self.most.data or "").strip()[:_LONGEST] or None,
            )
        )

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        for problem in problems(self.spec(), self.spoken):
            self._say(problem.at, refusal_sentence(problem.code, problem.data))
        if len({value.partition("=")[0] for value in self.conditions.data or ()}) > 1:
            self._say("conditions", _("Take the answers of one question only."))
        return holds and not self.errors and not self.option_errors

    def refuse(self, error: ForumError) -> None:
        """Say why the question was not kept, at the field that it is about."""
        self.is_new_needed = error.code in NEEDS_A_NEW_QUESTION
        self._say(_AT.get(error.code, ""), describe(error))

    def _say(self, at: str, sentence: str) -> None:
        if at == "options":
            self.option_errors = (*self.option_errors, sentence)
        elif at in ("title", "hint"):
            wanted = [f"{at}_{language}" for language in self.spoken]
            empty = [name for name in wanted if not (self[name].data or "").strip()]
            field = self[(empty or wanted)[0]]
            field.errors = [*field.errors, sentence]
        elif at in self:
            self[at].errors = [*self[at].errors, sentence]
        else:
            self.form_errors.append(sentence)

    def _texts(self, name: str) -> Localized:
        return _localized({language: self[f"{name}_{language}"].data or "" for language in self.spoken})

    def _condition(self) -> Condition | None:
        chosen = [value.partition("=") for value in self.conditions.data or () if "=" in value]
        if not chosen:
            return None
        source = chosen[0][0]
        return Condition(source, tuple(value for code, _sign, value in chosen if code == source))


def question_form(event: EventView, specs: Iterable[QuestionSpec], view: QuestionView | None) -> QuestionForm:
    """The form for a question (a new one: None), filled with it, else with what was sent.

    ``specs``: the questions in use, for a condition to choose from.
    """
    texts = {
        f"{name}_{language}": kind(dict(OWN_NAMES)[language])
        for name, kind in (("title", TextAreaField), ("hint", TextAreaField))
        for language in event.languages
    }
    form = type("QuestionForm", (QuestionForm,), texts)(data=_data(view))
    form.event, form.spoken = event, tuple(event.languages)
    form.earlier = _earlier(specs, view)
    form.kind.choices = [SelectChoice(kind.value, str(said)) for kind, said in KINDS.items()]
    form.stage.choices = [SelectChoice(stage.value, str(said)) for stage, said in STAGES.items()]
    form.categories.choices = [SelectChoice(each.value, str(said)) for each, said in CATEGORIES.items()]
    form.conditions.choices = [SelectChoice(*box) for source in form.steering for box in source.boxes]
    form.option_rows = _rows(form, view)
    _name_limits(form)
    return form


def _data(view: QuestionView | None) -> dict[str, Any]:
    if view is None:
        kind = request.args.get("kind", QuestionKind.TEXT.value)
        return {"kind": kind, "stage": QuestionStage.REGISTRATION.value, "version": 0}
    spec = view.spec
    condition = spec.condition
    return {
        **{f"title_{language}": text for language, text in spec.title.items()},
        **{f"hint_{language}": text for language, text in spec.hint.items()},
        "kind": spec.kind.value,
        "stage": spec.stage.value,
        "is_required": spec.is_required,
        "only_visitors": spec.only_visitors,
        "categories": [category.value for category in spec.categories],
        "conditions": [f"{condition.question}={value}" for value in condition.values] if condition else [],
        "least": spec.least,
        "most": spec.most,
        "version": view.version,
    }


def _earlier(specs: Iterable[QuestionSpec], view: QuestionView | None) -> tuple[QuestionSpec, ...]:
    """Those before it; a new question comes last."""
    ordered = in_order(specs)
    codes = [spec.code for spec in ordered]
    if view is None or view.spec.code not in codes:
        return ordered
    return ordered[: codes.index(view.spec.code)]


def _rows(form: QuestionForm, view: QuestionView | None) -> tuple[OptionRow, ...]:
    """The answers to choose from as they were sent, in the order that a button asked for, with spare rows."""
    if not form.is_submitted():
        kept = view.spec.options if view else ()
        rows = [OptionRow(option.code, dict(option.title)) for option in kept]
    else:
        rows = _sent_rows(form.spoken)
        do, _sign, place = request.form.get("do", "").partition(":")
        number = int(place) if place.isdecimal() and len(place) < 4 else 0
        if do == "rise" and 0 < number < len(rows):
            rows[number - 1], rows[number] = rows[number], rows[number - 1]
        rows = [row for row in rows if any(row.texts.values())]
    spare = max(_SPARE_ROWS, _LEAST_ROWS - len(rows))
    return tuple(rows + [OptionRow("", {})] * spare)


def _sent_rows(spoken: tuple[str, ...]) -> list[OptionRow]:
    codes = request.form.getlist("option_code")
    texts = {language: request.form.getlist(f"option_{language}") for language in spoken}
    return [
        OptionRow(code, {language: _nth(sent, number) for language, sent in texts.items()})
        for number, code in enumerate(codes)
    ]


def _nth(texts: list[str], number: int) -> str:
    return texts[number][:_LONGEST] if number < len(texts) else ""


def _name_limits(form: QuestionForm) -> None:
    """What the limits of this kind are called; a kind without any shows none."""
    names = _LIMITS.get(form.chosen_kind)
    if names:
        form.least.label.text, form.most.label.text = names


def _steering(spec: QuestionSpec) -> Steering:
    said = {YES: _("Yes"), NO: _("No")} if spec.kind is QuestionKind.CONSENT else {}
    titles = {option.code: localized(option.title) for option in spec.options}
    return Steering(
        title=spec.title,
        boxes=tuple((f"{spec.code}={value}", said.get(value) or titles[value]) for value in spec.possible),
    )


def _localized(texts: Mapping[str, str]) -> Localized:
    """Texts in one line each, without languages that the house does not speak."""
    return Localized(
        {language: " ".join(text.split()) for language, text in texts.items() if language in LANGUAGES}
    )


def _one_of(members: list[T], value: Any, default: T) -> T:
    return next((member for member in members if member == value), default)


_LIMITS: Final[Mapping[QuestionKind, tuple[Any, Any]]] = {
    QuestionKind.TEXT: (_l("Fewest characters"), _l("Most characters")),
    QuestionKind.LONG_TEXT: (_l("Fewest characters"), _l("Most characters")),
    QuestionKind.CHOICES: (_l("Choose at least"), _l("Choose at most")),
    QuestionKind.NUMBER: (_l("Least"), _l("Most")),
    QuestionKind.DATE: (_l("Earliest day"), _l("Latest day")),
}
