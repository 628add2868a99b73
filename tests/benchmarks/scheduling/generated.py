"""Forums of a generator that lies elsewhere, so that figures can be compared with those of others."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from forum.scheduling.problem import Person, Problem, Request, Slot, Table


def generated(path: Path, size: int, *, mode: str, tables: float, seed: int) -> Problem:
    """What the function ``gen`` of the file gives.

    Shape: ``T`` slots in days of ``spd``, ``L`` tables, ``unav`` by person, ``req`` of (one, other, weight).
    """
    made = _function(path)(size, mode=mode, tables=tables, seed=seed)
    return Problem(
        slots=tuple(Slot(slot, slot // made["spd"]) for slot in range(made["T"])),
        people=tuple(Person(n, busy_elsewhere=frozenset(away)) for n, away in enumerate(made["unav"])),
        tables=tuple(Table(n) for n in range(made["L"])),
        requests=tuple(
            Request(n, (one, other), weight=weight) for n, (one, other, weight) in enumerate(made["req"])
        ),
    )


def _function(path: Path) -> Any:
    spec = spec_from_file_location("generator", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.gen
