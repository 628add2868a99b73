"""The blueprint of the interface for programs, and its description in OpenAPI."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, request
from flask_smorest import Api, Blueprint

from forum import config
from forum.extensions import csrf
from forum.web.api.schemas import Problem

PREFIX: Final = "/api/v1"
_TOKEN: Final = "token"  # noqa: S105 - the name of the scheme, not a secret

blueprint: Any = Blueprint(
    "api", __name__, url_prefix=PREFIX, description="People, companies and delegations of one forum."
)


class ForumApi(Api):
    """Describes the routes of the blueprint; pages keep their own errors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """The blueprint has its own (``problems``): these would answer for every page of the app."""


def register_api(app: Flask) -> None:
    """Give ``app`` the routes for programs and, beside them, their description."""
    app.config.update(
        API_TITLE="Forum",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": f"Version {config.version()} of the app. Instants are UTC."},
            "components": {"securitySchemes": {_TOKEN: {"type": "http", "scheme": "bearer"}}},
            "security": [{_TOKEN: []}],
        },
    )
    api = ForumApi(app)
    csrf.exempt(blueprint)
    api.register_blueprint(blueprint)
    app.extensions["forum_api"] = api


def is_for_programs() -> bool:
    """Whether the request speaks to this interface, whether or not there is such a route."""
    return request.path.startswith(f"{PREFIX}/")
