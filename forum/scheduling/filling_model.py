"""The model of who rides in which bus: people who are alike are counted instead of seated one by one.

People of one company, one need and one present bus are alike. That keeps the model small enough to be solved
level by level, each to its proof where the effort suffices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ortools.sat.python import cp_model

from forum.scheduling.filling_problem import BusRoom, Level, Rated, Rider

_SEED: Final = 1
_NOBODY: Final = 2**31

Expression = cp_model.LinearExpr | int
Shape = Mapping[tuple[object, int], int]
"""How many of those who belong together in some way ride in each bus."""
Grouping = Callable[[Rider], object]


@dataclass(slots=True)
class Kind:
    """People who are alike, and how many of them each bus takes."""

    people: list[Rider]
    taken: dict[int, cp_model.IntVar] = field(default_factory=dict)
    behind: cp_model.IntVar | int = 0


def costs(riders: Iterable[Rider]) -> Mapping[Level, int]:
    """What the levels cost as people sit, all but the last one."""
    everybody = list(riders)
    bus_of = {one.id: one.bus for one in everybody}
    alone = (
        one.bus and one.helpers and one.bus not in {bus_of.get(key) for key in one.helpers}
        for one in everybody
    )
    return {
        Level.BEHIND: sum(one.bus is None for one in everybody),
        Level.COMPANIES: _beyond(everybody, "company"),
        Level.UNDERSTOOD: sum(bool(each) for each in alone),
        Level.DELEGATIONS: _beyond(everybody, "delegation"),
    }


def _beyond(riders: Iterable[Rider], by: str) -> int:
    """How many buses more than one the groups ride in, all together."""
    used: dict[int, set[int]] = defaultdict(set)
    for one in riders:
        group = getattr(one, by)
        if group is not None and one.bus is not None:
            used[group].add(one.bus)
    return sum(len(buses) - 1 for buses in used.values())


class FillingModel:
    """The choices and the levels; ``settle`` minimizes one level and holds it from then on."""

    def __init__(self, buses: Sequence[BusRoom], riders: Sequence[Rider]) -> None:
        self._buses, self._riders = buses, riders
        self._model = cp_model.CpModel()
        self.kinds = _kinds(riders)
        behind = staying_behind(buses, riders)
        for kind in self.kinds:
            _seat(self._model, kind, buses)
        self._model.add(sum(kind.behind for kind in self.kinds) == behind)
        for bus in buses:
            self._model.add(sum(kind.taken[bus.id] for kind in self.kinds) <= room(bus, riders))
        self.costs: dict[Level, Expression] = {
            Level.COMPANIES: sum(_apart(self._model, self.kinds, buses, "company", behind)),
            Level.UNDERSTOOD: sum(_alone(self._model, self.kinds, buses)),
            Level.DELEGATIONS: sum(_apart(self._model, self.kinds, buses, "delegation", behind)),
            Level.MOVED: sum(_moved(self.kinds)),
        }
        self._counts = _as_they_are(self.kinds, buses, riders)
        self._solution: Sequence[int] = ()

    def settle(self, level: Level, seconds: float, least: int = 0) -> Rated:
        """Minimize the level; ``least`` is a bound that is known already."""
        cost = self.costs[level]
        if isinstance(cost, int):
            return Rated(level, cost, cost)
        if not self._solution or self.costs_now()[level] > least:
            self._model.add(cost >= least)
            self._model.minimize(cost)
            solver, status = self._solved(self._model, seconds)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self._keep(solver)
            least = max(least, round(solver.best_objective_bound))
        value = self.costs_now()[level]
        self._model.add(cost <= value)
        return Rated(level, value, min(least, value))

    def follow(self, shape: Shape, grouping: Grouping, seconds: float) -> bool:
        """Seat as many of each group in each bus, if the levels held so far allow it."""
        model = self._model.clone()
        model.clear_objective()
        for (group, bus), count in shape.items():
            those = [kind.taken[bus] for kind in self.kinds if grouping(kind.people[0]) == group]
            model.add(sum(those) == count)
        solver, status = self._solved(model, seconds)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self._keep(solver)
        return True

    def costs_now(self) -> Mapping[Level, int]:
        """What each level costs as people are seated now."""
        placed = self.placed()
        now = [replace(one, bus=placed.get(one.id)) for one in self._riders]
        there = {bus.id for bus in self._buses}
        moved = sum(one.bus in there and placed.get(one.id) != one.bus for one in self._riders)
        return {**costs(now), Level.MOVED: moved}

    def shape(self, grouping: Grouping) -> Shape:
        """How many of each group ride in each bus."""
        found: Counter[tuple[object, int]] = Counter()
        for kind in self.kinds:
            for bus in self._buses:
                found[grouping(kind.people[0]), bus.id] += self._counts[id(kind), bus.id]
        return found

    def placed(self) -> dict[int, int]:
        """The bus of each rider; of people who are alike the first keep the bus in which they are."""
        found: dict[int, int] = {}
        for kind in self.kinds:
            waiting, own = list(kind.people), kind.people[0].bus
            for bus in sorted(self._buses, key=lambda each: each.id != own):
                count = self._counts[id(kind), bus.id]
                found |= {one.id: bus.id for one in waiting[:count]}
                waiting = waiting[count:]
        return found

    def _solved(self, model: cp_model.CpModel, seconds: float) -> tuple[cp_model.CpSolver, object]:
        """One worker and a limit in deterministic seconds make a run reproducible."""
        model.clear_hints()
        for index, value in enumerate(self._solution):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        for kind in self.kinds if not self._solution else ():
            for bus in self._buses:
                model.add_hint(kind.taken[bus.id], self._counts[id(kind), bus.id])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = _SEED
        solver.parameters.max_deterministic_time = seconds
        return solver, solver.solve(model)

    def _keep(self, solver: cp_model.CpSolver) -> None:
        self._counts = {
            (id(kind), bus.id): solver.value(kind.taken[bus.id]) for kind in self.kinds for bus in self._buses
        }
        self._solution = tuple(solver.response_proto.solution)


def _kinds(riders: Sequence[Rider]) -> list[Kind]:
    helpers = frozenset[int]().union(*(one.helpers for one in riders))
    alike: dict[tuple[object, ...], list[Rider]] = defaultdict(list)
    for one in sorted(riders, key=lambda rider: rider.id):
        own = one.id if one.id in helpers or (one.company is None and one.delegation is None) else None
        alike[
            one.company, one.delegation, tuple(sorted(one.helpers)), one.bus, one.is_fixed and one.bus, own
        ].append(one)
    return [Kind(people) for people in alike.values()]


def _seat(model: cp_model.CpModel, kind: Kind, buses: Sequence[BusRoom]) -> None:
    size, first = len(kind.people), kind.people[0]
    for bus in buses:
        kind.taken[bus.id] = model.new_int_var(0, size, "")
        if first.is_fixed and first.bus is not None:
            model.add(kind.taken[bus.id] == (size if first.bus == bus.id else 0))
    kind.behind = model.new_int_var(0, size, "")
    model.add(sum(kind.taken.values()) + kind.behind == size)


def room(bus: BusRoom, riders: Iterable[Rider]) -> int:
    """More people may have been put into a bus than it takes now: then nobody else comes in."""
    return max(bus.capacity, sum(one.is_fixed and one.bus == bus.id for one in riders))


def staying_behind(buses: Iterable[BusRoom], riders: Sequence[Rider]) -> int:
    """How many find no seat, whoever sits where: anybody can ride in any bus."""
    return max(0, len(riders) - sum(room(bus, riders) for bus in buses))


def _moved(kinds: Iterable[Kind]) -> list[cp_model.LinearExpr]:
    had = (kind for kind in kinds if kind.people[0].bus in kind.taken)
    return [len(kind.people) - kind.taken[kind.people[0].bus or 0] for kind in had]


def _apart(
    model: cp_model.CpModel,
    kinds: Sequence[Kind],
    buses: Sequence[BusRoom],
    by: str,
    behind: int,
) -> list[cp_model.LinearExpr]:
    groups: dict[int, list[Kind]] = defaultdict(list)
    for kind in kinds:
        if getattr(kind.people[0], by) is not None:
            groups[getattr(kind.people[0], by)].append(kind)
    return [
        _beyond_one(model, members, buses, behind)
        for members in groups.values()
        if sum(len(kind.people) for kind in members) > 1
    ]


def _beyond_one(
    model: cp_model.CpModel, members: Sequence[Kind], buses: Sequence[BusRoom], behind: int
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
    largest = max((room(bus, [one for kind in members for one in kind.people]) for bus in buses), default=1)
    least = max(1, -(-(size - behind) // largest))
    beyond = model.new_int_var(min(least - 1, len(buses)), len(buses), "")
    model.add(beyond >= sum(used) - 1)
    return beyond


def _fixed_in(bus: BusRoom, kinds: Iterable[Kind]) -> int:
    return sum(len(kind.people) for kind in kinds if kind.people[0].is_fixed and kind.people[0].bus == bus.id)


def _alone(
    model: cp_model.CpModel, kinds: Sequence[Kind], buses: Sequence[BusRoom]
) -> list[cp_model.LinearExpr]:
    by_helper = {kind.people[0].id: kind for kind in kinds if len(kind.people) == 1}
    by_need: dict[tuple[int, ...], list[Kind]] = defaultdict(list)
    for kind in kinds:
        by_need[tuple(sorted(kind.people[0].helpers & by_helper.keys()))].append(kind)
    costs: list[cp_model.LinearExpr] = []
    for need, those in by_need.items():
        size = sum(len(kind.people) for kind in those)
        for bus in buses if need else ():
            lacking = model.new_int_var(0, size, "")
            helped = min(size, bus.capacity) * sum(by_helper[key].taken[bus.id] for key in need)
            model.add(lacking >= sum(kind.taken[bus.id] for kind in those) - helped)
            costs.append(lacking)
    return costs


def _as_they_are(
    kinds: Iterable[Kind], buses: Sequence[BusRoom], riders: Sequence[Rider]
) -> dict[tuple[int, int], int]:
    """Where they are, and the rest bus by bus, whole companies as long as there is room."""
    free = {bus.id: room(bus, riders) for bus in buses}
    placed: Counter[tuple[int, int]] = Counter()
    left = {id(kind): len(kind.people) for kind in kinds}
    for kind in kinds:
        own = kind.people[0].bus
        if own in free:
            placed[id(kind), own] = min(len(kind.people), free[own])
            free[own] -= placed[id(kind), own]
            left[id(kind)] -= placed[id(kind), own]
    belongs = _order(riders)
    for kind in sorted(kinds, key=lambda each: belongs[each.people[0].id]):
        for bus in sorted(buses, key=lambda each: (free[each.id] < left[id(kind)], free[each.id], each.id)):
            count = min(left[id(kind)], free[bus.id])
            placed[id(kind), bus.id] += count
            free[bus.id] -= count
            left[id(kind)] -= count
    return placed


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
