"""Companies that are kept apart: the list, another pair, a pair less."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import SeparationKind
from forum.errors import ForumError
from forum.queries import separations as known
from forum.queries.events import EventView
from forum.queries.separations import SeparationView
from forum.sentences import describe
from forum.services import separations as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.request_desk import SeparationForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/desk/requests/apart", methods=["GET", "POST"], endpoint="separations")
@needs(Permission.MANAGE_MEETINGS)
def separations(event: EventView) -> ResponseReturnValue:
    """All pairs, and a form for another one."""
    form = SeparationForm.of(event)
    if not form.validate_on_submit():
        return _page(event, form), 422 if form.is_submitted() else 200
    if not _is_done(event, form):
        return _page(event, form), 422
    toast(_("The two companies are kept apart."))
    return redirect(url_for("desk.separations", event_code=event.code), code=303)


@blueprint.post(
    "/e/<event_code>/desk/requests/apart/<int:separation_id>/remove", endpoint="separation_remove"
)
@needs(Permission.MANAGE_MEETINGS, separation=known.find)
def separation_remove(event: EventView, separation: SeparationView) -> ResponseReturnValue:
    """Keep the two apart no longer."""
    commands.unite(actor=current_actor(), event_id=event.id, separation_id=separation.id)
    toast(_("The two companies are not kept apart any more."))
    return redirect(url_for("desk.separations", event_code=event.code), code=303)


def _is_done(event: EventView, form: SeparationForm) -> bool:
    try:
        commands.separate(
            actor=current_actor(),
            event_id=event.id,
            company_ids=(form.chosen["first"], form.chosen["second"]),
            kind=SeparationKind(form.kind.data),
            note=form.note.data or "",
        )
    except ForumError as error:
        form.form_errors = [describe(error)]
        return False
    return True


def _page(event: EventView, form: SeparationForm) -> str:
    return render_template(
        "desk/requests/separations.html", form=form, separations=known.every(event_id=event.id)
    )
