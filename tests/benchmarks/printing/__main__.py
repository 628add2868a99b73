"""One table: ``python -m tests.benchmarks.printing [N …] [WAY …]``.

A way and a number are measured in a process of their own: CPU seconds of that process, after thirty
other papers as a warm-up, and the most memory it had; "more" is what the papers added to what the
warm process had, which is the whole app. Every badge and every agenda differs. "one by one" prints each badge
into a file of its own and tells the middle and the 95th of a hundred.

Without arguments it is the table of the README: 10, 100, 1,000 and 5,000 badges by each way in ``TABLE``.
Others are named, or ``all``: "changed-2%" and "two-sided-2%" are reprints of which one in fifty is new.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from forum.printing.agendas import agenda_pdf, agendas_pdf
from forum.printing.documents import BadgeDocument
from forum.printing.pdf import badges_pdf
from forum.printing.preflight import preflight
from forum.printing.sheets import SHEETS
from forum.printing.shelf import Shelf
from tests.benchmarks.printing import others
from tests.benchmarks.printing.samples import agendas, badges, two_sided

COUNTS: Final = (10, 100, 1000, 5000)
WARM: Final = 30
A6, A4 = SHEETS["a6"], SHEETS["a4-4xa6"]
Printer = Callable[[Sequence[Any]], object]


def one_by_one(printer: Printer) -> Printer:
    def run(papers: Sequence[Any]) -> object:
        taken = []
        for paper in papers[:100]:
            started = time.process_time()
            printer([paper])
            taken.append((time.process_time() - started) * 1000)
        taken.sort()
        return {"middle": taken[len(taken) // 2], "p95": taken[len(taken) * 95 // 100]}

    return run


def cached(folder: Path, papers: Sequence[BadgeDocument], changed: int) -> Printer:
    shelf = folder / "shelf.db"
    badges_pdf(papers, A6, shelf=Shelf(shelf))
    asked = [
        replace(paper, family=paper.family + "у") if changed and number % changed == 0 else paper
        for number, paper in enumerate(papers)
    ]
    return lambda _papers: badges_pdf(asked, A6, shelf=Shelf(shelf))


WAYS: Final[dict[str, tuple[Callable[[int], Sequence[Any]], Printer]]] = {
    "pure": (badges, lambda papers: badges_pdf(papers, A6, is_pure=True)),
    "fast": (badges, lambda papers: badges_pdf(papers, A6)),
    "cached": (badges, lambda papers: badges_pdf(papers, A6)),
    "changed-2%": (badges, lambda papers: badges_pdf(papers, A6)),
    "reportlab": (badges, others.reportlab),
    "fpdf2": (badges, others.fpdf2),
    "typst": (badges, others.typst_),
    "fast-a4": (badges, lambda papers: badges_pdf(papers, A4)),
    "two-sided": (two_sided, lambda papers: badges_pdf(papers, A6)),
    "two-sided-2%": (two_sided, lambda papers: badges_pdf(papers, A6)),
    "preflight": (badges, lambda papers: preflight(papers, A6)),
    "pure-one-by-one": (badges, one_by_one(lambda papers: badges_pdf(papers, A6, is_pure=True))),
    "fast-one-by-one": (badges, one_by_one(lambda papers: badges_pdf(papers, A6))),
    "agendas": (agendas, lambda papers: agendas_pdf(papers, processes=1)),
    "agendas-each": (agendas, lambda papers: [agenda_pdf(paper) for paper in papers]),
}
TABLE: Final = (
    "pure", "fast", "cached", "reportlab", "fpdf2", "typst", "fast-one-by-one", "pure-one-by-one",
)  # fmt: skip
CHANGED: Final = {"cached": 0, "changed-2%": 50, "two-sided-2%": 50}


def measured(way: str, count: int) -> dict[str, Any]:
    """What ``count`` papers take in this process."""
    make, printer = WAYS[way]
    printer(make(WARM))
    papers = make(count)
    with tempfile.TemporaryDirectory() as folder:
        if way in CHANGED:
            printer = cached(Path(folder), papers, CHANGED[way])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        result = printer(papers)
        spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row: dict[str, Any] = {
        "way": way,
        "N": count,
        "s": spent,
        "MB": peak / 1024,
        "more": (peak - before) / 1024,
    }
    if isinstance(result, bytes):
        row["KB"] = len(result) / 1024 / count
    return row | result if isinstance(result, dict) else row


def told(row: dict[str, Any]) -> str:
    if "middle" in row:
        return f"{row['way']:<16}{100:>6}{row['middle']:>9.2f}{'':>10}{row['p95']:>8.2f} (p95)"
    each = row["s"] / row["N"]
    size = f"{row['KB']:>8.2f}" if "KB" in row else f"{'':>8}"
    columns = f"{each * 1000:>9.3f}{1 / each:>10.0f}{size}{row['MB']:>8.0f}{row['more']:>8.0f}"
    return f"{row['way']:<16}{row['N']:>6}{columns}"


def main(counts: Sequence[int], ways: Sequence[str]) -> None:
    print(f"{'way':<16}{'N':>6}{'ms each':>9}{'a second':>10}{'KB each':>8}{'MB':>8}{'more':>8}", flush=True)
    for way in ways:
        for count in (100,) if way.endswith("one-by-one") else counts:
            command = [sys.executable, "-m", "tests.benchmarks.printing", "--measure", way, str(count)]
            row = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            print(told(json.loads(row.splitlines()[-1])), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]))))
    else:
        numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
        named = [each for each in sys.argv[1:] if not each.isdigit()]
        main(numbers or COUNTS, list(WAYS) if named == ["all"] else named or TABLE)
