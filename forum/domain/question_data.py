"""Questions as data to keep in a file and carry to another forum; ``docs/questions.md`` has the shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.states import Category, QuestionKind, QuestionStage

FORMAT: Final = 1
E = TypeVar("E", bound=StrEnum)


class DataError(ValueError):
    """What was given is no list of questions; ``where`` says in which of them, and at what."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def as_data(specs: Iterable[QuestionSpec]) -> dict[str, Any]:
    """The questions as plain data, in their order."""
    return {"format": FORMAT, "questions": [question_as_data(spec) for spec in specs]}


def question_as_data(spec: QuestionSpec) -> dict[str, Any]:
    """One question as plain data; what is empty is left out."""
    found: dict[str, Any] = {
        "code": spec.code,
        "kind": spec.kind.value,
        "stage": spec.stage.value,
        "title": dict(spec.title),
        "hint": dict(spec.hint),
        "options": options_as_data(spec.options),
        "categories": [category.value for category in Category if category in spec.categories],
        "condition": condition_as_data(spec.condition),
        "is_required": spec.is_required,
        "only_visitors": spec.only_visitors,
        "least": spec.least,
        "most": spec.most,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {}, False)}


def options_as_data(options: Iterable[Option]) -> list[dict[str, Any]]:
    return [{"code": option.code, "title": dict(option.title)} for option in options]


def condition_as_data(condition: Condition | None) -> dict[str, Any]:
    return {"question": condition.question, "is": list(condition.values)} if condition else {}


def from_data(data: Any) -> tuple[QuestionSpec, ...]:
    """The questions in ``data``.

    Raises:
        DataError: it has another shape.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("questions"), list):
        raise DataError("questions")
    if data.get("format", FORMAT) != FORMAT:
        raise DataError("format")
    return tuple(
        question_from_data(each, f"{number}") for number, each in enumerate(data["questions"], start=1)
    )


def question_from_data(data: Any, where: str) -> QuestionSpec:
    """One question. Raises ``DataError``, whose ``where`` begins with the one given."""
    if not isinstance(data, Mapping):
        raise DataError(where)
    kept = _Reader(data, where)
    return QuestionSpec(
        code=kept.text("code") or "",
        kind=kept.one_of(QuestionKind, "kind", None),
        stage=kept.one_of(QuestionStage, "stage", QuestionStage.REGISTRATION),
        title=kept.texts("title"),
        hint=kept.texts("hint"),
        options=options_from_data(kept.list("options"), f"{where}: options"),
        categories=frozenset(kept.member(Category, "categories", each) for each in kept.list("categories")),
        condition=condition_from_data(data.get("condition"), f"{where}: condition"),
        is_required=kept.truth("is_required"),
        only_visitors=kept.truth("only_visitors"),
        least=kept.text("least"),
        most=kept.text("most"),
    )


def options_from_data(data: Iterable[Any], where: str) -> tuple[Option, ...]:
    found = []
    for each in data:
        if not isinstance(each, Mapping):
            raise DataError(where)
        kept = _Reader(each, where)
        found.append(Option(kept.text("code") or "", kept.texts("title")))
    return tuple(found)


def condition_from_data(data: Any, where: str) -> Condition | None:
    if not data:
        return None
    if not isinstance(data, Mapping):
        raise DataError(where)
    kept = _Reader(data, where)
    source, values = kept.text("question"), kept.list("is")
    if not source or not values or not all(isinstance(value, str) for value in values):
        raise DataError(where)
    return Condition(source, tuple(values))


class _Reader:
    """Values of a mapping by name, each of the type that it must have."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self._data, self._where = data, where

    def text(self, name: str) -> str | None:
        value = self._data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self._checked(name, value, value is None or isinstance(value, str))

    def truth(self, name: str) -> bool:
        value = self._data.get(name, False)
        return bool(self._checked(name, value, isinstance(value, bool)))

    def list(self, name: str) -> list[Any]:
        value = self._data.get(name, [])
        return list(self._checked(name, value, isinstance(value, list)))

    def texts(self, name: str) -> Localized:
        value = self._data.get(name, {})
        is_right = isinstance(value, Mapping) and all(
            language in LANGUAGES and isinstance(text, str) for language, text in value.items()
        )
        texts = self._checked(name, value, is_right)
        return Localized({language: " ".join(text.split()) for language, text in texts.items()})

    def one_of(self, kind: type[E], name: str, default: E | None) -> E:
        value = self._data.get(name, default)
        return self.member(kind, name, value)

    def member(self, kind: type[E], name: str, value: Any) -> E:
        return kind(self._checked(name, value, value in list(kind)))

    def _checked(self, name: str, value: Any, is_right: bool) -> Any:
        if not is_right:
            raise DataError(f"{self._where}: {name}")
        return value
