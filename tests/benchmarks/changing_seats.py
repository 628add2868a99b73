"""Seats that are changed meanwhile: ``python -m tests.benchmarks.changing_seats [OPTIONS] [DATABASE …]``.

Five hundred people in four processes ask for a visit at the same moment, while organisers change its seats
twenty times, up and down. Ends with 1 if a single round is not exactly right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from forum import create_app
from forum.database import dispose
from tests.benchmarks.seats import DATABASES
from tests.changing_rush import THREADS, rush
from tests.databases import settings_for

CLIENTS = 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help="sqlite or postgresql")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=THREADS, help="of each of four processes")
    wanted = parser.parse_args()
    is_right = True
    for name in wanted.databases or DATABASES:
        with tempfile.TemporaryDirectory() as folder, DATABASES[name](Path(folder)) as url:
            app = create_app(settings_for(url, Path(folder)))
            with app.app_context():
                for number in range(1, wanted.rounds + 1):
                    began = time.perf_counter()
                    found = rush(app, clients=CLIENTS, threads=wanted.threads)
                    is_right &= found.people >= CLIENTS - found.busy and not (found.errors or found.wrong)
                    seconds = time.perf_counter() - began
                    print(
                        f"{name} {number}: {found.people} people, {found.seated} seated of {found.capacity},"
                        f" {found.busy} asked to try again, {found.errors} errors, {seconds:.1f} s"
                        f" {'; '.join(found.wrong)}"
                    )
            dispose(app)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
