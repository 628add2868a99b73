"""``flask worker``: the background process."""

from __future__ import annotations

import os
import sys
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from forum import jobs

TURN_S: Final = 0.0005
"""How long a thread that computes keeps the others waiting each time that they come back from the database;
Python's own 5 ms add up over the rows that a repair reads beside a schedule under computation.
"""

POLITENESS: Final = 10
"""How far the system lets pages go before the worker, which nobody looks at while it works."""


@click.command()
@click.option("--workers", default=3, show_default=True, help="How many jobs at a time.")
@with_appcontext
def worker(workers: int) -> None:
    """Compute schedules, print papers and send mail until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    os.nice(POLITENESS)
    sys.setswitchinterval(TURN_S)
    jobs.serve(app, workers=workers)
