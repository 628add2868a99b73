"""Questions as people call them, and what answers can be refused for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.states import QuestionKind, QuestionStage
from forum.sentences import register, sentence
from forum.web import journal_sentences
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
register(
    {
        "no_such_question": _l("This question is no longer there."),
        "no_such_answer_file": _l("This file is no longer there. Send it again."),
        "answers_refused": _l("Not answered, or not as asked: %(questions)s"),
        "answers_stale": _l("Somebody has changed these answers meanwhile. Compare both versions."),
        "not_asked_any_more": _l("This person does not take part, so there is nothing to answer."),
        "question_stale": _l("Somebody has changed this question meanwhile. Compare both versions."),
        "question_cannot_move": _l("This question cannot go there: another one depends on the order."),
        "question_steers_others": _l("Another question depends on this one: “%(title)s”. Change that first."),
        "condition_not_before": _l(
            "“%(title)s” depends on an answer that no question before it offers. Change its condition "
            "or the order."
        ),
        "question_no_title": _l("Enter the question in every language of the forum."),
        "question_too_long": _l("Write less: at most %(limit)s characters."),
        "question_code_odd": _l(
            "“%(wrong)s” cannot be a short name: small Latin letters, figures and _ only, a letter first."
        ),
        "question_code_taken": _l("There is already a question with the short name “%(wrong)s”."),
        "options_too_few": _l("Enter the answers to choose from."),
        "options_too_many": _l("Offer at most %(limit)s answers."),
        "option_no_title": _l("Enter every answer in every language of the forum."),
        "options_alike": _l("Two of the answers are the same."),
        "limit_no_number": _l("Enter a number, in figures."),
        "limit_no_day": _l("Enter a day such as 02.12.2026."),
        "limits_crossed": _l("The most must not be less than the least."),
        "visitors_only_after_approval": _l("Who has a seat in a visit is known only after approval."),
        "question_has_answers": _l("People have answered already: another kind makes a new question."),
        "option_has_answers": _l("Somebody has chosen “%(option)s”: taking it out makes a new question."),
        "consent_has_answers": _l("People have agreed to these very words: other words make a new question."),
        "nothing_to_copy": _l("There is no question to copy that is not here already."),
        "questions_no_file": _l("Choose a file of questions that was written out here."),
        "questions_unreadable": _l("The file is not as described: look at %(where)s."),
    }
)
journal_sentences.register(
    {
        "question_added": (_l("Question added"), _l("A question was added: “%(subject)s”.")),
        "question_changed": (_l("Question changed"), _l("A question was changed: “%(subject)s”.")),
        "question_replaced": (
            _l("Question replaced"),
            _l("A question was replaced by a new one: “%(subject)s”."),
        ),
        "question_moved": (
            _l("Question moved"),
            _l("A question was put elsewhere in the order: “%(subject)s”."),
        ),
        "question_archived": (_l("Question archived"), _l("A question was archived: “%(subject)s”.")),
        "question_brought_back": (
            _l("Question brought back"),
            _l("A question is asked again: “%(subject)s”."),
        ),
        "questions_copied": (
            _l("Questions copied"),
            _l("Questions were copied from “%(origin)s”: %(count)s."),
        ),
        "questions_imported": (
            _l("Questions read from a file"),
            _l("Questions were read from a file: %(added)s new, %(changed)s changed."),
        ),
        "answers_given": (_l("Questions answered"), _l("%(subject)s answered questions: %(count)s.")),
        "answers_given_for": (
            _l("Questions answered for somebody"),
            _l("Questions were answered for %(subject)s: %(count)s."),
        ),
    }
)
