"""The sites that the forum visits."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import sites as known_sites
from forum.queries.events import EventView
from forum.queries.sites import SiteView
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.public.ways_in import way_in
from forum.web.site_words import PHOTO_RULES


@blueprint.get("/e/<event_code>/sites")
@needs(Permission.PUBLIC)
def sites(event: EventView) -> ResponseReturnValue:
    """Every site with its free seats."""
    return render_template(
        "public/sites.html", sites=known_sites.public(event_id=event.id), way_in=way_in(event)
    )


@blueprint.get("/e/<event_code>/sites/<int:site_id>")
@needs(Permission.PUBLIC, site=known_sites.find_public)
def site(event: EventView, site: SiteView) -> ResponseReturnValue:
    """One site with its visits."""
    return render_template("public/site.html", site=site, photos=PHOTO_RULES, way_in=way_in(event))
