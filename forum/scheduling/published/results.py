"""What others proved of the published instances, from a CSV file beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from forum.scheduling.published.dzn import DznError

PATTERN: Final = "published*.csv"
UNSATISFIABLE: Final = "UNSAT"
_SOLVED: Final = "solved"

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Known:
    """``breaks`` is None where it is proven that there is no schedule; ``seconds`` are of the fastest."""

    breaks: int | None
    seconds: float


def find(instance: Path) -> Path | None:
    """``published*.csv`` in the folder of an instance or in the one above, the first by name."""
    folder = instance.resolve().parent
    return next((path for place in (folder, folder.parent) for path in sorted(place.glob(PATTERN))), None)


def read(path: Path) -> Mapping[Key, Known]:
    """By instance (the file's name without ``.dzn``) and fairness; only what some solver proved.

    The columns used are instance, fairness_d, status, breaks (a number or UNSAT) and seconds.
    """
    found: dict[Key, Known] = {}
    try:
        for key, known in _rows(path):
            if key not in found or known.seconds < found[key].seconds:
                found[key] = known
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise DznError("results_unreadable") from error
    return found


def _rows(path: Path) -> Iterator[tuple[Key, Known]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            breaks, key = row["breaks"], (row["instance"], int(row["fairness_d"]))
            if row["status"] == _SOLVED and breaks:
                yield key, Known(None if breaks == UNSATISFIABLE else int(breaks), float(row["seconds"]))
