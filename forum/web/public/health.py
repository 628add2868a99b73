"""Whether the app answers, for whoever starts or watches it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import health
from forum.web.access import needs
from forum.web.public.blueprint import blueprint


@blueprint.get("/healthz")
@needs(Permission.PUBLIC)
def healthz() -> ResponseReturnValue:
    """200 when a page could be made: the database answers and has its tables."""
    return ("ok", 200) if health.is_ready() else ("the database is not ready", 503)
