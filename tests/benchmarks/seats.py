"""The last seats of a visit: ``python -m tests.benchmarks.seats [OPTIONS] [DATABASE …]``.

The databases are sqlite and postgresql, by default both, fifty rounds each; ``--minutes`` begins no round
after that time. Two hundred signed-in delegates press the button for the last twenty seats at the same
moment, over HTTP on this machine, through gunicorn. Ends with 1 if a single round is not exactly right.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from forum import create_app
from forum.database import dispose
from tests.databases import (
    PostgresqlTemplate,
    SqliteTemplate,
    find_postgresql,
    postgresql_server,
    settings_for,
)
from tests.http_rush import rush_on
from tests.rush import CLIENTS, SEATS, WANTED

OVER_HTTP = replace(WANTED, told=Counter({"303": CLIENTS}))


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    with SqliteTemplate(folder).fresh(folder) as url:
        yield url


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    binaries = find_postgresql()
    if binaries is None:
        raise SystemExit("no PostgreSQL server is installed")
    with postgresql_server(binaries) as server, PostgresqlTemplate(server, folder).fresh(folder) as url:
        yield url


DATABASES: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}


def measure(name: str, rounds: int, workers: int, minutes: float | None) -> bool:
    """Print what ``rounds`` rushes on the database came to; whether all of them were exactly right."""
    began, found = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder, DATABASES[name](Path(folder)) as url:
        app = create_app(settings_for(url, Path(folder)))
        with app.app_context(), rush_on(app, workers=workers) as rush:
            for number in tqdm(range(1, rounds + 1), desc=name):
                found.append(rush.round(number))
                if minutes is not None and time.monotonic() - began > minutes * 60:
                    break
        dispose(app)
    right = sum(result == OVER_HTTP for result, _ in found)
    seconds = [took for _, took in found]
    print(
        f"{name}: {CLIENTS} clients for {SEATS} seats, {workers} workers: "
        f"exact in {right} of {len(found)} rounds; "
        f"a round takes {statistics.median(seconds):.2f} s (longest {max(seconds):.2f} s)"
    )
    for wrong in [result for result, _ in found if result != OVER_HTTP]:
        print(f"  told {dict(wrong.told)}, seated {wrong.seated}, rows {wrong.rows}")
    return right == len(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help="sqlite or postgresql")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--workers", type=int, default=4)
    wanted = parser.parse_args()
    measured = [
        measure(name, wanted.rounds, wanted.workers, wanted.minutes) for name in wanted.databases or DATABASES
    ]
    return 0 if all(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
