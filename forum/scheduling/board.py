"""Who sits where at the moment: the state that every way of solving changes, kept valid all the time."""

from __future__ import annotations

from collections.abc import Sequence

from forum.scheduling.indexed import Indexed
from forum.scheduling.interpreters import Booths
from forum.scheduling.rooms import Rooms

FREE = -1

Rows = dict[int, dict[int, int]]


class Board:
    """``at[person * slots + slot]`` is the request met there, ``slot_of[request]`` its slot; or FREE."""

    def __init__(self, index: Indexed) -> None:
        self.index = index
        self.at = [FREE] * (index.person_count * index.slot_count)
        self.slot_of = [FREE] * index.request_count
        self.held = [0] * index.person_count
        self.rooms = Rooms(index)
        self.booths = Booths(index)

    def people_free(self, request: int, slot: int) -> bool:
        slots = self.index.slot_count
        return all(self.at[person * slots + slot] == FREE for person in self.index.members[request])

    def within_limits(self, request: int) -> bool:
        limit = self.index.limit
        return all(self.held[person].bit_count() < limit[person] for person in self.index.members[request])

    def place(self, request: int, slot: int) -> bool:
        """Place an unplaced request if every rule allows it."""
        if not self.index.domain[request] >> slot & 1 or not self.people_free(request, slot):
            return False
        if not self.within_limits(request) or not self.rooms.admits(slot, (), (request,)):
            return False
        if not self.booths.change(slot, (), (request,)):
            return False
        self._write(request, slot)
        self.rooms.change(slot, (), (request,))
        return True

    def remove(self, request: int) -> None:
        slot = self.slot_of[request]
        self.booths.change(slot, (request,), ())
        self.rooms.change(slot, (request,), ())
        self._erase(request, slot)

    def exchange(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> bool:
        """Swap closed sets of meetings between two slots if tables and interpreters allow it.

        Closed means that no person is in both slots with only one of the two meetings in the sets, and
        every request may be held in its new slot; a chain (``kempe``) is.
        """
        if len(going) != len(coming) or self.rooms.owned:
            rooms = self.rooms
            if not rooms.admits(here, going, coming) or not rooms.admits(there, coming, going):
                return False
        if not self.booths.exchange(here, going, there, coming):
            return False
        self._swap(here, going, there, coming)
        return True

    def take_back(
        self, here: int, going: Sequence[int], there: int, coming: Sequence[int], rows: Rows
    ) -> None:
        """Undo the exchange just made. Interpreters return by ``rows``, noted before it: matching them
        anew could fail, because somebody may meanwhile be due for a pause."""
        self._swap(here, coming, there, going)
        self.booths.put(rows)

    def put_back(self, request: int, slot: int, rows: Rows) -> None:
        """Undo a removal, with the interpreters noted before it."""
        self._write(request, slot)
        self.rooms.change(slot, (), (request,))
        self.booths.put(rows)

    def _swap(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> None:
        self.rooms.change(here, going, coming)
        self.rooms.change(there, coming, going)
        for request in going:
            self._erase(request, here)
        for request in coming:
            self._erase(request, there)
            self._write(request, here)
        for request in going:
            self._write(request, there)

    def extra_wait(self, request: int, slot: int) -> int:
        """How many more slots would be waited if the request were placed there."""
        index, bit = self.index, 1 << slot
        return sum(
            index.waiting(person, self.held[person] | bit) - index.waiting(person, self.held[person])
            for person in index.members[request]
        )

    def unplaced(self) -> list[int]:
        return [request for request, slot in enumerate(self.slot_of) if slot == FREE]

    def in_slot(self, slot: int) -> list[int]:
        return [request for request, held_in in enumerate(self.slot_of) if held_in == slot]

    def placed(self) -> int:
        return len(self.slot_of) - self.slot_of.count(FREE)

    def merit(self) -> int:
        merit = self.index.merit
        return sum(merit[request] for request, slot in enumerate(self.slot_of) if slot != FREE)

    def musts_and_weight(self) -> tuple[int, int]:
        return divmod(self.merit(), self.index.level)

    def idle(self) -> int:
        return sum(self.index.waiting(person, held) for person, held in enumerate(self.held))

    def arrangement(self) -> tuple[list[int], list[dict[int, int]]]:
        """A copy of what is placed where and interpreted by whom."""
        return list(self.slot_of), list(self.booths.serves)

    def restore(self, arrangement: tuple[list[int], list[dict[int, int]]]) -> None:
        """Go back to a copy made by ``arrangement`` on a board of the same problem."""
        slots, serves = arrangement
        for request, slot in enumerate(self.slot_of):
            if slot != FREE:
                self.rooms.change(slot, (request,), ())
                self._erase(request, slot)
        for request, slot in enumerate(slots):
            if slot != FREE:
                self.rooms.change(slot, (), (request,))
                self._write(request, slot)
        self.booths.restore(serves)

    def _write(self, request: int, slot: int) -> None:
        slots, bit = self.index.slot_count, 1 << slot
        self.slot_of[request] = slot
        for person in self.index.members[request]:
            self.at[person * slots + slot] = request
            self.held[person] |= bit

    def _erase(self, request: int, slot: int) -> None:
        slots, bit = self.index.slot_count, 1 << slot
        self.slot_of[request] = FREE
        for person in self.index.members[request]:
            self.at[person * slots + slot] = FREE
            self.held[person] &= ~bit
