"""What a forum asks beyond the profile: questions, whom they are put to, and how answers are read.

An answer is plain data: a text, the code of an option, a list of such codes, a number as text, a day as
``2026-12-02``, True for a consent, the number of a stored file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from forum.domain.localized import Localized
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.domain.typed_values import number_as_text, read_day, read_number

Value = str | int | bool | list[str]
Answers = Mapping[str, Value]

YES: Final = "yes"
NO: Final = "no"

LONGEST_TEXT: Final[Mapping[QuestionKind, int]] = {QuestionKind.TEXT: 300, QuestionKind.LONG_TEXT: 5000}

STEERING: Final = (QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.CONSENT)
"""Kinds whose answers a condition can name: there is a list of what they can be."""

WITH_OPTIONS: Final = (QuestionKind.CHOICE, QuestionKind.CHOICES)

MISSING: Final = ("answer_missing", "consent_missing")
"""Refusals of what has not been said at all."""

_STAGES: Final = tuple(QuestionStage)


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    title: Localized


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only whoever has answered the earlier ``question`` with ``values``: option codes, yes, no."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSpec:
    """A question. ``categories``: whom it is put to, everybody if it names none.

    ``least`` and ``most`` limit a number, a day, the letters of a text or how many are chosen.
    """

    code: str
    kind: QuestionKind
    title: Localized
    stage: QuestionStage = QuestionStage.REGISTRATION
    hint: Localized = field(default_factory=Localized)
    options: tuple[Option, ...] = ()
    categories: frozenset[Category] = frozenset()
    condition: Condition | None = None
    is_required: bool = False
    only_visitors: bool = False
    least: str | None = None
    most: str | None = None

    @property
    def possible(self) -> tuple[str, ...]:
        """The answers that a condition can name."""
        if self.kind is QuestionKind.CONSENT:
            return (YES, NO)
        return tuple(option.code for option in self.options) if self.kind in WITH_OPTIONS else ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed as an answer (None: nothing), or the ``refusal`` of it with what a sentence needs."""

    value: Value | None = None
    refusal: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def in_order(specs: Iterable[QuestionSpec]) -> tuple[QuestionSpec, ...]:
    """The order in which they are asked: as given, those of the registration first."""
    return tuple(sorted(specs, key=lambda spec: _STAGES.index(spec.stage)))


def is_put_to(spec: QuestionSpec, category: Category, *, is_visitor: bool) -> bool:
    """Whether the question is meant for such a person at all, whatever they answer."""
    if spec.only_visitors and not is_visitor:
        return False
    return not spec.categories or category in spec.categories


def is_asked(spec: QuestionSpec, answers: Answers, category: Category, *, is_visitor: bool) -> bool:
    """Whether to ask it of somebody with ``answers`` that count; ``NO`` stands for a consent not given."""
    return is_put_to(spec, category, is_visitor=is_visitor) and _is_met(spec.condition, answers)


def asked(
    specs: Iterable[QuestionSpec], answers: Answers, category: Category, *, is_visitor: bool
) -> tuple[QuestionSpec, ...]:
    """The questions for somebody with these answers, in order. Answers to what is not asked do not count."""
    found: list[QuestionSpec] = []
    heard: dict[str, Value] = {}
    for spec in in_order(specs):
        if not is_asked(spec, heard, category, is_visitor=is_visitor):
            continue
        found.append(spec)
        if spec.code in answers:
            heard[spec.code] = answers[spec.code]
        elif spec.kind is QuestionKind.CONSENT:
            heard[spec.code] = NO
    return tuple(found)


def counting(
    specs: Iterable[QuestionSpec], answers: Answers, category: Category, *, is_visitor: bool
) -> dict[str, Value]:
    """The answers to questions that are asked, in their order."""
    shown = asked(specs, answers, category, is_visitor=is_visitor)
    return {spec.code: answers[spec.code] for spec in shown if spec.code in answers}


def read(spec: QuestionSpec, raw: Any, language: str = "ru") -> Reading:
    """``raw`` as it was typed or sent: a text, a list of texts, a truth, the number of a file.

    Refusals: ``answer_missing``, ``consent_missing``, ``answer_no_number``, ``answer_no_day``,
    ``answer_not_offered``, ``answer_no_file``; and with a ``limit``: ``answer_too_short``,
    ``answer_too_long``, ``number_too_small``, ``number_too_great``, ``day_too_early``, ``day_too_late``,
    ``too_few_chosen``, ``too_many_chosen``.
    """
    reading = _READERS[spec.kind](spec, raw, language)
    if reading.value is None and reading.refusal is None and spec.is_required:
        return Reading(refusal="consent_missing" if spec.kind is QuestionKind.CONSENT else "answer_missing")
    return reading


