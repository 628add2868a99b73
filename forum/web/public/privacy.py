"""What a forum holds about its participants and for how long, for everybody to read."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from forum.domain.consents import PURPOSES
from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import erasures, retention
from forum.queries.events import EventView
from forum.web import privacy_words
from forum.web.access import needs
from forum.web.act_links import act_id_in
from forum.web.privacy_files import act_file
from forum.web.public.blueprint import blueprint


@blueprint.get("/e/<event_code>/privacy")
@needs(Permission.PUBLIC)
def privacy(event: EventView) -> ResponseReturnValue:
    """The texts of the consents and the terms."""
    return render_template(
        "public/privacy.html",
        purposes=[(purpose, purpose.lines(language())) for purpose in PURPOSES.values()],
        terms=retention.terms(event.id),
        groups=privacy_words.GROUPS,
        why=privacy_words.WHY,
    )


@blueprint.get("/e/<event_code>/privacy/erased/<act_key>")
@needs(Permission.PUBLIC)
def erased(event: EventView, act_key: str) -> ResponseReturnValue:
    """That it has been done, and the act."""
    act = erasures.find(event_id=event.id, row_id=act_id_in(act_key) or 0)
    return render_template("public/erased.html", act=act or abort(404), act_key=act_key)


@blueprint.get("/e/<event_code>/privacy/erased/<act_key>/act.pdf")
@needs(Permission.PUBLIC)
def erased_act(event: EventView, act_key: str) -> ResponseReturnValue:
    """The act on paper."""
    act = erasures.find(event_id=event.id, row_id=act_id_in(act_key) or 0)
    return act_file(event, act or abort(404))
