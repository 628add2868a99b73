"""Tables in the exact model: Booleans only where it matters which table, or which zone, a meeting gets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from forum.scheduling.indexed import Indexed
from forum.scheduling.seating import SHARED, Kind

Place = tuple[Kind, Hashable]


class SeatModel:
    """``sits[request, slot, table]`` is the Boolean of one that needs its table at once sitting there.

    All other meetings are counted, slot by slot, against the tables of each kind (and, where parties are
    kept apart, zone) that are left.
    """

    def __init__(
        self, index: Indexed, model: cp_model.CpModel, held: Sequence[dict[int, cp_model.IntVar]]
    ) -> None:
        self.index = index
        self.seating = index.seating
        self.model = model
        self.held = held
        self.sits: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.at_table: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.inside: dict[tuple[int, Hashable], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        for request in sorted(index.seated):
            self._settle(request)
        for sitting in self.at_table.values():
            model.add_at_most_one(sitting)
        for slot in range(index.slot_count):
            self._seat(slot)
        self._keep_apart()

    def read(self, solver: cp_model.CpSolver) -> dict[int, int]:
        """The tables of the requests that are held and need one at once."""
        return {r: table for (r, _, table), sitting in self.sits.items() if solver.boolean_value(sitting)}

    def _settle(self, request: int) -> None:
        pin = self.index.pins.get(request)
        for slot, held in self.held[request].items():
            cover, choices = self.index.cover[request] << slot, []
            for table, hours in enumerate(self.seating.open):
                if pin is not None and pin.table not in {None, table}:
                    continue
                if cover & ~hours or not self.seating.may_use(request, table):
                    continue
                sitting = self.model.new_bool_var("")
                choices.append(sitting)
                self.sits[request, slot, table] = sitting
                for taken in self.index.slots_of(cover):
                    self.at_table[table, taken].append(sitting)
                    self._note_zone(request, taken, self.seating.zone[table], sitting)
            self.model.add(sum(choices) == held)

    def _seat(self, slot: int) -> None:
        """Those that only have to fit in, by kind, and if they are kept apart by zone."""
        seating = self.seating
        tables = seating.open_tables[slot]
        number: Counter[Place] = Counter((seating.kind[table], seating.zone[table]) for table in tables)
        inside: dict[Place, list[cp_model.IntVar]] = defaultdict(list)
        for table in tables:
            inside[seating.kind[table], seating.zone[table]] += self.at_table.get((table, slot), [])
        at_own: dict[Kind, list[cp_model.IntVar]] = defaultdict(list)
        at_shared: list[cp_model.IntVar] = []
        for request, slots in enumerate(self.held):
            if slot not in slots or request in self.index.seated:
                continue
            if request in seating.wary:
                self._choose_place(request, slot, number, inside)
            else:
                at_shared.append(self._choose_kind(request, slots[slot], at_own))
        for place, sitting in inside.items():
            if len(sitting) > number[place]:
                self.model.add(sum(sitting) <= number[place])
            (at_shared if place[0] == SHARED else at_own[place[0]]).extend(sitting)
        for kind, sitting in at_own.items():
            self.model.add(sum(sitting) <= seating.own[kind][slot])
        if len(at_shared) > seating.shared[slot]:
            self.model.add(sum(at_shared) <= seating.shared[slot])

    def _choose_kind(
        self, request: int, held: cp_model.IntVar, at_own: dict[Kind, list[cp_model.IntVar]]
    ) -> cp_model.IntVar:
        """The Boolean of the request being at a shared table; those of its other kinds go into ``at_own``."""
        kinds = self.seating.kinds[request]
        if not kinds:
            return held
        choices = [self.model.new_bool_var("") for _ in kinds]
        for kind, sitting in zip(kinds, choices, strict=True):
            at_own[kind].append(sitting)
        elsewhere = self.model.new_bool_var("")
        self.model.add(sum(choices) + elsewhere == held)
        return elsewhere

    def _choose_place(
        self, request: int, slot: int, number: Counter[Place], inside: dict[Place, list[cp_model.IntVar]]
    ) -> None:
        choices = []
        for kind, zone in number:
            if kind == SHARED or kind in self.seating.kinds[request]:
                sitting = self.model.new_bool_var("")
                choices.append(sitting)
                inside[kind, zone].append(sitting)
                self._note_zone(request, slot, zone, sitting)
        self.model.add(sum(choices) == self.held[request][slot])

    def _note_zone(self, request: int, slot: int, zone: Hashable, sitting: cp_model.IntVar) -> None:
        if request in self.seating.wary:
            self.inside[slot, zone].append((request, sitting))

    def _keep_apart(self) -> None:
        for near in self.inside.values():
            for (one, sitting), (other, beside) in combinations(near, 2):
                if one != other and self.seating.clash(one, other):
                    self.model.add_at_most_one([sitting, beside])
