"""The first page, and the page of a forum."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import events, participation, programme, sites
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.public.ways_in import way_in


@blueprint.get("/")
@needs(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    """To the forum where there is one, else the list of them."""
    forums = events.all_events()
    if len(forums) == 1:
        return redirect(url_for("public.forum", event_code=forums[0].code), code=303)
    return render_template("public/home.html", forums=forums)


@blueprint.get("/e/<event_code>/")
@needs(Permission.PUBLIC)
def forum(event: EventView) -> ResponseReturnValue:
    """What it is, when, where, who comes, and the way in."""
    return render_template(
        "public/forum.html",
        days=programme.days(event_id=event.id, zone=event.zone),
        sites=sites.public(event_id=event.id),
        numbers=participation.in_numbers(event_id=event.id),
        way_in=way_in(event),
    )
