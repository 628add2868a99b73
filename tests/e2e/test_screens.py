"""Every screen, opened: no error, no violation, nothing inaccessible, nothing wider than the phone."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.mark.parametrize(
    ("language", "width", "dark", "looks_at"),
    [
        ("kk", 390, False, "everything"),
        ("ru", 1440, False, "everything"),
        # What is said to readers of screens is the same in the dark; its colours are others.
        ("kk", 1440, True, "colours"),
        ("ru", 390, True, "colours"),
        ("en", 390, False, "size"),  # the rest knows no language
    ],
)
def test_every_screen(
    stage: Served, open_page: OpenPage, language: str, width: int, dark: bool, looks_at: Look
) -> None:
    problems = {}
    for reader in (None, "delegate@forum.example", "desk@forum.example", "organiser@forum.example"):
        watched = open_page(
            stage, account_of(reader) if reader else None, language=language, width=width, dark=dark
        )
        watched.bring_axe()
        for screen in screens(stage.app, events.chosen(None)):
            if screen.reader != reader:
                continue
            watched.problems.clear()
            watched.page.goto(screen.path)
            found = watched.inspect(looks_at=looks_at)
            if found:
                problems[screen.path] = found
    assert problems == {}
