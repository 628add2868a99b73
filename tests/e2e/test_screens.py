"""Every screen, opened: no error, no violation, nothing inaccessible, nothing wider than the phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from forum.queries import events
from tests.databases import SqliteTemplate
from tests.e2e.conftest import OpenPage, Served, serve
from tests.e2e.stage import account_of, screens, set_stage
from tests.e2e.watching import Look

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("stage")
    with sqlite_template.fresh(folder) as url:
        for served in serve(url, folder):
            set_stage(served.app)
            yield served


@dataclass(frozen=True)
class Dress:
    """How wide the screen is, its colours, and how much of accessibility is looked at."""

    width: int
    dark: bool
    looks_at: Look


@pytest.mark.parametrize(
    ("language", "opened", "turned"),
    [
        # What is said to readers of screens is the same in the dark; its colours are others.
        ("kk", Dress(390, False, "everything"), Dress(1440, True, "colours")),
        ("ru", Dress(1440, False, "everything"), Dress(390, True, "colours")),
        ("en", Dress(390, False, "size"), None),  # the rest knows no language
    ],
    ids=["kk", "ru", "en"],
)
def test_every_screen(
    stage: Served, open_page: OpenPage, language: str, opened: Dress, turned: Dress | None
) -> None:
    problems = {}
    for reader in (None, "delegate@forum.example", "desk@forum.example", "organiser@forum.example"):
        watched = open_page(stage, account_of(reader) if reader else None, language=language)
        if opened.looks_at != "size":
            watched.bring_axe()
        for screen in screens(stage.app, events.chosen(None)):
            if screen.reader != reader:
                continue
            watched.problems.clear()
            watched.turn(width=opened.width, dark=opened.dark)
            watched.page.goto(screen.path)
            found = watched.inspect(looks_at=opened.looks_at)
            if turned:
                watched.turn(width=turned.width, dark=turned.dark)
                found += watched.inspect(looks_at=turned.looks_at)
            if found:
                problems[screen.path] = found
    assert problems == {}
