"""Photos of people, for whoever may see the person."""

from __future__ import annotations

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries.events import EventView
from forum.services import photos
from forum.web import photo_words  # noqa: F401 (registers what a photo can be refused for)
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.users import current_actor


def visible_photo(*, event_id: int, row_id: int) -> bytes | None:
    """The photo of that person; who may not see them learns no more than that there is none."""
    return photos.shown(actor=current_actor(), event_id=event_id, delegate_id=row_id)


@blueprint.get("/e/<event_code>/people/<int:person_id>/photo", endpoint="photo")
@needs(Permission.PUBLIC, person=visible_photo)
def photo(event: EventView, person: bytes) -> ResponseReturnValue:
    """A person's photo."""
    name = f"{event.code}.jpg"
    return send_file(io.BytesIO(person), mimetype="image/jpeg", download_name=name)
