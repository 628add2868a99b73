"""Pictures of every screen and paper, from the sample forum.

``python -m tests.e2e.pictures [FOLDER [SCREEN…]]`` takes one per screen in every combination that the
look must hold in; they go to docs/pictures by default.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from forum.domain.states import PaperKind
from forum.policy import SYSTEM
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import papers
from tests.databases import SqliteTemplate
from tests.e2e.conftest import CHROMIUM_ARGUMENTS, Served, serve, session_cookie
from tests.e2e.stage import Screen, account_of, screens, set_stage
from tests.tools import need

ROOT = Path(__file__).resolve().parents[2]
LOOKS = (("kk", 390, False), ("ru", 1440, False), ("kk", 1440, True), ("en", 390, True))
PAPERS = (
    (PaperKind.BADGE, "a4-4xa6"),
    *((kind.kind, kind.sheets[0]) for kind in KINDS.values()),
)
PAGES = {PaperKind.AGENDA: "20", PaperKind.BADGE: "10", PaperKind.BOOKLET: "4"}


def take(folder: Path, names: Collection[str] = ()) -> None:
    """Write pictures to ``folder``: of the screens called ``names``, or of all screens and papers."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as instance,
        SqliteTemplate(Path(instance)).fresh(Path(instance)) as url,
    ):
        for served in serve(url, Path(instance)):
            event = set_stage(served.app)
            if not names:
                _papers(event, folder)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=need("chromium", "google-chrome"), args=CHROMIUM_ARGUMENTS
                )
                for screen in screens(served.app, event):
                    for look in LOOKS if not names or screen.name in names else ():
                        _screen(browser, served, screen, look, folder)
                browser.close()


def _screen(
    browser: Browser, served: Served, screen: Screen, look: tuple[str, int, bool], folder: Path
) -> None:
    language, width, dark = look
    context = browser.new_context(
        base_url=served.url,
        viewport={"width": width, "height": 844 if width < 800 else 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "language", "value": language, "url": served.url}])
    if screen.reader:
        context.add_cookies([session_cookie(served, account_of(screen.reader))])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(screen.path, wait_until="networkidle")  # the board paints what it fetches
    name = f"{screen.name.replace('.', '-')}-{language}-{width}{'-dark' if dark else ''}.png"
    page.screenshot(path=folder / name)
    context.close()


def _papers(event: EventView, folder: Path) -> None:
    for kind, sheet in PAPERS:
        content, _findings = papers.print_now(
            actor=SYSTEM, event_id=event.id, kind=kind, sheet=sheet, choice=PaperChoice()
        )
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(content)
            file.flush()
            target = folder / f"paper-{kind.value}-{sheet}"
            page = PAGES.get(kind, "1")
            subprocess.run(
                ["pdftoppm", "-png", "-r", "100", "-f", page, "-l", page, "-singlefile", file.name, target],
                check=True,
            )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures", sys.argv[2:])
