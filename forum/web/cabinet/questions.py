"""What the forum still needs to know of a delegate, and what it was told."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import QuestionStage, RegistrationStatus
from forum.queries import answers, questions
from forum.queries.answers import PersonAnswers
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.questions import QuestionView
from forum.web.access import needs
from forum.web.answer_downloads import answer_file
from forum.web.answering import Sheet, save, sheet
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.toasts import toast


@blueprint.get("/e/<event_code>/my/questions")
@needs(Permission.OWN_CABINET)
def questions_page(event: EventView) -> ResponseReturnValue:
    """The questions that are put once somebody has been approved."""
    return _page(sheet(event, _me(event).id, _stages(event, _me(event))))


@blueprint.post("/e/<event_code>/my/questions")
@needs(Permission.OWN_CABINET)
def questions_answer(event: EventView) -> ResponseReturnValue:
    """Answer them."""
    me = _me(event)
    left = save(sheet(event, me.id, _stages(event, me)))
    if left is not None:
        return _page(left), 409 if left.is_stale else 422
    toast(_("Thank you, your answers are kept."))
    return redirect(url_for("cabinet.my_day", event_code=event.code, whose=me.id), code=303)


@blueprint.get("/e/<event_code>/my/questions/<int:question_id>/file")
@needs(Permission.OWN_CABINET, question=questions.find)
def question_file(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """The file that one has sent as an answer."""
    me = _me(event)
    return answer_file(event.code, event.id, me.id, me.number, question.id)


def still_needed(event: EventView, delegate: DelegateView) -> tuple[int, int]:
    """How many questions wait for an answer of that delegate, and how many have one."""
    if delegate.status is not RegistrationStatus.APPROVED:
        return 0, 0
    person = answers.of_person(event_id=event.id, delegate_id=delegate.id)
    waiting = sum(len(person.needed(stage)) for stage in QuestionStage)
    return waiting, sum(each.value is not None for each in _own(person))


def _own(person: PersonAnswers) -> tuple[answers.AnswerView, ...]:
    return person.of_stage(QuestionStage.APPROVED)


def _me(event: EventView) -> DelegateView:
    me = own_delegate(event)
    return me if me.status is RegistrationStatus.APPROVED else abort(404)


def _stages(event: EventView, me: DelegateView) -> tuple[QuestionStage, ...]:
    """Whoever came by the office's list has not been asked what the registration asks."""
    person = answers.of_person(event_id=event.id, delegate_id=me.id)
    return tuple(QuestionStage) if person.needed(QuestionStage.REGISTRATION) else (QuestionStage.APPROVED,)


def _page(found: Sheet) -> str:
    return render_template("cabinet/questions.html", sheet=found)
