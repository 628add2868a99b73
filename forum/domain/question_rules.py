"""What a question must have before it can be put, and what may still change once it was answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from forum.domain.localized import Localized
from forum.domain.questions import LONGEST_TEXT, WITH_OPTIONS, Option, QuestionSpec
from forum.domain.states import QuestionKind, QuestionStage
from forum.domain.transliteration import to_latin
from forum.domain.typed_values import number_as_text, read_day, read_number

LONGEST_TITLE: Final = 500
LONGEST_HINT: Final = 1000
MOST_OPTIONS: Final = 100
_LONGEST_CODE: Final = 40
_LIMITED: Final = (
    QuestionKind.TEXT,
    QuestionKind.LONG_TEXT,
    QuestionKind.CHOICES,
    QuestionKind.NUMBER,
    QuestionKind.DATE,
)
# Every answer to the left is one to the right as it stands.
_WIDER: Final = {(QuestionKind.TEXT, QuestionKind.LONG_TEXT)}
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a question: the field it is ``at``, and what a sentence about it needs."""

    at: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


def tidied(spec: QuestionSpec) -> QuestionSpec:
    """``spec`` without what its kind does not have, limits in one spelling."""
    return replace(
        spec,
        options=spec.options if spec.kind in WITH_OPTIONS else (),
        least=_tidy_limit(spec.kind, spec.least),
        most=_tidy_limit(spec.kind, spec.most),
    )


def problems(spec: QuestionSpec, languages: tuple[str, ...]) -> tuple[Problem, ...]:
    """Everything that keeps ``spec`` from being put to people who read ``languages``.

    Codes: ``question_no_title``, ``question_too_long``, ``question_code_odd``, ``options_too_few``,
    ``options_too_many``, ``option_no_title``, ``options_alike``, ``limit_no_number``, ``limit_no_day``,
    ``limits_crossed``, ``visitors_only_after_approval``.
    """
    found = [*_of_texts(spec, languages), *_of_options(spec, languages), *_of_limits(spec)]
    if spec.only_visitors and spec.stage is not QuestionStage.APPROVED:
        found.append(Problem("only_visitors", "visitors_only_after_approval"))
    return tuple(found)


def forbidden_change(before: QuestionSpec, after: QuestionSpec, chosen: Collection[str]) -> Problem | None:
    """Why a question that has been answered may not become ``after``: answers would then say something else.

    ``chosen``: codes of the options that somebody has chosen. Refused are another kind (except a line that
    becomes several lines), the loss of an option that was chosen, and another text of a consent.
    """
    if before.kind is not after.kind and (before.kind, after.kind) not in _WIDER:
        return Problem("kind", "question_has_answers")
    if before.kind is QuestionKind.CONSENT and before.title != after.title:
        return Problem("title", "consent_has_answers")
    kept = {option.code for option in after.options}
    for option in before.options:
        if option.code in chosen and option.code not in kept:
            return Problem("options", "option_has_answers", {"option": option.title})
    return None


def code_of(title: Localized, taken: Iterable[str]) -> str:
    """A code for something called ``title`` that is not among those ``taken``."""
    words = to_latin(title.get("en") or title.in_language("ru")).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", words).strip("_")[: _LONGEST_CODE - 4].strip("_") or "question"
    plain = plain if plain[0].isalpha() else f"q_{plain}"
    taken, number, code = set(taken), 2, plain
    while code in taken:
        code, number = f"{plain}_{number}", number + 1
    return code


def with_option_codes(options: Iterable[Option]) -> tuple[Option, ...]:
    """``options``, those without a code with one of their own."""
    options = tuple(options)
    taken = [option.code for option in options if option.code]
    found = []
    for option in options:
        code = option.code or code_of(option.title, taken)
        taken.append(code)
        found.append(replace(option, code=code))
    return tuple(found)


def is_code(text: str) -> bool:
    """Whether ``text`` can be the code of a question or an option."""
    return _CODE.fullmatch(text) is not None


def _of_texts(spec: QuestionSpec, languages: tuple[str, ...]) -> Iterator[Problem]:
    if not spec.title.is_complete(languages):
        yield Problem("title", "question_no_title")
    if any(len(text) > LONGEST_TITLE for text in spec.title.values()):
        yield Problem("title", "question_too_long", {"limit": LONGEST_TITLE})
    if any(len(text) > LONGEST_HINT for text in spec.hint.values()):
        yield Problem("hint", "question_too_long", {"limit": LONGEST_HINT})
    if spec.code and not is_code(spec.code):
        yield Problem("code", "question_code_odd", {"wrong": spec.code})


def _of_options(spec: QuestionSpec, languages: tuple[str, ...]) -> Iterator[Problem]:
    if spec.kind not in WITH_OPTIONS:
        return
    if len(spec.options) < (2 if spec.kind is QuestionKind.CHOICE else 1):
        yield Problem("options", "options_too_few")
    if len(spec.options) > MOST_OPTIONS:
        yield Problem("options", "options_too_many", {"limit": MOST_OPTIONS})
    if not all(option.title.is_complete(languages) for option in spec.options):
        yield Problem("options", "option_no_title")
    if any(len(text) > LONGEST_TITLE for option in spec.options for text in option.title.values()):
        yield Problem("options", "question_too_long", {"limit": LONGEST_TITLE})
    if any(_are_alike([option.title.get(each, "") for option in spec.options]) for each in languages):
        yield Problem("options", "options_alike")
    codes = [option.code for option in spec.options if option.code]
    if len(set(codes)) < len(codes):
        yield Problem("options", "options_alike")
    if odd := next((code for code in codes if not is_code(code)), None):
        yield Problem("options", "question_code_odd", {"wrong": odd})


def _are_alike(titles: list[str]) -> bool:
    said = [title.casefold().strip() for title in titles if title.strip()]
    return len(set(said)) < len(said)


def _of_limits(spec: QuestionSpec) -> Iterator[Problem]:
    if spec.kind not in _LIMITED:
        return
    wrong = "limit_no_day" if spec.kind is QuestionKind.DATE else "limit_no_number"
    limits = [_limit(spec.kind, text) for text in (spec.least, spec.most)]
    for name, text, limit in zip(("least", "most"), (spec.least, spec.most), limits, strict=True):
        if text and limit is None:
            yield Problem(name, wrong)
    least, most = limits
    if least is not None and most is not None and least > most:
        yield Problem("most", "limits_crossed")
    longest = LONGEST_TEXT.get(spec.kind)
    if longest and isinstance(most, Decimal) and most > longest:
        yield Problem("most", "question_too_long", {"limit": longest})


def _limit(kind: QuestionKind, text: str | None) -> Any:
    """A limit that can be compared; of letters and choices only a whole one above zero."""
    if not text:
        return None
    if kind is QuestionKind.DATE:
        return read_day(text)
    number = read_number(text)
    if kind is QuestionKind.NUMBER or number is None:
        return number
    return number if number == number.to_integral_value() and number > 0 else None


def _tidy_limit(kind: QuestionKind, text: str | None) -> str | None:
    """A limit in one spelling; one that cannot be read stays, for its problem to be said."""
    if not text or not text.strip() or kind not in _LIMITED:
        return None
    limit = _limit(kind, text)
    if limit is None:
        return text.strip()
    return limit.isoformat() if isinstance(limit, date) else number_as_text(limit)
