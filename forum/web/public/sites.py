"""The sites that the forum visits."""

from __future__ import annotations

import io

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import sites as known_sites
from forum.queries.events import EventView
from forum.queries.sites import SiteView
from forum.services import files
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


@blueprint.get("/e/<event_code>/sites/<int:site_id>/map")
@needs(Permission.PUBLIC, site=known_sites.find_public)
def site_map(event: EventView, site: SiteView) -> ResponseReturnValue:
    """The map of where it is."""
    found = known_sites.map_of(event_id=event.id, site=site)
    content = files.content(event_id=event.id, file_id=found.file_id) if found else None
    if found is None or content is None:
        abort(404)
    return send_file(io.BytesIO(content), mimetype=found.media_type, etag=found.key, max_age=300)