def disordered(specs: Sequence[QuestionSpec]) -> tuple[QuestionSpec, ...]:
    """Questions whose condition does not name possible answers of a question before them, in this order."""
    before: dict[str, QuestionSpec] = {}
    wrong = []
    for spec in in_order(specs):
        source = before.get(spec.condition.question) if spec.condition else None
        if spec.condition and not (source and set(spec.condition.values) <= set(source.possible)):
            wrong.append(spec)
        before[spec.code] = spec
    return tuple(wrong)


def depending_on(code: str, specs: Iterable[QuestionSpec]) -> tuple[QuestionSpec, ...]:
    """The questions whose condition names the question ``code``."""
    return tuple(spec for spec in specs if spec.condition and spec.condition.question == code)


def leading_to(spec: QuestionSpec, specs: Iterable[QuestionSpec]) -> tuple[str, ...]:
    """The codes of ``spec`` and of the questions whose answers decide whether it is asked."""
    by_code = {each.code: each for each in specs}
    found = [spec.code]
    while spec.condition and spec.condition.question in by_code and spec.condition.question not in found:
        spec = by_code[spec.condition.question]
        found.append(spec.code)
    return tuple(found)


def _is_met(condition: Condition | None, answers: Answers) -> bool:
    if condition is None:
        return True
    given = answers.get(condition.question)
    if isinstance(given, list):
        return bool(set(given) & set(condition.values))
    return (YES if given is True else given) in condition.values


def _read_text(spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    if not isinstance(raw, str) or not raw.strip():
        return Reading()
    lines = raw.replace("\r\n", "\n").strip()
    text = lines if spec.kind is QuestionKind.LONG_TEXT else " ".join(lines.split())
    longest = int(spec.most) if spec.most else LONGEST_TEXT[spec.kind]
    if spec.least and len(text) < int(spec.least):
        return Reading(refusal="answer_too_short", data={"limit": int(spec.least)})
    if len(text) > longest:
        return Reading(refusal="answer_too_long", data={"limit": longest})
    return Reading(text)


def _read_choice(spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    given = raw[0] if isinstance(raw, list | tuple) and len(raw) == 1 else raw
    if not given:
        return Reading()
    return Reading(given) if given in spec.possible else Reading(refusal="answer_not_offered")


def _read_choices(spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, list | tuple | set | frozenset) or not [each for each in given if each]:
        return Reading()
    if not all(each in spec.possible for each in given if each):
        return Reading(refusal="answer_not_offered")
    chosen = [code for code in spec.possible if code in given]
    if spec.least and len(chosen) < int(spec.least):
        return Reading(refusal="too_few_chosen", data={"limit": int(spec.least)})
    if spec.most and len(chosen) > int(spec.most):
        return Reading(refusal="too_many_chosen", data={"limit": int(spec.most)})
    return Reading(chosen)


def _read_number(spec: QuestionSpec, raw: Any, language: str) -> Reading:
    text = str(raw) if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) else raw
    if not isinstance(text, str) or not text.strip():
        return Reading()
    number = read_number(text, language)
    if number is None:
        return Reading(refusal="answer_no_number")
    if spec.least and number < Decimal(spec.least):
        return Reading(refusal="number_too_small", data={"limit": Decimal(spec.least)})
    if spec.most and number > Decimal(spec.most):
        return Reading(refusal="number_too_great", data={"limit": Decimal(spec.most)})
    return Reading(number_as_text(number))


def _read_day(spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    if not isinstance(raw, str) or not raw.strip():
        return Reading()
    day = read_day(raw)
    if day is None:
        return Reading(refusal="answer_no_day")
    if spec.least and day < date.fromisoformat(spec.least):
        return Reading(refusal="day_too_early", data={"limit": date.fromisoformat(spec.least)})
    if spec.most and day > date.fromisoformat(spec.most):
        return Reading(refusal="day_too_late", data={"limit": date.fromisoformat(spec.most)})
    return Reading(day.isoformat())


def _read_file(_spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    if raw is None or raw == "":
        return Reading()
    is_number = isinstance(raw, int) and not isinstance(raw, bool) and raw > 0
    return Reading(raw) if is_number else Reading(refusal="answer_no_file")


def _read_consent(_spec: QuestionSpec, raw: Any, _language: str) -> Reading:
    return Reading(True) if raw is True or raw in (YES, "y", "on", "true", "1") else Reading()


_READERS: Final = {
    QuestionKind.TEXT: _read_text,
    QuestionKind.LONG_TEXT: _read_text,
    QuestionKind.CHOICE: _read_choice,
    QuestionKind.CHOICES: _read_choices,
    QuestionKind.NUMBER: _read_number,
    QuestionKind.DATE: _read_day,
    QuestionKind.FILE: _read_file,
    QuestionKind.CONSENT: _read_consent,
}
