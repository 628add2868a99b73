"""``python -m tests.benchmarks.scheduling [--sample] [SIZE ...]``: forums, first come beside the solver.

Each size runs in a process of its own, so that its memory is its own. Seconds are wall time on one core.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from forum.scheduling.solve import Effort
from tests.benchmarks.scheduling.measure import Forum, measure

COLUMNS = (
    "people requests bound first:weight first:idle weight gap idle shortfall proven seconds cpu:seconds"
    " first:seconds MB +MB clashes"
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "sizes", nargs="*", type=int, help="100 300 1000 3000; of the sample forum 150 1500 5000"
    )
    arguments.add_argument("--sample", action="store_true", help="the sample forum as the app stores it")
    arguments.add_argument("--tables", type=float, default=0.2, help="tables per person (0.2)")
    arguments.add_argument("--heavy", action="store_true", help="each person asks 8 to 12 others")
    arguments.add_argument("--steps", type=int, default=Effort().steps_per_meeting)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--generator", type=Path, help="a file whose gen() makes the forums")
    chosen = arguments.parse_args()
    sys.stdout.write("\t".join(COLUMNS.split()) + "\n")
    for size in chosen.sizes or ([150, 1500, 5000] if chosen.sample else [100, 300, 1000, 3000]):
        made = Forum(size, chosen.tables, chosen.heavy, chosen.seed, chosen.generator, chosen.sample)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            row = process.submit(measure, made, chosen.steps)
            sys.stdout.write("\t".join(str(cell) for cell in row.result()) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
