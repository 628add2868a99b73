"""``flask print station`` as processes of their own, which a test can kill."""

from __future__ import annotations

from multiprocessing.process import BaseProcess
from pathlib import Path

from forum import create_app
from tests import at_once
from tests.cups import PdfPrinter
from tests.databases import settings_for

PATIENCE_S = 2


def begun(url: str, folder: Path, printer: PdfPrinter) -> BaseProcess:
    """A process that works off the queue of the forum at ``url`` into ``printer``, until it is empty."""
    process = at_once.process(_work, url, folder, printer)
    process.start()
    return process


def _work(url: str, folder: Path, printer: PdfPrinter) -> None:
    app = create_app(settings_for(url, folder))
    command = ["print", "station", "--printer", printer.name, "--server", printer.server, "--until-empty"]
    done = app.test_cli_runner().invoke(args=[*command, "--patience", str(PATIENCE_S)])
    if done.exit_code:
        raise SystemExit(done.output)
