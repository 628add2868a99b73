"""Who rides in which bus: those who belong together in one, and why some could not be.

In this order of weight: nobody stays behind, a company rides together, people who need an interpreter ride
with one, a delegation is in few buses, and whoever has a bus keeps it. People of one company, one need
and one present bus are alike, so the model counts them instead of seating each; that keeps it small
enough to be proved best. One worker and a limit in deterministic seconds make a run reproducible.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ortools.sat.python import cp_model

_COMPANY_APART: Final = 2_000
_NOT_UNDERSTOOD: Final = 400
_DELEGATION_APART: Final = 40
_MOVED: Final = 1
_SECONDS: Final = 1.5  # deterministic ones of the solver
_SEED: Final = 1
_NOBODY: Final = 2**31


@dataclass(frozen=True, slots=True)
class BusRoom:
    """A bus and how many it takes."""

    id: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Rider:
    """A person with a seat. ``helpers`` are the riders who could interpret for them; ``bus`` is where they
    are now, and stay if ``is_fixed``.
    """

    id: int
    company: int | None = None
    delegation: int | None = None
    helpers: frozenset[int] = frozenset()
    bus: int | None = None
    is_fixed: bool = False


class WhyApart(StrEnum):
    LARGER = "larger"  # than any bus
    FIXED = "fixed"  # somebody stays where they were put by hand
    NO_ROOM = "no_room"  # no bus has that many seats beside those who cannot move
    TRADED = "traded"  # keeping them together would have cost others more


@dataclass(frozen=True, slots=True)
class Split:
    """A company in more than one bus: how many of it are in which, and why."""

    company: int
    by_bus: Mapping[int, int]
    why: WhyApart


@dataclass(frozen=True, slots=True)
class Filling:
    """``buses`` by rider; ``behind`` have no seat in any, ``alone`` no interpreter beside them.

    ``cost`` is that of this filling and ``bound`` the least that any can have: equal when it is the best.
    """

    buses: Mapping[int, int]
    behind: tuple[int, ...]
    alone: tuple[int, ...]
    splits: tuple[Split, ...]
    cost: int
    bound: int

    @property
    def is_best(self) -> bool:
        return self.cost == self.bound


@dataclass(slots=True)
class _Kind:
    """People who are alike, and how many of them each bus takes."""

    people: list[Rider]
    taken: dict[int, cp_model.IntVar] = field(default_factory=dict)
    behind: cp_model.IntVar | int = 0


def fill(buses: Sequence[BusRoom], riders: Sequence[Rider], seconds: float = _SECONDS) -> Filling:
    """Give every rider a bus, as well as it can be done."""
    kinds = _kinds(riders)
    model = cp_model.CpModel()
    for kind in kinds:
        _seat(model, kind, buses)
    behind = _staying_behind(buses, riders)
    model.add(sum(kind.behind for kind in kinds) == behind)
    for bus in buses:
        model.add(sum(kind.taken[bus.id] for kind in kinds) <= _room(bus, riders))
    costs: list[cp_model.LinearExpr | int] = [
        *_apart(model, kinds, buses, "company", _COMPANY_APART, behind),
        *_apart(model, kinds, buses, "delegation", _DELEGATION_APART, behind),
        *_alone(model, kinds, buses),
        *_moved(kinds),
    ]
    model.minimize(sum(costs))
    _hint(model, kinds, buses, riders)
    solver = _solver(seconds)
    solver.solve(model)
    return _read(solver, kinds, buses, riders)


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


def _kinds(riders: Sequence[Rider]) -> list[_Kind]:
    helpers = frozenset[int]().union(*(one.helpers for one in riders))
    alike: dict[tuple[object, ...], list[Rider]] = defaultdict(list)
    for one in sorted(riders, key=lambda rider: rider.id):
        own = one.id if one.id in helpers or (one.company is None and one.delegation is None) else None
        alike[
            one.company, one.delegation, tuple(sorted(one.helpers)), one.bus, one.is_fixed and one.bus, own
        ].append(one)
    return [_Kind(people) for people in alike.values()]


def _seat(model: cp_model.CpModel, kind: _Kind, buses: Sequence[BusRoom]) -> None:
    size, first = len(kind.people), kind.people[0]
    for bus in buses:
        kind.taken[bus.id] = model.new_int_var(0, size, "")
        if first.is_fixed and first.bus is not None:
            model.add(kind.taken[bus.id] == (size if first.bus == bus.id else 0))
    kind.behind = model.new_int_var(0, size, "")
    model.add(sum(kind.taken.values()) + kind.behind == size)


def _room(bus: BusRoom, riders: Iterable[Rider]) -> int:
    """More people may have been put into a bus than it takes now: then nobody else comes in."""
    return max(bus.capacity, sum(one.is_fixed and one.bus == bus.id for one in riders))


def _hint(
    model: cp_model.CpModel, kinds: Iterable[_Kind], buses: Sequence[BusRoom], riders: Sequence[Rider]
) -> None:
    """Where they are, and the rest bus by bus, whole companies as long as there is room."""
    free = {bus.id: _room(bus, riders) for bus in buses}
    placed = {id(kind): Counter[int]() for kind in kinds}
    for kind in kinds:
        own = kind.people[0].bus
        if own in free:
            placed[id(kind)][own] = min(len(kind.people), free[own])
            free[own] -= placed[id(kind)][own]
    belongs = _order(riders)
    for kind in sorted(kinds, key=lambda each: belongs[each.people[0].id]):
        left = len(kind.people) - placed[id(kind)].total()
        for bus in sorted(buses, key=lambda each: (free[each.id] < left, free[each.id], each.id)):
            count = min(left, free[bus.id])
            placed[id(kind)][bus.id] += count
            free[bus.id] -= count
            left -= count
    for kind in kinds:
        for bus in buses:
            model.add_hint(kind.taken[bus.id], placed[id(kind)][bus.id])


def _order(riders: Sequence[Rider]) -> Mapping[int, tuple[int, int, int, int, int]]:
    """Interpreters with those whom they help, then delegations with their companies, large ones first."""
    sizes = Counter(one.company for one in riders)
    helper = {one.company: min(one.helpers) for one in riders if one.helpers and one.company}
    helping = frozenset[int]().union(*(one.helpers for one in riders))
    return {
        one.id: (
            one.id if one.id in helping else helper.get(one.company or 0, min(one.helpers, default=_NOBODY)),
            one.delegation or 0,
            -sizes[one.company] if one.company else 0,
            one.company or 0,
            one.id,
        )
        for one in riders
    }


def _staying_behind(buses: Iterable[BusRoom], riders: Sequence[Rider]) -> int:
    """How many find no seat, whoever sits where: anybody can ride in any bus."""
    return max(0, len(riders) - sum(_room(bus, riders) for bus in buses))


def _moved(kinds: Iterable[_Kind]) -> list[cp_model.LinearExpr]:
    had = (kind for kind in kinds if kind.people[0].bus in kind.taken)
    return [_MOVED * (len(kind.people) - kind.taken[kind.people[0].bus or 0]) for kind in had]


def _apart(
    model: cp_model.CpModel,
    kinds: Sequence[_Kind],
    buses: Sequence[BusRoom],
    by: str,
    weight: int,
    behind: int,
) -> list[cp_model.LinearExpr]:
    groups: dict[int, list[_Kind]] = defaultdict(list)
    for kind in kinds:
        if getattr(kind.people[0], by) is not None:
            groups[getattr(kind.people[0], by)].append(kind)
    return [
        weight * _beyond_one(model, members, buses, behind)
        for members in groups.values()
        if sum(len(kind.people) for kind in members) > 1
    ]


def _beyond_one(
    model: cp_model.CpModel, members: Sequence[_Kind], buses: Sequence[BusRoom], behind: int
) -> cp_model.IntVar:
    """In how many buses more than one these people ride; ``behind`` of all may have no seat."""
    size = sum(len(kind.people) for kind in members)
    used = []
    for bus in buses:
        is_used = model.new_bool_var("")
        there = sum(kind.taken[bus.id] for kind in members)
        model.add(there <= max(bus.capacity, _fixed_in(bus, members)) * is_used)
        for kind in members:
            model.add(kind.taken[bus.id] <= len(kind.people) * is_used)
        used.append(is_used)
    largest = max((_room(bus, [one for kind in members for one in kind.people]) for bus in buses), default=1)
    least = max(1, -(-(size - behind) // largest))
    beyond = model.new_int_var(min(least - 1, len(buses)), len(buses), "")
    model.add(beyond >= sum(used) - 1)
    return beyond


def _fixed_in(bus: BusRoom, kinds: Iterable[_Kind]) -> int:
    return sum(len(kind.people) for kind in kinds if kind.people[0].is_fixed and kind.people[0].bus == bus.id)


def _alone(
    model: cp_model.CpModel, kinds: Sequence[_Kind], buses: Sequence[BusRoom]
) -> list[cp_model.LinearExpr]:
    by_helper = {kind.people[0].id: kind for kind in kinds if len(kind.people) == 1}
    by_need: dict[tuple[int, ...], list[_Kind]] = defaultdict(list)
    for kind in kinds:
        by_need[tuple(sorted(kind.people[0].helpers & by_helper.keys()))].append(kind)
    costs = []
    for need, those in by_need.items():
        size = sum(len(kind.people) for kind in those)
        for bus in buses if need else ():
            lacking = model.new_int_var(0, size, "")
            helped = min(size, bus.capacity) * sum(by_helper[key].taken[bus.id] for key in need)
            model.add(lacking >= sum(kind.taken[bus.id] for kind in those) - helped)
            costs.append(_NOT_UNDERSTOOD * lacking)
    return costs


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    solver.parameters.max_deterministic_time = seconds
    return solver


def _read(
    solver: cp_model.CpSolver, kinds: Iterable[_Kind], buses: Sequence[BusRoom], riders: Sequence[Rider]
) -> Filling:
    """Of people who are alike the first keep the bus in which they are."""
    placed: dict[int, int] = {}
    for kind in kinds:
        waiting = list(kind.people)
        own = kind.people[0].bus
        for bus in sorted(buses, key=lambda each: each.id != own):
            count = solver.value(kind.taken[bus.id])
            placed |= {one.id: bus.id for one in waiting[:count]}
            waiting = waiting[count:]
    now = [
        Rider(one.id, one.company, one.delegation, one.helpers, placed.get(one.id), one.is_fixed)
        for one in riders
    ]
    return Filling(
        buses=placed,
        behind=tuple(one.id for one in now if one.bus is None),
        alone=alone(now),
        splits=apart(buses, now),
        cost=round(solver.objective_value),
        bound=round(solver.best_objective_bound),
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
