"""The forum of the token."""

from __future__ import annotations

from forum.domain.roles import Permission
from forum.queries import events
from forum.queries.events import EventView
from forum.web.api.access import needs_token, program
from forum.web.api.blueprint import blueprint
from forum.web.api.schemas import EventOut


@blueprint.route("/event")
@needs_token(Permission.SEE_DESK)
@blueprint.response(200, EventOut)
def event() -> EventView:
    """The forum that the token is for."""
    return events.get(program().event_id)
