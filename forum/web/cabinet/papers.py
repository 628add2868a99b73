"""One's own papers."""

from __future__ import annotations

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries.events import EventView
from forum.services import papers
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate


@blueprint.get("/e/<event_code>/my/agenda.pdf", endpoint="agenda_pdf")
@needs(Permission.OWN_CABINET)
def agenda_pdf(event: EventView) -> ResponseReturnValue:
    """The own agenda as it stands now, on paper."""
    me = own_delegate(event)
    content = papers.agenda_of(event_id=event.id, delegate_id=me.id)
    name = f"{event.code}-agenda-{me.number}.pdf"
    return send_file(io.BytesIO(content), mimetype="application/pdf", download_name=name)
