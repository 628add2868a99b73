"""Visits by wishes at the desk: compute, compare, apply, undo, tell; and wishes on behalf of somebody."""

from __future__ import annotations

import io

from flask import make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import may
from forum.queries import assignments as known
from forum.queries import wishes as known_wishes
from forum.queries.assignments import Granted, Outcome
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.paging import Page
from forum.sentences import describe, register
from forum.services import assigning, wish_tables, wishes
from forum.services import assignments as commands
from forum.web import journal_sentences
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.wishes import WishesForm
from forum.web.numbers import row_number
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor

OUTCOMES = {
    Outcome.FIRST: _l("First choice"),
    Outcome.SECOND: _l("Second choice"),
    Outcome.THIRD: _l("Third choice"),
    Outcome.NONE: _l("No seat"),
}
register(
    {
        "nobody_has_wishes": _l("Nobody without a seat has a wish for a visit that is still to come."),
        "assignment_applied": _l("This assignment has been applied already: the seats are given."),
        "assignment_not_applied": _l(
            "The seats of this assignment are not given, or were taken back already."
        ),
        "assignment_told": _l("People have been told of these seats already."),
        "assignment_stale": _l("Wishes, seats or plans have changed since this was computed. Compute again."),
        "assignment_failed": _l("The seats could not be computed. Try again; if it stays so, tell support."),
        "assignment_gave_up": _l("The seats could not be computed: it was begun three times and broken off."),
        "assignment_under_way": _l("The seats are being computed already. Wait for the result."),
        "no_such_assignment": _l("This assignment is not to be had any more: it has been overtaken."),
        "too_many_wishes": _l("At most %(most)s visits can be wished for."),
        "same_wish_twice": _l("This visit has been chosen already."),
        "visit_not_assigned": _l("Seats of this visit go to whoever comes first: no wish is needed."),
        "wishes_closed": _l("Wishes for one of these visits can no longer be changed, or not yet."),
        "wishes_settled": _l("There is a seat already: give it back first."),
    }
)
journal_sentences.register(
    {
        "wishes_made": (
            _l("Wishes for visits"),
            _l("The wishes of %(subject)s for visits were written down."),
        ),
        "assignment_proposed": (
            _l("Visits by wishes computed"),
            _l("Seats by wishes were computed: %(people)s people, %(without)s of them without a seat."),
        ),
        "assignment_stopped": (
            _l("Computation of visits stopped"),
            _l("The computation of seats by wishes was stopped."),
        ),
        "assignment_failed": (
            _l("Computation of visits failed"),
            _l("Seats by wishes could not be computed."),
        ),
        "assignment_applied": (
            _l("Visits by wishes applied"),
            _l("Seats by wishes were given to %(seated)s people, who have not been told yet."),
        ),
        "assignment_undone": (_l("Visits by wishes undone"), _l("Seats by wishes were taken back.")),
        "assignment_told": (
            _l("Visits by wishes told"),
            _l("People were told of their seats by wishes; letters: %(told)s."),
        ),
    }
)


@blueprint.get("/e/<event_code>/desk/visits/assignment")
@needs(Permission.MANAGE_VISITS)
def assignment(event: EventView) -> ResponseReturnValue:
    """The wishes, the newest assignment, and who gets what by it."""
    computing = known.computing(event_id=event.id)
    return render_template(
        "desk/visits/assignment.html",
        assignment=known.latest(event_id=event.id),
        computing=computing,
        failure=describe(ForumError(computing.error)) if computing and computing.error else "",
        page=_people(event),
        wished=known_wishes.counts(event_id=event.id),
        assigned=known_wishes.assigned(event_id=event.id),
        outcomes=OUTCOMES,
    )


@blueprint.get("/e/<event_code>/desk/visits/wishes.xlsx", endpoint="wishes_workbook")
@needs(Permission.MANAGE_VISITS)
def wishes_workbook(event: EventView) -> ResponseReturnValue:
    """Everybody's wishes as a workbook, which can be imported again."""
    content = io.BytesIO(wish_tables.workbook(event_id=event.id, language=language()))
    return send_file(content, as_attachment=True, download_name=f"{event.code}-wishes.xlsx")


