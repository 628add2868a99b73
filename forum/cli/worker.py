"""``flask worker``: the background process."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from forum import jobs


@click.command()
@click.option("--workers", default=3, show_default=True, help="How many jobs at a time.")
@with_appcontext
def worker(workers: int) -> None:
    """Compute schedules, print papers and send mail until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    jobs.serve(app, workers=workers)
