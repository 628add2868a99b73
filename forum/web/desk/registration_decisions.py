"""Deciding on registrations at the desk, and taking decisions back."""

from __future__ import annotations

from collections import Counter

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import registrations as queue
from forum.queries.events import EventView
from forum.sentences import sentence
from forum.services import registration_undo, registrations
from forum.services.registration_undo import TakenBack
from forum.services.registrations import Decision
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.registrations import DecisionForm
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.post("/e/<event_code>/desk/registrations/decide", endpoint="registrations_decide")
@needs(Permission.MANAGE_DELEGATES)
def decide(event: EventView) -> ResponseReturnValue:
    """Decide on the chosen people, or ask for the words that the decision cannot do without."""
    form = DecisionForm()
    if form.is_first_step:
        return _words_page(event, form)
    if form.validate():
        try:
            _decide(event, form)
            return redirect(form.next_url or _queue(event), code=303)
        except ForumError as error:
            form.say(error)
    return _words_page(event, form), 422


@blueprint.post("/e/<event_code>/desk/registrations/take-back", endpoint="registrations_take_back")
@needs(Permission.MANAGE_DELEGATES)
def take_back(event: EventView) -> ResponseReturnValue:
    """Undo a decision as far as it can be undone, and say how far that was."""
    entry_id = request.form.get("entry", 0, type=row_number)
    _say_taken_back(registration_undo.take_back(actor=current_actor(), event_id=event.id, entry_id=entry_id))
    return redirect(safe_path(request.referrer) or _queue(event), code=303)


def _decide(event: EventView, form: DecisionForm) -> None:
    decision = registrations.decide(
        actor=current_actor(), event_id=event.id, delegate_ids=form.ids, **form.verdict()
    )
    _say(event, decision)


def _words_page(event: EventView, form: DecisionForm) -> str:
    """The people chosen and the fields of the decision, with everything typed.

    Raises:
        ForumError: ``nobody_chosen``.
    """
    people = queue.people(event_id=event.id, ids=form.ids)
    if not people:
        raise ForumError("nobody_chosen")
    return render_template(
        "desk/registrations/decide.html", form=form, people=people, back_url=form.next_url or _queue(event)
    )


def _say(event: EventView, decision: Decision) -> None:
    undo = url_for("desk.registrations_take_back", event_code=event.code)
    count = len(decision.decided)
    said = ngettext("%(num)s person changed.", "%(num)s people changed.", count)
    toast(said, undo_url=undo, entry=decision.entry_id)
    if decision.promoted:
        count = len(decision.promoted)
        toast(
            ngettext(
                "A place was offered to %(num)s person from the waiting list.",
                "A place was offered to %(num)s people from the waiting list.",
                count,
            )
        )
    reasons = Counter(sentence(left.code, left.data) for left in decision.left)
    for reason, count in reasons.items():
        stayed = ngettext("%(num)s stayed as before.", "%(num)s stayed as before.", count)
        toast(f"{stayed} {reason}", "warn")


def _say_taken_back(done: TakenBack) -> None:
    if done.back:
        count = len(done.back)
        toast(ngettext("Undone for %(num)s person.", "Undone for %(num)s people.", count))
    if done.told:
        told = ngettext(
            "%(num)s had been told already and is written to again.",
            "%(num)s had been told already and are written to again.",
            done.told,
        )
        toast(told, "warn")
    if done.left:
        count = len(done.left)
        left = ngettext(
            "%(num)s stays: decided on since, or the place has gone to somebody who knows of it.",
            "%(num)s stay: decided on since, or the place has gone to somebody who knows of it.",
            count,
        )
        toast(left, "warn")


def _queue(event: EventView) -> str:
    return url_for("desk.registrations", event_code=event.code)
