"""Questions as people call them, and what answers can be refused for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.states import QuestionKind, QuestionStage
from forum.sentences import register, sentence
from forum.web.filters import day, decimal, number

KINDS: Final = {
    QuestionKind.TEXT: _l("A line of text"),
    QuestionKind.LONG_TEXT: _l("Several lines of text"),
    QuestionKind.CHOICE: _l("One of several"),
    QuestionKind.CHOICES: _l("Any of several"),
    QuestionKind.NUMBER: _l("A number"),
    QuestionKind.DATE: _l("A day"),
    QuestionKind.FILE: _l("A file"),
    QuestionKind.CONSENT: _l("A consent"),
}
STAGES: Final = {
    QuestionStage.REGISTRATION: _l("With the registration"),
    QuestionStage.APPROVED: _l("After approval"),
}


def refusal_sentence(code: str, data: Mapping[str, Any]) -> str:
    """Why an answer was refused, its limits written as the reader writes numbers and days."""
    return sentence(code, {name: _said(value) for name, value in data.items()})


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return decimal(value)
    return number(value) if isinstance(value, int) else value


register(
    {
        "answer_missing": _l("Answer this question."),
        "consent_missing": _l("Without this consent you cannot go on."),
        "answer_no_number": _l("Enter a number, in figures."),
        "answer_no_day": _l("Enter a day such as 02.12.2026."),
        "answer_not_offered": _l("Choose from the answers shown."),
        "answer_no_file": _l("Send the file again."),
        "answer_too_short": _l("Write more: at least %(limit)s characters."),
        "answer_too_long": _l("Write less: at most %(limit)s characters."),
        "number_too_small": _l("Enter a number of at least %(limit)s."),
        "number_too_great": _l("Enter a number of at most %(limit)s."),
        "day_too_early": _l("Enter a day not before %(limit)s."),
        "day_too_late": _l("Enter a day not after %(limit)s."),
        "too_few_chosen": _l("Choose at least %(limit)s."),
        "too_many_chosen": _l("Choose at most %(limit)s."),
        "file_empty": _l("This file is empty. Choose another."),
        "file_too_large": _l("This file is larger than %(megabytes)s MB. Send a smaller one."),
        "file_not_accepted": _l("Send a PDF, a JPEG or a PNG."),
        "picture_unreadable": _l("This picture cannot be opened. Save it anew or choose another."),
        "picture_too_large": _l(
            "This picture has more than %(megapixels)s million points. Send a smaller one."
        ),
    }
)
