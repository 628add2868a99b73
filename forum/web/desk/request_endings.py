"""Declining and withdrawing at the desk: with a reason, and with a look at the meetings that fall away."""

from __future__ import annotations

from flask import render_template, url_for
from flask import request as http_request
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import falling_meetings, requests
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import request_decisions as commands
from forum.services.request_decisions import Decided
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.requests import decided
from forum.web.forms.request_desk import EndingForm
from forum.web.navigation import safe_path
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/desk/requests/end", methods=["GET", "POST"], endpoint="requests_end")
@needs(Permission.MANAGE_MEETINGS)
def requests_end(event: EventView) -> ResponseReturnValue:
    """Which requests, which meetings, why; then it is done."""
    form = EndingForm(http_request.values)
    if not form.validate_on_submit():
        return _page(event, form), 422 if form.is_submitted() else 200
    try:
        return decided(_done(event, form), _back(event, form))
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _page(event, form), 409


def _done(event: EventView, form: EndingForm) -> Decided:
    if form.do.data == "withdraw":
        return commands.withdraw(
            actor=current_actor(), event_id=event.id, request_ids=form.ids.data or (), agreed=form.agreed.data
        )
    return commands.decline(
        actor=current_actor(),
        event_id=event.id,
        request_ids=form.ids.data or (),
        reason=form.reason.data or "",
        agreed=form.agreed.data,
    )


def _page(event: EventView, form: EndingForm) -> str:
    return render_template(
        "desk/requests/end.html",
        form=form,
        back=_back(event, form),
        rows=requests.chosen(event_id=event.id, request_ids=form.ids.data or (), language=language()),
        falling=falling_meetings.of_requests(event_id=event.id, request_ids=form.ids.data or ()),
    )


def _back(event: EventView, form: EndingForm) -> str:
    return safe_path(form.back.data) or url_for("desk.requests", event_code=event.code)
