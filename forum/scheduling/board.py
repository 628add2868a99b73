"""Who sits where at the moment: the state that every way of solving changes, kept valid all the time."""

from __future__ import annotations

from collections.abc import Sequence

from forum.scheduling.indexed import Indexed
from forum.scheduling.interpreters import Booths, longest_run
from forum.scheduling.levels import uneven
from forum.scheduling.rooms import FREE, Rooms

Rows = dict[int, dict[int, int]]
Arrangement = tuple[list[int], list[dict[int, int]], dict[int, int]]


class Board:
    """``at[person * slots + slot]`` is the request met there, ``slot_of[request]`` its first slot; or FREE.

    ``held[person]`` are the slots that a person meets in, ``extra[person]`` how many of them go on with a
    meeting that began before.
    """

    def __init__(self, index: Indexed) -> None:
        self.index = index
        self.at = [FREE] * (index.person_count * index.slot_count)
        self.slot_of = [FREE] * index.request_count
        self.held = [0] * index.person_count
        self.extra = [0] * index.person_count
        self.rooms = Rooms(index)
        self.booths = Booths(index)

    def people_free(self, request: int, slot: int) -> bool:
        cover = self.index.cover[request] << slot
        return not any(self.held[person] & cover for person in self.index.members[request])

    def within_limits(self, request: int) -> bool:
        for person in self.index.members[request]:
            if self.held[person].bit_count() - self.extra[person] >= self.index.limit[person]:
                return False
        return True

    def place(self, request: int, slot: int, table: int = FREE, interpreter: int = FREE) -> bool:
        """Place an unplaced request if every rule allows it.

        One that needs a table or an interpreter for several slots gets these if it may have them.
        """
        if self.rooms.content and request not in self.index.special:
            return self._place_plainly(request, slot)
        if not self.index.domain[request] >> slot & 1 or not self.people_free(request, slot):
            return False
        if not self.within_limits(request) or not self._rested(request, slot):
            return False
        if request in self.index.ordered and not self._in_order(request, slot):
            return False
        if not self.rooms.enter(request, slot, table):
            return False
        if not self.booths.enter(request, slot, interpreter):
            self.rooms.leave(request, slot)
            return False
        self._write(request, slot)
        return True

    def _place_plainly(self, request: int, slot: int) -> bool:
        """The same for the many of which nothing is to be asked but that people and a table are free."""
        index, held, bit = self.index, self.held, 1 << slot
        load, members = self.rooms.load, index.members[request]
        if not index.domain[request] & bit or load[slot] >= self.rooms.shared[slot]:
            return False
        for person in members:
            mine = held[person]
            if mine & bit or mine.bit_count() - self.extra[person] >= index.limit[person]:
                return False
        if index.rest_after and not self._rested(request, slot):
            return False
        load[slot] += 1
        self.slot_of[request] = slot
        for person in members:
            self.at[person * index.slot_count + slot] = request
            held[person] |= bit
        return True

    def remove(self, request: int) -> None:
        slot = self.slot_of[request]
        self.booths.leave(request, slot)
        self.rooms.leave(request, slot)
        self._erase(request, slot)

    def exchange(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> bool:
        """Swap closed sets of meetings between two slots if tables and interpreters allow it.

        Closed means that no person is in both slots with only one of the two meetings in the sets, and
        every request may be held in its new slot; a chain (``kempe``) is.
        """
        if len(going) != len(coming) or not self.rooms.content:
            rooms = self.rooms
            if not rooms.admits(here, going, coming) or not rooms.admits(there, coming, going):
                return False
        if self.index.rest_after and not self._rested_after(here, going, there, coming):
            return False
        if self.index.ordered and not self._ordered_after(here, going, there, coming):
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
        index, cover = self.index, self.index.cover[request] << slot
        return sum(
            index.waiting(person, self.held[person] | cover) - index.waiting(person, self.held[person])
            for person in index.members[request]
        )

    def unplaced(self) -> list[int]:
        return [request for request, slot in enumerate(self.slot_of) if slot == FREE]

    def in_slot(self, slot: int) -> list[int]:
        return [request for request, held_in in enumerate(self.slot_of) if held_in == slot]

    def by_slot(self) -> list[list[int]]:
        """For every slot the requests that begin in it, in their order."""
        rows: list[list[int]] = [[] for _ in range(self.index.slot_count)]
        for request, slot in enumerate(self.slot_of):
            if slot != FREE:
                rows[slot].append(request)
        return rows

    def placed(self) -> int:
        return len(self.slot_of) - self.slot_of.count(FREE)

    def merit(self) -> int:
        merit = self.index.merit
        return sum(merit[request] for request, slot in enumerate(self.slot_of) if slot != FREE)

    def musts_and_weight(self) -> tuple[int, int]:
        return divmod(self.merit(), self.index.level)

    def idle(self) -> int:
        return sum(self.index.waiting(person, held) for person, held in enumerate(self.held))

    def uneven(self) -> int:
        return uneven([self.index.waiting(person, held) for person, held in enumerate(self.held)])

    def meetings(self, person: int) -> int:
        return self.held[person].bit_count() - self.extra[person]

    def shortfall(self) -> int:
        return sum(
            self.index.shortfall(person, self.meetings(person))
            for person, least in enumerate(self.index.least)
            if least
        )

    def cancelled_and_moved(self) -> tuple[int, int]:
        """How many announced meetings are not held, and how many not when they were to be."""
        cancelled = moved = 0
        for request, told in self.index.announced.items():
            slot = self.slot_of[request]
            if slot == FREE:
                cancelled += 1
            elif slot != told:
                moved += 1
        return cancelled, moved

    def arrangement(self) -> Arrangement:
        """A copy of what is placed where, interpreted by whom, and of the tables that are settled."""
        return list(self.slot_of), list(self.booths.serves), dict(self.rooms.table_of)

    def restore(self, arrangement: Arrangement) -> None:
        """Go back to a copy made by ``arrangement`` on a board of the same problem."""
        slots, serves, tables = arrangement
        for request, slot in enumerate(self.slot_of):
            if slot != FREE:
                self.rooms.leave(request, slot)
                self._erase(request, slot)
        for request, slot in enumerate(slots):
            if slot != FREE:
                self.rooms.put(request, slot, tables.get(request))
                self._write(request, slot)
        self.booths.restore(serves)

    def _rested(self, request: int, slot: int) -> bool:
        """Would everybody still rest in time with this request there?"""
        rest_after = self.index.rest_after
        if not rest_after:
            return True
        cover, blocks = self.index.cover[request] << slot, self.index.blocks
        return all(
            person not in rest_after or longest_run(self.held[person] | cover, blocks) <= rest_after[person]
            for person in self.index.members[request]
        )

    def _rested_after(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> bool:
        index, at, both = self.index, self.at, 1 << here | 1 << there
        for requests, target in ((going, there), (coming, here)):
            for request in requests:
                for person in index.members[request]:
                    most = index.rest_after.get(person)
                    if most is None or at[person * index.slot_count + target] != FREE:
                        continue
                    if longest_run(self.held[person] ^ both, index.blocks) > most:
                        return False
        return True

    def _in_order(self, request: int, slot: int) -> bool:
        index, slot_of = self.index, self.slot_of
        end = slot + index.cover[request].bit_length()
        return not any(
            slot < slot_of[other] + index.cover[other].bit_length()
            for other in index.earlier.get(request, ())
            if slot_of[other] != FREE
        ) and not any(
            slot_of[other] < end for other in index.later.get(request, ()) if slot_of[other] != FREE
        )

    def _ordered_after(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> bool:
        """Would all that are bound by an order still be in it after the exchange?"""
        index, slot_of = self.index, self.slot_of
        new = dict.fromkeys(index.ordered.intersection(going), there)
        new.update(dict.fromkeys(index.ordered.intersection(coming), here))
        for request in new:
            pairs = [(other, request) for other in index.earlier.get(request, ())]
            pairs += [(request, other) for other in index.later.get(request, ())]
            for before, after in pairs:
                first, second = (new.get(each, slot_of[each]) for each in (before, after))
                if FREE not in (first, second) and second < first + index.cover[before].bit_length():
                    return False
        return True

    def _write(self, request: int, slot: int) -> None:
        if request in self.index.long:
            self._hold_long(request, slot, request, 1)
            self.slot_of[request] = slot
            return
        slots, bit = self.index.slot_count, 1 << slot
        self.slot_of[request] = slot
        for person in self.index.members[request]:
            self.at[person * slots + slot] = request
            self.held[person] |= bit

    def _erase(self, request: int, slot: int) -> None:
        if request in self.index.long:
            self._hold_long(request, slot, FREE, -1)
            self.slot_of[request] = FREE
            return
        slots, bit = self.index.slot_count, 1 << slot
        self.slot_of[request] = FREE
        for person in self.index.members[request]:
            self.at[person * slots + slot] = FREE
            self.held[person] &= ~bit

    def _hold_long(self, request: int, slot: int, mark: int, sign: int) -> None:
        """Note or clear the slots of a long request; beyond the first they are no meetings of their own."""
        cover = self.index.cover[request] << slot
        for person in self.index.members[request]:
            self.held[person] ^= cover
            self.extra[person] += sign * (cover.bit_count() - 1)
            for one in self.index.slots_of(cover):
                self.at[person * self.index.slot_count + one] = mark
