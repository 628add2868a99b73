"""One's own papers."""

from __future__ import annotations

import io

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import delegates
from forum.queries.events import EventView
from forum.services import papers
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/my/agenda.pdf", endpoint="agenda_pdf")
@needs(Permission.OWN_CABINET)
def agenda_pdf(event: EventView) -> ResponseReturnValue:
    """The own agenda as it stands now, on paper."""
    me = delegates.of_account(event_id=event.id, account_id=current_actor().account_id)
    if me is None:
        abort(404)
    content = papers.agenda_of(event_id=event.id, delegate_id=me.id)
    name = f"{event.code}-agenda-{me.number}.pdf"
    return send_file(io.BytesIO(content), mimetype="application/pdf", download_name=name)