@blueprint.post("/e/<event_code>/desk/visits/assignment/compute")
@needs(Permission.MANAGE_VISITS)
def assignment_compute(event: EventView) -> ResponseReturnValue:
    """Have a new proposal computed by the worker."""
    keeps_together = request.form.get("together") == "yes"
    assigning.order(actor=current_actor(), event_id=event.id, keeps_together=keeps_together)
    return _back(event)


@blueprint.get("/e/<event_code>/desk/visits/assignment/progress")
@needs(Permission.MANAGE_VISITS)
def assignment_progress(event: EventView) -> ResponseReturnValue:
    """The bar of the computation; once it is over the whole page is to be read again."""
    found = known.computing(event_id=event.id)
    response = make_response(
        render_template("desk/visits/_assignment_progress.html", event=event, computing=found)
    )
    if found is None or found.error:
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/e/<event_code>/desk/visits/assignment/stop")
@needs(Permission.MANAGE_VISITS)
def assignment_stop(event: EventView) -> ResponseReturnValue:
    """End the computation; the proposal before it stays."""
    assigning.stop(actor=current_actor(), event_id=event.id, assignment_id=_assignment_id())
    toast(_("The computation was stopped. The result before it stays."))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/visits/assignment/apply")
@needs(Permission.MANAGE_VISITS)
def assignment_apply(event: EventView) -> ResponseReturnValue:
    """Give the seats; nobody is told."""
    seated = commands.apply(actor=current_actor(), event_id=event.id, assignment_id=_assignment_id())
    said = ngettext(
        "%(num)s person has a seat. Nobody has been told yet.",
        "%(num)s people have a seat. Nobody has been told yet.",
        seated,
    )
    undo = url_for("desk.assignment_undo", event_code=event.code)
    toast(said, undo_url=undo, assignment=_assignment_id())
    return _back(event)


@blueprint.post("/e/<event_code>/desk/visits/assignment/undo")
@needs(Permission.MANAGE_VISITS)
def assignment_undo(event: EventView) -> ResponseReturnValue:
    """Take the seats back."""
    commands.undo(actor=current_actor(), event_id=event.id, assignment_id=_assignment_id())
    toast(_("The seats have been taken back: everything is as it was."))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/visits/assignment/tell")
@needs(Permission.MANAGE_VISITS)
def assignment_tell(event: EventView) -> ResponseReturnValue:
    """Write to those whom it concerns."""
    told = commands.tell(actor=current_actor(), event_id=event.id, assignment_id=_assignment_id())
    toast(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", told))
    return _back(event)


@blueprint.route(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/wishes", methods=["GET", "POST"], endpoint="wishes"
)
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def wishes_of(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """What somebody wishes for, told to their coordinator or to the office."""
    actor = current_actor()
    known_ones = known_wishes.of_delegate(event_id=event.id, delegate_id=delegate.id)
    is_office = may(actor, Permission.MANAGE_VISITS, event.id)
    form = WishesForm.of(event, known_ones, closed_too=is_office)
    if not form.validate_on_submit():
        return _wishes_page(delegate, known_ones, form), 422 if form.is_submitted() else 200
    try:
        wishes.wish(actor=actor, event_id=event.id, delegate_id=delegate.id, visit_ids=form.visit_ids)
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _wishes_page(delegate, known_ones, form), 422
    toast(_("The wishes have been written down."))
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id), code=303)


def _wishes_page(delegate: DelegateView, wishes: known_wishes.OwnWishes, form: WishesForm) -> str:
    return render_template("desk/delegates/wishes.html", delegate=delegate, wishes=wishes, form=form)


def _people(event: EventView) -> Page[Granted]:
    outcome = request.args.get("outcome")
    return known.people(
        event_id=event.id,
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        number=request.args.get("page", 1, type=row_number),
    )


def _assignment_id() -> int:
    return request.form.get("assignment", 0, type=row_number)


def _back(event: EventView) -> ResponseReturnValue:
    return redirect(url_for("desk.assignment", event_code=event.code), code=303)
