"""How many meetings a slot can seat. Only a few have their table at once: locked ones and those of several
slots; for all others this keeps it possible, and which table they get is settled at the end (``tables``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import inf

from forum.scheduling.indexed import Indexed
from forum.scheduling.seating import SHARED, Kind

FREE = -1
MOST_TRIES = 2_000
MOST_KNOWN = 4_000
"""How many sets of choosy requests a slot remembers; a few bytes for each request in them."""

Place = tuple[Kind, Hashable]


class Rooms:
    """``table_of`` has the tables that are settled; ``load`` counts the other meetings of each slot."""

    def __init__(self, index: Indexed) -> None:
        self.index = index
        self.seating = index.seating
        self.content = not self.seating.choosy
        self.load = [0] * index.slot_count
        self.choosy: list[set[int]] = [set() for _ in range(index.slot_count)]
        self.table_of: dict[int, int] = {}
        self.taken: list[dict[int, int]] = [{} for _ in range(index.slot_count)]
        self.shared = list(self.seating.shared)
        self.own = {kind: list(count) for kind, count in self.seating.own.items()}
        self._known: list[dict[frozenset[int], tuple[int, float]]] = [{} for _ in range(index.slot_count)]

    def admits(self, slot: int, leaving: Sequence[int], coming: Sequence[int]) -> bool:
        """Can the slot still be seated when these requests leave and those come?"""
        load = self.load[slot] + len(coming) - len(leaving)
        if self.content:
            return load <= self.shared[slot]
        choosy = self.choosy[slot].difference(leaving)
        choosy.update(request for request in coming if request in self.seating.choosy)
        return self._admits(slot, frozenset(choosy), load - len(choosy))

    def _admits(self, slot: int, choosy: frozenset[int], plain: int) -> bool:
        """Remembered, because annealing asks the same again and again: how many ``plain`` requests are known
        to fit beside the ``choosy`` ones, and how many are known to be too many.
        """
        known = self._known[slot]
        fitting, too_many = known.get(choosy, (-1, inf))
        if fitting < plain < too_many:
            if self.apart(slot, choosy, plain, MOST_TRIES) is None:
                too_many = plain
            else:
                fitting = plain
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[choosy] = fitting, too_many
        return plain <= fitting

    def change(self, slot: int, leaving: Sequence[int], coming: Sequence[int]) -> None:
        self.load[slot] += len(coming) - len(leaving)
        if not self.content:
            self.choosy[slot].difference_update(leaving)
            self.choosy[slot].update(request for request in coming if request in self.seating.choosy)

    def enter(self, request: int, slot: int, wish: int = FREE) -> bool:
        """Seat one more request if that is possible; one that needs its table at once, at ``wish`` first."""
        if request in self.index.seated:
            tables = self._tables_for(request, wish)
            return any(self._settle(request, slot, table) for table in tables)
        if not self.admits(slot, (), (request,)):
            return False
        self.change(slot, (), (request,))
        return True

    def leave(self, request: int, slot: int) -> None:
        if request in self.table_of:
            self._give_back(request, slot)
        else:
            self.change(slot, (request,), ())

    def put(self, request: int, slot: int, table: int | None) -> None:
        """Seat without asking, as an arrangement says that was possible before."""
        if table is None:
            self.change(slot, (), (request,))
        else:
            self._take(request, slot, table)

    def seats_left(self, slot: int) -> int:
        return self.shared[slot] + sum(count[slot] for count in self.own.values()) - self.load[slot]

    def slots_with_space(self) -> int:
        """The slots that could seat one more, if it were the right one."""
        mask = 0
        for slot, load in enumerate(self.load):
            if load < self.shared[slot] or self.own:
                mask |= 1 << slot
        return mask

    def has_space(self) -> bool:
        """Is there any slot that could seat one more, if it were the right one?"""
        return sum(self.load) < sum(self.shared) + sum(sum(count) for count in self.own.values())

    def apart(
        self, slot: int, choosy: Collection[int], plain: int, tries: int | None = None
    ) -> dict[int, Place] | None:
        """Kind and zone for those requests of a slot that are kept apart from others there.

        None when the slot cannot be seated (or that was not found out in so many ``tries``). ``plain`` are
        the other requests, content with any shared table.
        """
        own = {kind: count[slot] for kind, count in self.own.items()}
        wary = [request for request in choosy if request in self.seating.wary]
        settled = [request for request in self.taken[slot].values() if request in self.seating.wary]
        rivals = [
            r for r in wary if any(self.seating.clash(r, other) for other in (*wary, *settled) if other != r)
        ]
        if not rivals:
            return {} if self._fit(own, self.shared[slot], choosy, plain) else None
        return _Search(self, slot, choosy, plain).run(sorted(rivals), settled, tries)

    def _fit(self, own: Mapping[Kind, int], shared: int, choosy: Iterable[int], plain: int) -> bool:
        """Do the requests fit, each at one of its kinds or at a shared table?"""
        room = dict(own)
        at_one_of: list[tuple[Kind, ...]] = []
        outside = plain
        for request in choosy:
            kinds = self.seating.kinds[request]
            if len(kinds) > 1:
                at_one_of.append(kinds)
            elif kinds and room[kinds[0]]:
                room[kinds[0]] -= 1
            else:
                outside += 1
        if outside + len(at_one_of) <= shared:
            return True
        return outside + len(at_one_of) - _most_seated(room, at_one_of) <= shared

    def _tables_for(self, request: int, wish: int) -> list[int]:
        pin = self.index.pins.get(request)
        if pin is not None and pin.table is not None:
            return [pin.table]
        kinds = self.seating.kind
        fit = [table for table in range(len(kinds)) if self.seating.may_use(request, table)]
        return sorted(fit, key=lambda table: (table != wish, kinds[table] == SHARED, table))

    def _settle(self, request: int, slot: int, table: int) -> bool:
        cover = self.index.cover[request] << slot
        slots = self.index.slots_of(cover)
        if cover & ~self.seating.open[table] or any(table in self.taken[one] for one in slots):
            return False
        if request in self.seating.wary and any(self._too_near(request, table, one) for one in slots):
            return False
        self._take(request, slot, table)
        if all(self.admits(one, (), ()) for one in slots):
            return True
        self._give_back(request, slot)
        return False

    def _too_near(self, request: int, table: int, slot: int) -> bool:
        zone = self.seating.zone
        return any(
            zone[other_table] == zone[table] and self.seating.clash(request, other)
            for other_table, other in self.taken[slot].items()
            if other in self.seating.wary
        )

    def _take(self, request: int, slot: int, table: int) -> None:
        self.table_of[request] = table
        kind = self.seating.kind[table]
        count = self.shared if kind == SHARED else self.own[kind]
        for one in self.index.slots_of(self.index.cover[request] << slot):
            self.taken[one][table] = request
            count[one] -= 1
            self._known[one].clear()

    def _give_back(self, request: int, slot: int) -> None:
        table = self.table_of.pop(request)
        kind = self.seating.kind[table]
        count = self.shared if kind == SHARED else self.own[kind]
        for one in self.index.slots_of(self.index.cover[request] << slot):
            del self.taken[one][table]
            count[one] += 1
            self._known[one].clear()


class _Search:
    """Zones for the rivals of one slot, one after another, going back where the rest would not fit."""

    def __init__(self, rooms: Rooms, slot: int, choosy: Collection[int], plain: int) -> None:
        self.rooms = rooms
        self.seating = rooms.seating
        self.choosy, self.plain = choosy, plain
        self.taken = rooms.taken[slot]
        vacant = [table for table in self.seating.open_tables[slot] if table not in self.taken]
        self.room = Counter((self.seating.kind[table], self.seating.zone[table]) for table in vacant)
        self.inside: dict[Hashable, list[int]] = {zone: [] for zone in self.seating.zone}
        self.chosen: dict[int, Place] = {}

    def run(self, rivals: list[int], settled: list[int], tries: int | None) -> dict[int, Place] | None:
        for table, request in self.taken.items():
            if request in settled:
                self.inside[self.seating.zone[table]].append(request)
        self.rivals = rivals
        self.others = [request for request in self.choosy if request not in rivals]
        self.tries = tries
        return self.chosen if self._place(0) else None

    def _place(self, depth: int) -> bool:
        if depth == len(self.rivals):
            return self._others_fit()
        if self.tries is not None:
            self.tries -= 1
            if self.tries < 0:
                return False
        request = self.rivals[depth]
        for place, left in self.room.items():
            if left and self._may_take(request, place):
                self.room[place] -= 1
                self.inside[place[1]].append(request)
                self.chosen[request] = place
                if self._place(depth + 1):
                    return True
                self.room[place] += 1
                self.inside[place[1]].pop()
        return False

    def _may_take(self, request: int, place: Place) -> bool:
        kind, zone = place
        if kind != SHARED and kind not in self.seating.kinds[request]:
            return False
        return not any(self.seating.clash(request, other) for other in self.inside[zone])

    def _others_fit(self) -> bool:
        own = dict.fromkeys(self.seating.own, 0)
        shared = 0
        for (kind, _), left in self.room.items():
            if kind == SHARED:
                shared += left
            else:
                own[kind] += left
        return self.rooms._fit(own, shared, self.others, self.plain)


def _most_seated(room: Mapping[Kind, int], at_one_of: Sequence[tuple[Kind, ...]]) -> int:
    """The most of these that fit where there is room for so many of each kind (augmenting paths)."""
    seated: dict[Kind, list[int]] = {kind: [] for kind in room}

    def seat(which: int, tried: set[Kind]) -> bool:
        for kind in at_one_of[which]:
            if kind in tried:
                continue
            tried.add(kind)
            if len(seated[kind]) < room[kind]:
                seated[kind].append(which)
                return True
            for place, other in enumerate(seated[kind]):
                if seat(other, tried):
                    seated[kind][place] = which
                    return True
        return False

    return sum(seat(which, set()) for which in range(len(at_one_of)))
