"""Tables as integers: which are shared, which are for some meetings only, and in which zones they stand."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from forum.scheduling.problem import Problem

if TYPE_CHECKING:
    from forum.scheduling.indexed import Indexed


class Kind(NamedTuple):
    """Tables of one kind are for the same meetings: those of the owner, those with an official."""

    owner: Hashable | None
    for_officials: bool


SHARED = Kind(None, False)


class Seating:
    """What never changes about tables.

    ``shared[slot]`` counts the shared tables that are open, ``own[kind][slot]`` the others; ``kinds[m]``
    are the kinds besides the shared one at which request m may sit. ``wary`` are the requests with a party
    that is kept apart from another. ``choosy`` are those that are not content with any shared table.
    """

    def __init__(self, problem: Problem, index: Indexed) -> None:
        self.problem = problem
        self.index = index
        self.kind = [Kind(table.owner, table.for_officials) for table in problem.tables]
        self.zone = [table.zone for table in problem.tables]
        self.open = [index.every_slot & ~index.mask(table.closed) for table in problem.tables]
        self.shared = [0] * index.slot_count
        self.own: dict[Kind, list[int]] = {}
        self.open_tables: list[list[int]] = [[] for _ in range(index.slot_count)]
        for place, kind in enumerate(self.kind):
            count = self.shared if kind == SHARED else self.own.setdefault(kind, [0] * index.slot_count)
            for slot in index.slots_of(self.open[place]):
                count[slot] += 1
                self.open_tables[slot].append(place)
        self.with_shared = _mask(self.shared)
        self.kinds: list[tuple[Kind, ...]] = [()] * index.request_count
        if self.own:
            self.kinds = [self._kinds_of(request) for request in range(index.request_count)]
        self.wary = self._wary()
        self.choosy = self.wary | {request for request, kinds in enumerate(self.kinds) if kinds}

    def seats(self) -> int:
        """How many meetings of one slot all tables could hold together."""
        return sum(self.shared) + sum(sum(count) for count in self.own.values())

    def may_use(self, request: int, table: int) -> bool:
        kind = self.kind[table]
        return kind == SHARED or kind in self.kinds[request]

    def first_slots(self, request: int) -> int:
        """The slots in which some table is open for as long as the request takes."""
        length = self.index.cover[request].bit_length()
        if length > 1:
            slots = 0
            for table, hours in enumerate(self.open):
                if self.may_use(request, table):
                    slots |= self.index.begins(hours, length)
            return slots
        slots = self.with_shared
        for kind in self.kinds[request]:
            slots |= _mask(self.own[kind])
        return slots

    def clash(self, one: int, other: int) -> bool:
        """May the two requests not be held in one zone in the same slot?"""
        requests = self.problem.requests
        return self.problem.must_keep_apart(requests[one], requests[other])

    def _kinds_of(self, request: int) -> tuple[Kind, ...]:
        people = [self.problem.people[person] for person in self.index.members[request]]
        parties = dict.fromkeys(person.party for person in people)
        official = any(person.is_official for person in people)
        wanted = [Kind(party, False) for party in parties if party is not None]
        if official:
            wanted += [Kind(party, True) for party in (*parties, None)]
        return tuple(kind for kind in dict.fromkeys(wanted) if kind in self.own)

    def _wary(self) -> frozenset[int]:
        separated = {party for pair in self.problem.kept_apart for party in pair}
        if not separated:
            return frozenset()
        requests = enumerate(self.problem.requests)
        return frozenset(at for at, request in requests if separated & self.problem.parties(request))


def _mask(count: list[int]) -> int:
    return sum(1 << slot for slot, number in enumerate(count) if number)
