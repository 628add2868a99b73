"""Who rides in which bus: those who belong together in one, and why some could not be.

Level by level (``filling_problem.Level``): nobody stays behind, a company rides together, people who need an
interpreter ride with one, a delegation is in few buses, and whoever has a bus keeps it. A level is held
before the next one is looked at. How few buses a delegation needs is first asked without companies and
interpreters, which is small enough to be proven: no filling can do better, and one that does as well is best.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from forum.scheduling.filling_model import FillingModel, staying_behind
from forum.scheduling.filling_problem import BusRoom, Level, Rated, Rider, Split, WhyApart

_SECONDS: Final = 1.5  # deterministic ones of the solver, for each level
_GROUPINGS: Final = (
    lambda one: (one.delegation, one.bus, one.is_fixed),
    lambda one: one.delegation,
)  # how closely the coarse filling is followed, the closest first


@dataclass(frozen=True, slots=True)
class Filling:
    """``buses`` by rider; ``behind`` have no seat in any, ``alone`` no interpreter beside them. ``levels``
    say how good it is, and how much of that is proven.
    """

    buses: Mapping[int, int]
    behind: tuple[int, ...]
    alone: tuple[int, ...]
    splits: tuple[Split, ...]
    levels: tuple[Rated, ...]

    @property
    def is_best(self) -> bool:
        return all(each.is_best for each in self.levels)


def fill(buses: Sequence[BusRoom], riders: Sequence[Rider], seconds: float = _SECONDS) -> Filling:
    """Give every rider a bus, as well as it can be done."""
    model = FillingModel(buses, riders)
    behind = staying_behind(buses, riders)
    levels = [Rated(Level.BEHIND, behind, behind)]
    levels += [model.settle(level, seconds) for level in (Level.COMPANIES, Level.UNDERSTOOD)]
    coarse = FillingModel(buses, [replace(one, company=None, helpers=frozenset()) for one in riders])
    spread, moved = (coarse.settle(level, seconds) for level in (Level.DELEGATIONS, Level.MOVED))
    any(model.follow(coarse.shape(grouping), grouping, seconds) for grouping in _GROUPINGS)
    levels.append(model.settle(Level.DELEGATIONS, seconds, spread.bound))
    # Whoever lets a delegation ride in one bus more may have to move fewer: then the bound says nothing.
    levels.append(model.settle(Level.MOVED, seconds, moved.bound if levels[-1].cost == spread.cost else 0))
    placed = model.placed()
    now = [replace(one, bus=placed.get(one.id)) for one in riders]
    return Filling(
        buses=placed,
        behind=tuple(one.id for one in now if one.bus is None),
        alone=alone(now),
        splits=apart(buses, now),
        levels=tuple(levels),
    )


def apart(buses: Sequence[BusRoom], riders: Iterable[Rider]) -> tuple[Split, ...]:
    """Companies that ride in more than one bus as things are, and why."""
    by_company: dict[int, list[Rider]] = defaultdict(list)
    everybody = list(riders)
    for rider in everybody:
        if rider.company is not None and rider.bus is not None:
            by_company[rider.company].append(rider)
    found = ((key, people, Counter(one.bus for one in people)) for key, people in by_company.items())
    return tuple(
        Split(key, {bus: count for bus, count in by_bus.items() if bus}, _why(buses, everybody, people))
        for key, people, by_bus in sorted(found, key=lambda each: each[0])
        if len(by_bus) > 1
    )


def alone(riders: Iterable[Rider]) -> tuple[int, ...]:
    """Those in a bus in which nobody can interpret for them, though somebody on the visit could."""
    everybody = list(riders)
    bus_of = {one.id: one.bus for one in everybody}
    return tuple(
        one.id
        for one in everybody
        if one.helpers and one.bus and one.bus not in {bus_of.get(helper) for helper in one.helpers}
    )


def _why(buses: Sequence[BusRoom], everybody: Iterable[Rider], people: Sequence[Rider]) -> WhyApart:
    """The first reason that is enough by itself."""
    if len(people) > max((bus.capacity for bus in buses), default=0):
        return WhyApart.LARGER
    fixed = {one.bus for one in people if one.is_fixed}
    if len(fixed) > 1:
        return WhyApart.FIXED
    own = {one.id for one in people}
    stuck = Counter(one.bus for one in everybody if one.is_fixed and one.id not in own)
    open_to_them = [bus for bus in buses if not fixed or bus.id in fixed]
    if all(bus.capacity - stuck[bus.id] < len(people) for bus in open_to_them):
        return WhyApart.FIXED if fixed else WhyApart.NO_ROOM
    return WhyApart.TRADED
