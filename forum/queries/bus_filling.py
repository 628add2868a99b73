"""How good it is that people ride as they do: each level as it stands, and what was proven of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from forum.models import Visit
from forum.models.base import db
from forum.scheduling.filling_buses import Filling
from forum.scheduling.filling_model import costs
from forum.scheduling.filling_problem import BusRoom, Level, Rider


@dataclass(frozen=True)
class Standing:
    """A level as people sit now. ``bound`` is the least that it can cost while the levels before it cost what
    they do; None where seats or buses have changed since the buses were filled.
    """

    level: Level
    cost: int
    bound: int | None

    @property
    def is_best(self) -> bool:
        return self.cost == (0 if self.bound is None else self.bound)


def as_data(filling: Filling, rooms: Sequence[BusRoom], riders: Sequence[Rider]) -> dict[str, Any]:
    """What is kept of a filling; ``riders`` sit as it says."""
    return {
        "state": _state(rooms, riders),
        "levels": {each.level.value: [each.cost, each.bound] for each in filling.levels},
    }


def standing(visit_id: int, rooms: Sequence[BusRoom], riders: Sequence[Rider]) -> tuple[Standing, ...]:
    """Every level that says something of how people sit; nothing while nobody sits anywhere."""
    if all(one.bus is None for one in riders):
        return ()
    kept = db.session.scalars(select(Visit.bus_filling).where(Visit.id == visit_id)).one()
    now = costs(riders)
    if kept.get("state") != _state(rooms, riders):
        return tuple(Standing(level, cost, None) for level, cost in now.items())
    known = {Level(name): numbers for name, numbers in kept["levels"].items()}
    return tuple(Standing(level, *known[level]) for level in Level)


def _state(rooms: Sequence[BusRoom], riders: Sequence[Rider]) -> str:
    facts = [
        (one.id, one.company, one.delegation, sorted(one.helpers), one.bus, one.is_fixed) for one in riders
    ]
    return sha256(repr(([(each.id, each.capacity) for each in rooms], facts)).encode()).hexdigest()
