"""The description of the interface for programs."""

from __future__ import annotations

from flask import current_app, jsonify
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.web.access import needs
from forum.web.api.blueprint import PREFIX
from forum.web.public.blueprint import blueprint


@blueprint.get(f"{PREFIX}/openapi.json")
@needs(Permission.PUBLIC)
def openapi() -> ResponseReturnValue:
    """What there is to ask, in OpenAPI 3.1."""
    return jsonify(current_app.extensions["forum_api"].spec.to_dict())
