"""Times and limits of requests at the desk."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import request_settings as known
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import request_settings as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.request_desk import RequestSettingsForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route(
    "/e/<event_code>/desk/requests/settings", methods=["GET", "POST"], endpoint="request_settings"
)
@needs(Permission.MANAGE_MEETINGS)
def request_settings(event: EventView) -> ResponseReturnValue:
    """When and how much may be asked."""
    found, version = known.of_event(event_id=event.id)
    form = RequestSettingsForm.of(event, found, version)
    if not form.validate_on_submit():
        return _page(form), 422 if form.is_submitted() else 200
    try:
        commands.change(
            actor=current_actor(), event_id=event.id, version=form.version.data or 0, wanted=form.wanted
        )
    except ForumError as error:
        form.form_errors = [describe(error)]
        form.version.data = version
        return _page(form), 409 if isinstance(error, StaleError) else 422
    toast(_("The settings have been saved."))
    return redirect(url_for("desk.requests", event_code=event.code), code=303)


def _page(form: RequestSettingsForm) -> str:
    return render_template("desk/requests/settings.html", form=form, categories=SPEAK_FOR_COMPANIES)
