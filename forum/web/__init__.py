"""Flask: routes, forms, access."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from forum.config import Settings
from forum.extensions import csrf
from forum.web import (
    api,
    auth,
    cabinet,
    desk,
    public,
    question_words,  # noqa: F401 (registers what refusals say)
    venue,
)
from forum.web.errors import register_errors
from forum.web.filters import register_filters
from forum.web.headers import register_headers
from forum.web.input import register_input
from forum.web.users import register_users


def register_web(app: Flask, settings: Settings) -> None:
    """Give the app its pages."""
    csrf.init_app(app)
    register_users(app)
    register_filters(app)
    register_headers(app)
    register_input(app)
    register_errors(app)
    for area in (public, auth, cabinet, desk, venue):
        app.register_blueprint(area.blueprint)
    api.register_api(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
