"""What people answered, at the desk: on their page, filled in for them, and who has not answered."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import QuestionStage, RegistrationStatus
from forum.policy import may
from forum.queries import answers, questions
from forum.queries.answers import PersonAnswers
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.questions import QuestionView
from forum.web.access import needs
from forum.web.answer_downloads import answer_file
from forum.web.answering import Sheet, said, save, sheet
from forum.web.desk.blueprint import blueprint
from forum.web.filters import localized
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor

_OUT = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)

blueprint.add_app_template_filter(said, "answer")


@dataclass(frozen=True)
class AnswersCard:
    """A person's answers on their page at the desk."""

    person: PersonAnswers
    may_fill_in: bool


@blueprint.get("/e/<event_code>/desk/delegates/<int:delegate_id>/questions", endpoint="delegate_questions")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def delegate_questions(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The questions that are put to somebody, to be answered for them."""
    return _page(delegate, sheet(event, delegate.id, _stages(delegate), is_partial=True))


@blueprint.post(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/questions", endpoint="delegate_questions_answer"
)
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def delegate_questions_answer(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Answer for them, also in part."""
    left = save(sheet(event, delegate.id, _stages(delegate), is_partial=True))
    if left is not None:
        return _page(delegate, left), 409 if left.is_stale else 422
    toast(_("The answers are kept."))
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id), code=303)


@blueprint.get(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/questions/<int:question_id>/file",
    endpoint="delegate_answer_file",
)
@needs(Permission.SEE_DELEGATES, delegate=visible_delegate, question=questions.find)
def delegate_answer_file(
    event: EventView, delegate: DelegateView, question: QuestionView
) -> ResponseReturnValue:
    """The file that somebody has sent as an answer."""
    return answer_file(event.code, event.id, delegate.id, delegate.number, question.id)


def answers_card(event: EventView, delegate: DelegateView) -> AnswersCard:
    """What the page of a person shows of the answers."""
    return AnswersCard(
        person=answers.of_person(event_id=event.id, delegate_id=delegate.id),
        may_fill_in=delegate.status not in _OUT and may(current_actor(), Permission.MANAGE_MEMBERS, event.id),
    )


def offered_questions(event: EventView) -> list[tuple[int, str]]:
    """Questions in use for the filter of those who have not answered."""
    in_use = [each for each in questions.everything(event_id=event.id) if not each.is_archived]
    return [(each.id, localized(each.spec.title)) for each in in_use]


def _stages(delegate: DelegateView) -> tuple[QuestionStage, ...]:
    is_approved = delegate.status is RegistrationStatus.APPROVED
    return tuple(QuestionStage) if is_approved else (QuestionStage.REGISTRATION,)


def _page(delegate: DelegateView, found: Sheet) -> str:
    return render_template("desk/delegates/questions.html", delegate=delegate, sheet=found)
