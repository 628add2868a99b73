"""An organiser's questions: the list, the editor with an example, carrying them between forums."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from forum.domain.question_data import as_data
from forum.domain.question_rules import with_option_codes
from forum.domain.questions import QuestionSpec
from forum.domain.roles import Permission
from forum.domain.states import Category, QuestionStage
from forum.errors import ForumError, StaleError
from forum.policy import may
from forum.queries import events, questions
from forum.queries.events import EventView
from forum.queries.questions import QuestionView
from forum.services import question_transfers
from forum.services import questions as commands
from forum.services.question_transfers import Carried
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.question_editor import QuestionForm, question_form
from forum.web.forms.questions import Person, questions_form
from forum.web.numbers import row_number
from forum.web.question_versions import categories_of, condition_of, differences
from forum.web.question_words import KINDS, STAGES
from forum.web.toasts import toast
from forum.web.users import current_actor

_SAVES: Final = ("save", "replace")


@blueprint.get("/e/<event_code>/desk/questions", endpoint="questions")
@needs(Permission.MANAGE_EVENT)
def questions_list(event: EventView) -> ResponseReturnValue:
    """Every question in the order in which it is asked, the archived ones at the end."""
    listed = questions.listed(event_id=event.id)
    return render_template(
        "desk/questions/list.html",
        stages=[(stage, STAGES[stage], listed[stage]) for stage in QuestionStage],
        archived=listed[None],
        others=[
            each
            for each in events.all_events()
            if each.id != event.id and may(current_actor(), Permission.MANAGE_EVENT, each.id)
        ],
        words=_words(),
    )


@blueprint.get("/e/<event_code>/desk/questions/new", endpoint="question_new")
@needs(Permission.MANAGE_EVENT)
def question_new(event: EventView) -> ResponseReturnValue:
    """Which kind of question; then its form."""
    if "kind" not in request.args:
        return render_template("desk/questions/kinds.html", kinds=KINDS)
    return _editor(question_form(event, questions.specs(event_id=event.id), None), None)


@blueprint.post("/e/<event_code>/desk/questions/new", endpoint="question_add")
@needs(Permission.MANAGE_EVENT)
def question_add(event: EventView) -> ResponseReturnValue:
    """Put a new question."""
    form = question_form(event, questions.specs(event_id=event.id), None)
    if not _is_to_be_saved():
        return _editor(form, None)
    if not form.validate():
        return _editor(form, None), 422
    try:
        commands.add(actor=current_actor(), event_id=event.id, spec=form.spec())
    except ForumError as error:
        form.refuse(error)
        return _editor(form, None), 409
    toast(_("The question has been added."))
    return _to_list(event)


@blueprint.get("/e/<event_code>/desk/questions/<int:question_id>", endpoint="question")
@needs(Permission.MANAGE_EVENT, question=questions.find)
def question_page(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """One question."""
    return _editor(question_form(event, questions.specs(event_id=event.id), question), question)


@blueprint.post("/e/<event_code>/desk/questions/<int:question_id>", endpoint="question_change")
@needs(Permission.MANAGE_EVENT, question=questions.find)
def question_change(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """Write the question anew, or put a new one in its place."""
    form = question_form(event, questions.specs(event_id=event.id), question)
    if not _is_to_be_saved():
        return _editor(form, question)
    if not form.validate():
        return _editor(form, question), 422
    try:
        _save(event, question, form)
    except ForumError as error:
        form.refuse(error)
        return _editor(form, question, is_stale=isinstance(error, StaleError)), 409
    return _to_list(event)


@blueprint.post("/e/<event_code>/desk/questions/example", endpoint="question_example")
@needs(Permission.MANAGE_EVENT)
def question_example(event: EventView) -> ResponseReturnValue:
    """How the question that is being typed will look."""
    form = question_form(event, questions.specs(event_id=event.id), None)
    return render_template("desk/questions/_example.html", examples=_examples(form))


@blueprint.post("/e/<event_code>/desk/questions/<int:question_id>/move", endpoint="question_move")
@needs(Permission.MANAGE_EVENT, question=questions.find)
def question_move(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """One place earlier or later."""
    by = {"rise": -1, "sink": 1}.get(request.form.get("do", ""), 0)
    commands.move(actor=current_actor(), event_id=event.id, question_id=question.id, by=by)
    return _to_list(event, f"question-{question.id}")


@blueprint.post("/e/<event_code>/desk/questions/<int:question_id>/archive", endpoint="question_archive")
@needs(Permission.MANAGE_EVENT, question=questions.find)
def question_archive(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """Ask it no longer; its answers stay."""
    commands.archive(actor=current_actor(), event_id=event.id, question_id=question.id)
    undo = url_for("desk.question_bring_back", event_code=event.code, question_id=question.id)
    toast(_("The question is in the archive. Its answers stay."), undo_url=undo)
    return _to_list(event)


@blueprint.post("/e/<event_code>/desk/questions/<int:question_id>/bring-back", endpoint="question_bring_back")
@needs(Permission.MANAGE_EVENT, question=questions.find)
def question_bring_back(event: EventView, question: QuestionView) -> ResponseReturnValue:
    """Ask it again."""
    commands.bring_back(actor=current_actor(), event_id=event.id, question_id=question.id)
    toast(_("The question is asked again, as the last of its part."))
    return _to_list(event)


@blueprint.post("/e/<event_code>/desk/questions/copy", endpoint="questions_copy")
@needs(Permission.MANAGE_EVENT)
def questions_copy(event: EventView) -> ResponseReturnValue:
    """Take the questions of an earlier forum."""
    origin = request.form.get("from", 0, type=row_number)
    done = question_transfers.copy(actor=current_actor(), event_id=event.id, from_event_id=origin)
    _say_carried(done)
    return _to_list(event)


@blueprint.get("/e/<event_code>/desk/questions.json", endpoint="questions_file")
@needs(Permission.MANAGE_EVENT)
def questions_file(event: EventView) -> ResponseReturnValue:
    """The questions in use as a file that another forum can read."""
    data = as_data(questions.specs(event_id=event.id))
    content = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    response = Response(content, content_type="application/json; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{event.code}-questions.json")
    return response


@blueprint.post("/e/<event_code>/desk/questions/import", endpoint="questions_import")
@needs(Permission.MANAGE_EVENT)
def questions_import(event: EventView) -> ResponseReturnValue:
    """Read questions from such a file."""
    data = _json_sent()
    _say_carried(question_transfers.take(actor=current_actor(), event_id=event.id, data=data))
    return _to_list(event)


def _is_to_be_saved() -> bool:
    """Other buttons of the editor only draw it again: another kind, another order of the answers."""
    return request.form.get("do", "save") in _SAVES


def _save(event: EventView, question: QuestionView, form: QuestionForm) -> None:
    is_new = request.form.get("do") == "replace"
    command = commands.put_in_place if is_new else commands.change
    command(
        actor=current_actor(),
        event_id=event.id,
        question_id=question.id,
        version=form.version.data or 0,
        spec=form.spec(question.spec.code),
    )
    said = _("A new question stands in its place; the old one is in the archive with its answers.")
    toast(said if is_new else _("The question has been changed."))


def _editor(form: QuestionForm, question: QuestionView | None, *, is_stale: bool = False) -> str:
    found = differences(question.spec, form.spec(question.spec.code)) if question and is_stale else []
    if question and is_stale:
        form.version.raw_data, form.version.data = None, question.version
    return render_template(
        "desk/questions/question.html",
        form=form,
        question=question,
        is_stale=is_stale,
        differences=found,
        examples=_examples(form),
    )


def _examples(form: QuestionForm) -> list[tuple[str, Any]]:
    """The question as it will look, in every language of the forum."""
    return [(language, _example(form.spec("example"), language)) for language in form.spoken]


def _example(spec: QuestionSpec, language: str) -> str:
    person = Person(next(iter(spec.categories), Category.DELEGATE), is_visitor=True)
    with force_locale(language):
        form = questions_form([_alone(spec)], {}, person, stage=None, prefix=f"{language}-")
        return render_template("desk/questions/_in_language.html", form=form)


def _alone(spec: QuestionSpec) -> QuestionSpec:
    """The question without its condition, which nothing in an example could meet."""
    return QuestionSpec(
        code=spec.code,
        kind=spec.kind,
        title=spec.title,
        hint=spec.hint,
        options=with_option_codes(spec.options),
        is_required=spec.is_required,
    )


def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "categories": categories_of, "condition": condition_of}


def _json_sent() -> Any:
    sent = request.files.get("file")
    try:
        return json.loads(sent.read().decode("utf-8-sig")) if sent else None
    except (ValueError, RecursionError) as error:
        raise ForumError("questions_no_file") from error


def _say_carried(done: Carried) -> None:
    said = [ngettext("%(num)s question is new.", "%(num)s questions are new.", done.added)]
    if done.changed:
        said.append(ngettext("%(num)s was changed.", "%(num)s were changed.", done.changed))
    if done.left:
        said.append(ngettext("%(num)s stayed as it was.", "%(num)s stayed as they were.", done.left))
    toast(" ".join(said))


def _to_list(event: EventView, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("desk.questions", event_code=event.code, _anchor=anchor), code=303)
