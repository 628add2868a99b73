"""Two versions of a question side by side, and a question said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.localized import Localized
from forum.domain.questions import NO, YES, Condition, QuestionSpec
from forum.domain.states import Category, QuestionKind
from forum.web.filters import localized
from forum.web.question_words import KINDS, STAGES
from forum.web.words import CATEGORIES


@dataclass(frozen=True)
class Difference:
    """Where two versions differ: what it is about, what is there now, and what was typed."""

    label: str
    theirs: str
    mine: str


def differences(theirs: QuestionSpec, mine: QuestionSpec) -> list[Difference]:
    """What differs between the question as it is and as it was typed, in words."""
    pairs = ((label, say(theirs), say(mine)) for label, say in _SAID.items())
    return [Difference(str(label), *_told(old, new)) for label, old, new in pairs if old != new]


def categories_of(spec: QuestionSpec) -> str:
    """Whom it is put to."""
    if not spec.categories:
        return _("Everybody")
    return ", ".join(str(CATEGORIES[category]) for category in Category if category in spec.categories)


def condition_of(condition: Condition, source: QuestionSpec | None) -> str:
    """Upon which answer it is asked: «Нужна гостиница? – Да»."""
    if source is None:
        return condition.question
    said = {option.code: localized(option.title) for option in source.options}
    if source.kind is QuestionKind.CONSENT:
        said = {YES: _("Yes"), NO: _("No")}
    answers = " / ".join(said.get(value, value) for value in condition.values)
    return f"{localized(source.title)} – {answers}"


def _told(old: str, new: str) -> tuple[str, str]:
    return old or "—", new or "—"


def _texts(texts: Localized) -> str:
    return " · ".join(texts.values())


def _yes_no(truth: bool) -> str:
    return _("Yes") if truth else _("No")


def _options(spec: QuestionSpec) -> str:
    return "; ".join(_texts(option.title) for option in spec.options)


def _condition(spec: QuestionSpec) -> str:
    return (
        condition_of(spec.condition, None) + ": " + ", ".join(spec.condition.values) if spec.condition else ""
    )


_SAID: Final[Mapping[Any, Callable[[QuestionSpec], str]]] = {
    _l("Question"): lambda spec: _texts(spec.title),
    _l("Hint"): lambda spec: _texts(spec.hint),
    _l("What people answer with"): lambda spec: str(KINDS[spec.kind]),
    _l("Answers to choose from"): _options,
    _l("Has to be answered"): lambda spec: _yes_no(spec.is_required),
    _l("When it is asked"): lambda spec: str(STAGES[spec.stage]),
    _l("Only those who have a seat in a visit"): lambda spec: _yes_no(spec.only_visitors),
    _l("Whom it is put to"): categories_of,
    _l("Asked only if"): _condition,
    _l("At least"): lambda spec: spec.least or "",
    _l("At most"): lambda spec: spec.most or "",
}
