"""Deciding on changes to approved registrations at the desk."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.queries import edits as known
from forum.queries.edits import EditView
from forum.queries.events import EventView
from forum.services import edits
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.profile_words import field_titles
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.post("/e/<event_code>/desk/registrations/edits/keep", endpoint="edits_keep")
@needs(Permission.MANAGE_DELEGATES)
def keep(event: EventView) -> ResponseReturnValue:
    """Let the chosen changes stand."""
    ids = request.form.getlist("ids", type=row_number)
    count = edits.keep(actor=current_actor(), event_id=event.id, edit_ids=ids)
    toast(ngettext("%(num)s change kept.", "%(num)s changes kept.", count))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/registrations/edits/<int:edit_id>/put-back", endpoint="edit_put_back")
@needs(Permission.MANAGE_DELEGATES, edit=known.find)
def put_back(event: EventView, edit: EditView) -> ResponseReturnValue:
    """Undo a change where nobody has changed the field since."""
    done = edits.put_back(actor=current_actor(), event_id=event.id, edit_id=edit.id)
    if done.fields:
        toast(_("Put back: %(fields)s.", fields=field_titles(list(done.fields))))
    if done.left:
        left = field_titles(list(done.left))
        toast(
            _("Stays, because it was changed since or is no longer there: %(fields)s.", fields=left), "warn"
        )
    return _back(event)


def _back(event: EventView) -> ResponseReturnValue:
    origin = safe_path(request.referrer)
    return redirect(origin or url_for("desk.registrations", event_code=event.code, tab="changed"), code=303)
