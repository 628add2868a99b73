"""What every screen costs: ``python -m tests.benchmarks.pages [N …]`` with forums of N people (150).

CPU milliseconds of this process (the median of seven, of fewer where a page costs seconds, after two to
warm up) and statements sent to SQLite. ``--readme`` looks at the pages of the README's table only.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from forum import create_app
from tests.cast import browser
from tests.databases import SqliteTemplate, settings_for
from tests.e2e.stage import Screen, account_of, screens, set_stage
from tests.queries_counted import statements

_PATIENCE_S = 3.0
_IN_README = {
    "public.forum", "public.programme", "cabinet.my_day", "desk.today", "desk.delegates", "desk.plan",
    "desk.papers", "desk.plan_unplaced", "desk.plan_changes",
}  # fmt: skip


def measure(people: int, names: Collection[str] = ()) -> None:
    """Print a line for every screen, or those of the names, of a sample forum of that many people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SqliteTemplate(folder).fresh(folder) as url:
            app = create_app(settings_for(url, folder))
            with app.app_context():
                chosen = screens(app, set_stage(app, people=people))
            for screen in chosen:
                if names and screen.name not in names:
                    continue
                cost, count, size = _cost(app, screen)
                print(f"{people:>5}  {screen.name:<24} {cost:>6.0f} ms {count:>3} statements {size:>4} KB")


def _cost(app: Flask, screen: Screen) -> tuple[float, int, int]:
    client = _client(app, screen)
    times: list[float] = []
    while len(times) < 9 and (len(times) < 3 or sum(times) < _PATIENCE_S):
        began = time.process_time()
        answer = client.get(screen.path)
        times.append(time.process_time() - began)
    if answer.status_code not in (200, 303):
        raise RuntimeError(f"{screen.path}: {answer.status}")
    with statements(app) as sent:
        client.get(screen.path)
    return 1000 * median(times[2:]), len(sent), len(answer.data) // 1024


def _client(app: Flask, screen: Screen) -> FlaskClient:
    if screen.reader is None:
        return app.test_client()
    with app.app_context():
        return browser(app, account_of(screen.reader), language="kk")


if __name__ == "__main__":
    for argument in [each for each in sys.argv[1:] if each.isdigit()] or ["150"]:
        measure(int(argument), _IN_README if "--readme" in sys.argv else ())
