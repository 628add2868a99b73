"""``python -m tests.benchmarks.scheduling.published [FOLDER]``: the table of all published instances.

Every schedule is gone over by the independent checker. ``seconds`` is wall time, ``CPU`` what both solvers
took together; a busy machine spoils the first and not the second. Files of equal content are solved once.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from forum.scheduling.published import instance, results
from forum.scheduling.published.solve import solve
from tests.beside import beside
from tests.scheduling.published_rules import Rules


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=beside("benchmarks", "b2b", "official"))
    folder = arguments.parse_args().folder
    if folder is None:
        arguments.error("the published instances are not beside the project")
    seen: set[str] = set()
    rows = []
    sys.stdout.write("instance\tbreaks\tpublished\tseconds\tCPU\tfastest published\n")
    for path in sorted(folder.glob("*.dzn")):
        text = path.read_text(encoding="utf-8")
        if text not in seen:
            seen.add(text)
            rows.append(_row(path, text))
            sys.stdout.write("\t".join(map(str, rows[-1])) + "\n")
            sys.stdout.flush()
    wall, processor = sum(row[3] for row in rows), sum(row[4] for row in rows)
    unlike = sum(row[1] != row[2] for row in rows)
    sys.stdout.write(
        f"{len(rows)} distinct, {unlike} unlike the published value, {wall:.1f} s in all, at most"
        f" {max(row[3] for row in rows):.1f} s, {processor:.1f} s of CPU\n"
    )


def _row(path: Path, text: str) -> tuple[str, int | None, int | None, float, float, float]:
    started, before = time.perf_counter(), _processor()
    answer = solve(instance.read(text))
    seconds, processor = time.perf_counter() - started, _processor() - before
    assert answer.proven
    breaks = None
    if answer.schedule:
        slot_of = [slot + 1 for slot in answer.schedule.slot_of]
        rules = Rules(text)
        assert rules.broken(slot_of, fairness=2) == []
        breaks = rules.breaks(slot_of)
    where = results.find(path)
    known = results.read(where)[path.stem, 2] if where else results.Known(None, 0.0)
    return path.stem, breaks, known.breaks, round(seconds, 2), round(processor, 2), known.seconds


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
