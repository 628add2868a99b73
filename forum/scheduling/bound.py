"""What no plan can exceed, and the set of requests that would reach it.

The relaxation forgets which slot a meeting has: it keeps how often each person is free (and the limit of
meetings), how many seats all tables have together and how many hours the interpreters have. On two sides it
is a flow and exact. In a mixed forum each request becomes two half edges, one in either direction between
two copies of all people: the flow over them, halved and rounded down, is the optimum with halves allowed
and so still above any plan. Of a meeting of three and more only its two busiest people are counted, and
one of several slots takes only one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from forum.scheduling.exactness import share
from forum.scheduling.flow import heaviest_edges
from forum.scheduling.indexed import Indexed
from forum.scheduling.levels import Levels, uneven
from forum.scheduling.sides import two_sides
from forum.scheduling.waits import LeastWaits, Waits


@dataclass(frozen=True, slots=True)
class Bound:
    """``weight`` holds for plans with ``musts`` musts; ``any_weight`` and ``shortfall`` for every plan."""

    musts: int
    weight: int
    any_weight: int
    chosen: tuple[int, ...]
    shortfall: int = 0

    def merit(self, level: int) -> int:
        return self.musts * level + self.weight

    def tightened(self, merit: int, level: int) -> Bound:
        """The same with a lower limit of the merit, proven elsewhere."""
        musts, weight = divmod(merit, level)
        return replace(self, musts=musts, weight=min(weight, self.any_weight))


def bound(relaxed: Relaxation) -> Bound:
    """Bound of all plans that keep the pinned requests where they are locked."""
    index = relaxed.index
    merit, chosen = relaxed.best(lambda request: index.merit[request], index.least)
    musts, weight = divmod(merit, index.level)
    any_weight = merit
    if index.musts:
        any_weight, _ = relaxed.best(lambda request: index.weight[request])
    return Bound(
        musts,
        min(weight, any_weight),
        any_weight,
        tuple(sorted({*chosen, *relaxed.pinned})),
        _shortfall(index),
    )


def quick_bound(index: Indexed) -> Bound:
    """The same at a fraction of the cost, and less tight: everybody has the best of the own requests.

    Each request counts half for either of two of its people, who have only so many slots.
    """
    halves, weight, open_to = 0, index.weight.__getitem__, _open_wishes(index)
    for wishes, free, limit in zip(open_to, index.free, index.limit, strict=True):
        most = min(free.bit_count(), limit)
        worth = map(weight, wishes)
        halves += sum(worth) if len(wishes) <= most else sum(sorted(worth, reverse=True)[:most])
    musts = sum(index.domain[request] != 0 for request in index.musts)
    return Bound(musts, halves // 2, halves // 2, (), _shortfall(index))


def _open_wishes(index: Indexed) -> list[list[int]]:
    """By person the requests that could be held in some slot."""
    closed = {request for request, domain in enumerate(index.domain) if not domain}
    touched = {person for request in closed for person in index.members[request]}
    return [
        [request for request in wishes if request not in closed] if person in touched else wishes
        for person, wishes in enumerate(index.wishes)
    ]


def _shortfall(index: Indexed) -> int:
    """By how much the least meetings are missed even if everybody met as often as could be."""
    shortfall = 0
    for person, wishes in enumerate(_open_wishes(index)):
        most = min(index.free[person].bit_count(), len(wishes))
        if most < index.least[person]:
            shortfall += index.shortfall(person, most)
    return shortfall


def fewest_changes(index: Indexed) -> tuple[int, int]:
    """How many announced meetings cannot be held any more, and how many not when they were to be."""
    cancelled = moved = 0
    for request in index.announced:
        if not index.domain[request]:
            cancelled += 1
        elif not index.stays_possible(request):
            moved += 1
    return cancelled, moved


def fewest_moved(index: Indexed, cancelled: int) -> int:
    """How many no plan undercuts that cancels so many: one cannot be held when it was to be, or is not."""
    fewest, moved = fewest_changes(index)
    return max(0, moved + fewest - cancelled)


def most_held(index: Indexed, pinned: Sequence[int], requests: Container[int]) -> int:
    """No plan that keeps the ``pinned`` ones holds more of these requests."""
    relaxed = Relaxation(index, pinned)
    possible = [request for request in relaxed.open if request in requests]
    most, _ = relaxed.flow(possible, lambda _: 1)
    return most + sum(request in requests for request in pinned)


class Relaxation:
    """Capacities left beside the pinned requests, and the requests that could still be placed."""

    def __init__(self, index: Indexed, pinned: Sequence[int]) -> None:
        self.index = index
        self.pinned = pinned
        self._least_waits = LeastWaits(index)
        slots = [len(self.waits(person)) - 1 for person in range(index.person_count)]
        limit = list(index.limit)
        self.seats = index.seating.seats()
        for request in pinned:
            length = index.cover[request].bit_length()
            self.seats -= length
            for person in index.members[request]:
                slots[person] -= length
                limit[person] -= 1
        self.capacity = [min(pair) for pair in zip(slots, limit, strict=True)]
        taken = set(pinned)
        self.open = [r for r in range(index.request_count) if index.domain[r] and r not in taken]
        self.sides = two_sides(index)

    def best(self, value: Callable[[int], int], least: Sequence[int] = ()) -> tuple[int, list[int]]:
        """The most value, pinned ones included, and the requests chosen for it.

        Among sets of the same value it is one that leaves people least below their ``least``.
        """
        fixed = sum(value(request) for request in self.pinned)
        worth = share(least)
        most, chosen = self.flow(self.open, lambda request: worth * value(request), least)
        most //= worth
        if any(self.index.needs):
            most = min(most, self._with_few_interpreters(value))
        return fixed + most, chosen

    def waits(self, person: int) -> Waits:
        """The least wait of the person by the number of slots spent meeting."""
        return self._least_waits.of(person)

    def floors(self, cancelled: int) -> Levels:
        """What no plan undercuts that cancels at most so many announced meetings."""
        fewest, _ = fewest_changes(self.index)
        return Levels(_shortfall(self.index), fewest, fewest_moved(self.index, cancelled))

    def merit(self, chosen: Iterable[int]) -> int:
        return sum(map(self.index.merit.__getitem__, chosen))

    def levels(self, chosen: Sequence[int]) -> Levels:
        """What a plan that holds just these has at the least."""
        index = self.index
        meetings, slots = [0] * index.person_count, [0] * index.person_count
        for request in chosen:
            for person in index.members[request]:
                meetings[person] += 1
                slots[person] += index.cover[request].bit_length()
        shortfall = sum(map(index.shortfall, range(index.person_count), meetings))
        waits = [self.waits(person)[taken] for person, taken in enumerate(slots)]
        kept = [index.announced[request] for request in chosen if request in index.announced]
        moved = sum(request in index.announced and not index.stays_possible(request) for request in chosen)
        cancelled = len(index.announced) - len(kept)
        return Levels(shortfall, cancelled, moved, sum(waits), uneven(waits))

    def stretches(self, person: int, wishes: Iterable[int]) -> list[tuple[int, int]]:
        """Sets of slots, and in how many of each the person can meet, as far as it can matter to wishes."""
        index = self.index
        stamina = index.rest_after.get(person, index.slot_count)
        found = {index.free[person], *(index.span(request) for request in wishes)}
        return [(hours, index.most_hours(hours, stamina)) for hours in sorted(found)]

    def is_possible(self, chosen: Sequence[int]) -> bool:
        """Can everybody hold the own ones of these? Nothing is asked but slots, so it may answer False."""
        index, taken = self.index, set(chosen)
        if index.earlier or index.seating.own or any(index.needs):
            return False
        for person, wishes in enumerate(index.wishes):
            mine = [request for request in wishes if request in taken]
            if len(mine) > index.limit[person]:
                return False
            for hours, most in self.stretches(person, mine):
                spans = (index.cover[r].bit_length() for r in mine if not index.span(r) & ~hours)
                if sum(spans) > most:
                    return False
        return True

    def _with_few_interpreters(self, value: Callable[[int], int]) -> int:
        """Requests that need nobody, plus as many of the heaviest others as there are hours."""
        needs = self.index.needs
        without, _ = self.flow([request for request in self.open if not needs[request]], value)
        needy = sorted((value(request) for request in self.open if needs[request]), reverse=True)
        return without + sum(needy[: sum(self.interpreter_hours())])

    def interpreter_hours(self) -> list[int]:
        """In how many slots each of them can serve."""
        return list(map(self.index.most_hours, self.index.serving_hours, self.index.stamina))

    def flow(
        self, requests: list[int], value: Callable[[int], int], first: Sequence[int] = ()
    ) -> tuple[int, list[int]]:
        capacity = self.capacity
        if self.sides is not None:
            edges = [(*self._across(request), value(request)) for request in requests]
            most, places = heaviest_edges(edges, capacity, capacity, self.seats, first)
            return most, [requests[place] for place in places]
        halves = []
        for request in requests:
            one, other = self._busiest(request)
            halves += [(one, other, value(request)), (other, one, value(request))]
        most, places = heaviest_edges(halves, capacity, capacity, 2 * self.seats, first)
        return most // 2, sorted({requests[place // 2] for place in places})

    def _across(self, request: int) -> tuple[int, int]:
        one, other = self.index.members[request]
        assert self.sides is not None
        return (one, other) if self.sides[one] == 0 else (other, one)

    def _busiest(self, request: int) -> tuple[int, int]:
        load = self.index.wishes
        by_room = sorted(self.index.members[request], key=lambda p: self.capacity[p] - len(load[p]))
        return by_room[0], by_room[1]
