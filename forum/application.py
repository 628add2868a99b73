"""The app, put together."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from forum.cli import register_cli
from forum.config import ROOT, Settings, from_environment
from forum.database import engine_options, register_database
from forum.extensions import db, migrate
from forum.i18n import register_i18n
from forum.jobs import register_jobs
from forum.web import register_web


def create_app(settings: Settings | None = None) -> Flask:
    """The app for ``settings``, by default those of the environment.

    Raises:
        SettingsError: a setting cannot be used.
    """
    settings = settings or from_environment()
    app = Flask(
        "forum",
        instance_path=str(settings.instance_path),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(_flask_config(settings))
    app.extensions["forum_settings"] = settings
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "forum" / "migrations"), render_as_batch=True)
    register_database(app)
    register_i18n(app)
    register_jobs(app, settings)
    register_web(app, settings)
    register_cli(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must not lose what was typed
        "SESSION_REFRESH_EACH_REQUEST": False,  # or a cookie would go out with files that caches keep
        "TESTING": settings.testing,
    }
