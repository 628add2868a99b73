"""A served app and real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from forum import create_app
from forum.database import dispose
from forum.models import Account
from tests.cast import signed_in_secret
from tests.databases import SqliteTemplate, settings_for
from tests.e2e.watching import Watched, watch
from tests.tools import need

# A busy machine is not a fault of the page: what is to come may take its time.
expect.set_options(timeout=30_000)

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = need("chromium", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Served:
    """An app that answers on a port of this machine."""

    app: Flask
    url: str


def serve(database_url: str, folder: Path) -> Iterator[Served]:
    """Serve an app on the database in a thread of this process, its context pushed here."""
    app = create_app(settings_for(database_url, folder))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with app.app_context():
        yield Served(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    dispose(app)


@pytest.fixture
def served(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Served]:
    with sqlite_template.fresh(tmp_path) as url:
        yield from serve(url, tmp_path)


OpenPage = Callable[..., Watched]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens a page as somebody: ``open_page(served, account, language="kk", width=390, dark=True)``."""
    contexts = []

    def opened(
        served: Served,
        account: Account | None = None,
        *,
        language: str = "en",
        width: int = 1440,
        dark: bool = False,
        javascript: bool = True,
    ) -> Watched:
        context = chromium.new_context(
            base_url=served.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookies = [{"name": "language", "value": language, "url": served.url}]
        if account is not None:
            cookies.append(session_cookie(served, account))
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page: Page = context.new_page()
        return watch(page)

    yield opened
    for context in contexts:
        context.close()


def session_cookie(served: Served, account: Account) -> dict[str, str]:
    """The cookie of a browser in which ``account`` is signed in."""
    serializer = served.app.session_interface.get_signing_serializer(served.app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": signed_in_secret(account), "_fresh": True})
    return {"name": "session", "value": value, "url": served.url}
