"""What stands behind the link of an invitation besides the form: that it was opened, or why it is closed."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import invitations as known_invitations
from forum.queries.events import EventView
from forum.services import invitations as commands
from forum.web import invitation_words  # noqa: F401 (registers what refusals and the journal say)
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.public.ways_in import way_in


@blueprint.post("/e/<event_code>/invitations/<invitation_code>/opened")
@needs(Permission.PUBLIC)
def invitation_opened(event: EventView, invitation_code: str) -> ResponseReturnValue:
    """Said by the page itself, so that programs which look through mail are not taken for people."""
    found = known_invitations.behind(invitation_code)
    if found is None or found.event_id != event.id:
        abort(404)
    commands.opened(code=invitation_code)
    return "", 204


def refused(event: EventView, invitation_code: str) -> ResponseReturnValue:
    """The page for somebody whose invitation lets nobody in: why, and whom to ask."""
    found = known_invitations.behind(invitation_code)
    if found is None or found.event_id != event.id:
        abort(404)
    page = render_template("public/invitation_refused.html", invitation=found, way_in=way_in(event))
    return page, 410
