"""The badge while it is being typed."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries.events import EventView
from forum.services import files
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.public.registration_badge import badge_of
from forum.web.public.registration_journey import journey_of
from forum.web.public.registration_page import proposals_in


@blueprint.post("/e/<event_code>/register/preview", endpoint="register_preview")
@needs(Permission.PUBLIC)
def register_preview(event: EventView) -> ResponseReturnValue:
    """The badge of what stands in the form now, and what its empty fields would say."""
    journey = journey_of(event)
    if journey is None or journey.draft.is_sent:
        return "", 204
    typed = request.form.to_dict()
    return render_template(
        "public/registration/_preview.html",
        badge=badge_of(journey, typed),
        proposals=proposals_in(typed),
    )


@blueprint.get("/e/<event_code>/register/photo/<int:photo_id>", endpoint="register_photo")
@needs(Permission.PUBLIC)
def register_photo(event: EventView, photo_id: int) -> ResponseReturnValue:
    """The photo that the draft of this browser has, for its own eyes."""
    journey = journey_of(event)
    is_own = journey is not None and journey.draft.photo_id == photo_id
    content = files.content(event_id=event.id, file_id=photo_id) if is_own else None
    return Response(content, mimetype="image/jpeg") if content else abort(404)
