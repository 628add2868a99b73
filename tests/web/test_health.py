"""The page that tells whether the app is up."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from forum import create_app
from forum.database import dispose
from tests.databases import settings_for


def test_a_migrated_app_is_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_an_app_without_tables_is_not(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    assert app.test_client().get("/healthz").status_code == 503
    dispose(app)


def test_a_command_without_tables_says_what_to_run(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    done = app.test_cli_runner().invoke(args=["plan", "list"])
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: The database is not there or not up to date. Run: flask db upgrade\n",
    )
    dispose(app)
