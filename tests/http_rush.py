"""The same rush through HTTP: gunicorn with several workers, and a browser's requests at the same moment.

Everything runs on this machine, so what is measured is the guard and not a network.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from forum.config import ROOT
from forum.domain.roles import Role
from forum.models import Event, Site
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.rush import CLIENTS, SEATS, Tally, tally

_THREADS = 4
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Client:
    """A signed-in delegate's browser: its cookie and the token of the forms it has been given."""

    cookie: str
    token: str


@dataclass(frozen=True)
class Rush:
    """An app on a database, gunicorn in front of it, and everybody signed in."""

    app: Flask
    port: int
    event_id: int
    event_code: str
    clients: tuple[Client, ...]

    def round(self, number: int) -> tuple[Tally, float]:
        """Everybody asks for the visit of day ``number`` at once: what came of it, in how many seconds."""
        visit_id = self._visit(number)
        start = threading.Barrier(len(self.clients) + 1)

        def ask(client: Client) -> str:
            start.wait()
            return self._sign_up(client, visit_id)

        with ThreadPoolExecutor(len(self.clients)) as pool:
            answers = [pool.submit(ask, client) for client in self.clients]
            start.wait()
            began = time.perf_counter()
            told = Counter(answer.result() for answer in answers)
            took = time.perf_counter() - began
        db.session.rollback()  # the reader's transaction must not show the time before the rush
        return tally(visit_id, told), took

    def _visit(self, number: int) -> int:
        """Each round has a day of its own: nobody may be on two visits at once."""
        later = timedelta(days=number)
        with transaction():
            return factories.visit(
                *_event_and_site(self.event_id),
                capacity=SEATS,
                departs_at=factories.at(14) + later,
                starts_at=factories.at(15) + later,
                ends_at=factories.at(17) + later,
                returns_at=factories.at(18) + later,
            ).id

    def _sign_up(self, client: Client, visit_id: int) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(
                "POST",
                f"/e/{self.event_code}/my/visits/{visit_id}/sign-up",
                body=urllib.parse.urlencode({"csrf_token": client.token}),
                headers={"Cookie": client.cookie, "Content-Type": "application/x-www-form-urlencoded"},
            )
            return str(connection.getresponse().status)
        except OSError as error:
            return f"error: {error}"
        finally:
            connection.close()


@contextlib.contextmanager
def rush_on(app: Flask, *, workers: int) -> Iterator[Rush]:
    """Serve ``app``'s database by ``workers`` processes of gunicorn and sign everybody in."""
    with transaction():
        event = factories.event()
        event_id, event_code = event.id, event.code
    with served(app, workers=workers) as port:
        yield Rush(app, port, event_id, event_code, _clients(app, port, event_id, event_code))


def _clients(app: Flask, port: int, event_id: int, event_code: str) -> tuple[Client, ...]:
    with transaction():
        factories.visit(*_event_and_site(event_id))  # its form gives everybody a token
        cookies = [_signed_in(app, event_id) for _ in range(CLIENTS)]
    with ThreadPoolExecutor(_THREADS) as pool:
        return tuple(pool.map(lambda cookie: _client(port, event_code, cookie), cookies))


def _event_and_site(event_id: int) -> tuple[Event, Site]:
    event = db.session.get_one(Event, event_id)
    return event, factories.site(event)


def _signed_in(app: Flask, event_id: int) -> str:
    """The cookie of a new delegate's browser."""
    account = cast.account(Role.DELEGATE, event_id=event_id)
    factories.delegate(db.session.get_one(Event, event_id), account_id=account.id)
    cookie = cast.browser(app, account).get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


def _client(port: int, event_code: str, cookie: str) -> Client:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", f"/e/{event_code}/my/visits", headers={"Cookie": cookie})
    page = connection.getresponse()
    token = _TOKEN.search(page.read().decode())
    connection.close()
    assert token is not None
    return Client((page.getheader("Set-Cookie") or "").split(";")[0], token[1])


@contextlib.contextmanager
def served(app: Flask, *, workers: int) -> Iterator[int]:
    """Serve ``app``'s database by ``workers`` processes of gunicorn; the port on this machine."""
    port = _free_port()
    with _gunicorn(app, port, workers):
        yield port


@contextlib.contextmanager
def _gunicorn(app: Flask, port: int, workers: int) -> Iterator[None]:
    environment = os.environ | {
        "FORUM_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "FORUM_INSTANCE_PATH": app.instance_path,
        "FORUM_SECRET_KEY": app.config["SECRET_KEY"],
    }
    command = ["-m", "gunicorn", "--preload", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    server = subprocess.Popen(
        [
            sys.executable,
            *command,
            "--threads",
            str(_THREADS),
            "--preload",
            "--log-level",
            "warning",
            "wsgi:app",
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
