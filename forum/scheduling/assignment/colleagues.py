"""Colleagues on one trip: what it costs when a company is spread, how to spread it less, and a bound.

A company pays for every trip beyond the first that its people go on. That cannot be said to a flow. So people
pay a price for a trip, and their company gets the prices back for the trips that it really uses: whatever the
prices are, a flow with them is worth at least as much as the best assignment, and prices that follow who goes
apart bring it near.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forum.scheduling.assignment.flow import Share
from forum.scheduling.assignment.problem import Party, Problem

_PASSES = 4


def parted(problem: Problem, trips: Mapping[int, int]) -> Mapping[int, int]:
    """By company whose people are on several trips: how many trips beyond the first."""
    used: dict[int, set[int]] = {key: set(there) for key, there in problem.settled.items()}
    for party in problem.parties:
        company = party.company
        if company is not None and company in problem.colleagues and party.id in trips:
            used.setdefault(company, set()).add(trips[party.id])
    return {key: len(there) - 1 for key, there in used.items() if len(there) > 1}


@dataclass
class Bargain:
    """Prices for trips by party, and what the companies would get back for using them."""

    problem: Problem
    prices: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._step = self.problem.weights.apart

    def returned(self, found: Iterable[tuple[Party, int, int]]) -> int:
        """What companies could get back at most, beside a flow ``found`` with the prices; and prices anew."""
        apart, value, step = self.problem.weights.apart, 0, self._step
        goes = {(party.id, trip) for party, trip, _ in found}
        for company, members in self.problem.colleagues.items():
            there = self.problem.settled.get(company, frozenset())
            sums: Counter[int] = Counter()
            liking: Counter[int] = Counter()
            for party in members:
                for trip in self.problem.possible(party):
                    sums[trip] += party.size * self.prices.get((party.id, trip), 0)
                    liking[trip] += (party.id, trip) in goes
            order = sorted(sums, key=lambda trip: (-sums[trip], -liking[trip], trip))
            free = set(there) or set(order[:1])
            used = free | {trip for trip in order if sums[trip] > apart}
            value += sum(sums[trip] - (apart if trip not in free else 0) for trip in used if trip in sums)
            value -= apart * max(0, len(there) - 1)
            self._follow(members, goes, used, step)
        self._step = max(1, step * 4 // 5)
        return value

    def _follow(
        self, members: Sequence[Party], goes: set[tuple[int, int]], used: set[int], step: int
    ) -> None:
        """Dearer where somebody goes though the company does not, cheaper where it is the other way round."""
        for party in members:
            for trip in self.problem.possible(party):
                key, differs = (party.id, trip), ((party.id, trip) in goes) - (trip in used)
                if differs:
                    self.prices[key] = max(0, self.prices.get(key, 0) + differs * step)


def closer(problem: Problem, trips: Mapping[int, int]) -> dict[int, int]:
    """``trips`` with people moved, or changed over with others, as long as that is worth something."""
    state = _State(problem, dict(trips))
    for _ in range(_PASSES):
        improved = sum(
            state.improve(party) for party in problem.parties if party.company in problem.colleagues
        )
        if not improved:
            break
    return state.trips


class _State:
    """Who goes where, with all that tells what a move would be worth."""

    def __init__(self, problem: Problem, trips: dict[int, int]) -> None:
        self.problem, self.trips = problem, trips
        self.left = {trip.id: trip.seats for trip in problem.trips}
        self.crowd: Counter[Share] = Counter()
        self.firms: dict[int, Counter[int]] = defaultdict(Counter)
        self.on: dict[int, dict[int, Party]] = defaultdict(dict)
        for company, there in problem.settled.items():
            self.firms[company].update(there)
        self.worth = {
            (party.id, trip): party.size * problem.worth(party, trip)
            for party in problem.parties
            for trip in problem.possible(party)
        }
        for party in problem.parties:
            if party.id in trips:
                self._put(party, trips[party.id], 1)

    def improve(self, party: Party) -> bool:
        """Bring the party to where colleagues go, if that is worth something; whether it was."""
        here = self.trips.get(party.id)
        if here is None or self.firms[party.company or 0][here] > 1:
            return False
        for there, count in sorted(self.firms[party.company or 0].items()):
            if there == here or not count or (party.id, there) not in self.worth:
                continue
            if self.left[there] >= party.size:
                if self._try(((party, there),)):
                    return True
            elif party.size == 1 and self._change_over(party, here, there):
                return True
        return False

    def _change_over(self, party: Party, here: int, there: int) -> bool:
        """With whoever loses least by it."""
        most = self.problem.weights.apart * 2 + self.problem.weights.crowding * 2
        gain = self.worth[party.id, there] - self.worth[party.id, here]
        others = sorted(
            (self.worth[each.id, there] - self.worth[each.id, here], each.id)
            for each in self.on[there].values()
            if each.size == 1 and (each.id, here) in self.worth
        )
        for loss, other in others[:8]:
            if gain - loss + most <= 0:
                return False
            if self._try(((party, there), (self.on[there][other], here))):
                return True
        return False

    def _try(self, moves: Sequence[tuple[Party, int]]) -> bool:
        """Do the moves if all of them together are worth something."""
        before = [(party, self.trips[party.id]) for party, _ in moves]
        touched = [(trip, party.delegation) for pairs in (moves, before) for party, trip in pairs]
        firms = {party.company for party, _ in moves if party.company in self.problem.colleagues}
        was = self._cost(touched, firms) - sum(self.worth[party.id, trip] for party, trip in before)
        self._move(moves)
        now = self._cost(touched, firms) - sum(self.worth[party.id, trip] for party, trip in moves)
        if now < was:
            return True
        self._move(before)
        return False

    def _cost(self, touched: Iterable[Share], firms: Iterable[int | None]) -> int:
        weights, shares = self.problem.weights, self.problem.shares
        beyond = sum(max(0, self.crowd[key] - shares.get(key, 0)) for key in set(touched))
        spread = sum(max(0, sum(count > 0 for count in self.firms[key or 0].values()) - 1) for key in firms)
        return weights.crowding * beyond + weights.apart * spread

    def _move(self, moves: Iterable[tuple[Party, int]]) -> None:
        for party, there in moves:
            self._put(party, self.trips[party.id], -1)
            self.trips[party.id] = there
            self._put(party, there, 1)

    def _put(self, party: Party, trip: int, sign: int) -> None:
        self.left[trip] -= sign * party.size
        self.crowd[trip, party.delegation] += sign * party.size
        if party.company is not None and party.company in self.problem.colleagues:
            self.firms[party.company][trip] += sign
        if sign > 0:
            self.on[trip][party.id] = party
        else:
            del self.on[trip][party.id]
