"""The assignment that is worth most.

Where everybody goes alone one flow is the best there is (``flow``). Parties of several may come out of it
torn: they are put together on the trip that most of them got, as far as there are seats, and the flow is
asked again for the others. Colleagues who should stay together take several rounds (``colleagues``). The
least that a flow has shown remains the bound.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from forum.scheduling.assignment.colleagues import Bargain, closer, parted
from forum.scheduling.assignment.flow import Prices, Share, flow, value_of
from forum.scheduling.assignment.problem import Assignment, Certificate, Party, Problem

ROUNDS: Final = 20
_NO_PRICES: Final[Prices] = {}


def assign(problem: Problem, *, go_on: Callable[[int], bool] = lambda _: True) -> Assignment:
    """Who goes where. The same problem always has the same answer.

    Args:
        go_on: asked after each of at most ``ROUNDS`` rounds, with how many were done; False ends it with the
            best that was found so far.
    """
    started = time.perf_counter()
    bargain = Bargain(problem)
    best: tuple[int, dict[int, int]] | None = None
    bound: int | None = None
    for number in range(1, ROUNDS + 1 if problem.colleagues else 2):
        prices = dict(bargain.prices)
        relaxed = flow(problem, problem.parties, _seats(problem), {}, prices)
        shown = value_of(problem, relaxed, prices) + bargain.returned(relaxed)
        bound = shown if bound is None else min(bound, shown)
        trips = _whole(problem, relaxed, prices)
        value = certified(problem, trips, bound).value
        best = max(best or (value, trips), (value, trips), key=lambda each: each[0])
        if best[0] >= bound or not go_on(number):
            break
    assert best is not None
    assert bound is not None
    return Assignment(best[1], certified(problem, best[1], bound, time.perf_counter() - started))


def certified(problem: Problem, trips: Mapping[int, int], bound: int, seconds: float = 0.0) -> Certificate:
    """How good ``trips`` (by party) are, counted anew and not by the flow."""
    granted = [0] * len(problem.weights.choices)
    sector = language = lost = value = 0
    crowd: Counter[Share] = Counter()
    for party in problem.parties:
        trip = trips.get(party.id)
        if trip is None:
            continue
        there = problem.trip_by_id[trip]
        granted[party.choices.index(trip)] += party.size
        sector += party.size * bool(party.sectors & there.sectors)
        language += party.size * bool(party.languages & there.languages)
        lost += party.lost.get(trip, 0)
        value += party.size * problem.worth(party, trip)
        crowd[trip, party.delegation] += party.size
    beyond = sum(max(0, count - problem.shares[key]) for key, count in crowd.items())
    people = sum(party.size for party in problem.parties)
    spread = parted(problem, trips)
    against = beyond * problem.weights.crowding + sum(spread.values()) * problem.weights.apart
    return Certificate(
        value=value - against,
        bound=bound,
        granted=tuple(granted),
        without=people - sum(granted),
        in_own_sector=sector,
        in_own_language=language,
        meetings_lost=lost,
        beyond_share=beyond,
        companies=len(problem.colleagues),
        companies_apart=len(spread),
        seconds=seconds,
    )


def _seats(problem: Problem) -> dict[int, int]:
    return {trip.id: max(0, trip.seats) for trip in problem.trips}


def _whole(problem: Problem, relaxed: Sequence[tuple[Party, int, int]], prices: Prices) -> dict[int, int]:
    """What a flow gives, with nobody torn from their party, and colleagues closer where that is worth it."""
    trips = {party.id: trip for party, trip, _ in relaxed}
    if any(party.size > 1 for party in problem.parties):
        trips = _together(problem, relaxed, prices)
    return closer(problem, trips) if problem.colleagues else trips


def _together(problem: Problem, relaxed: Sequence[tuple[Party, int, int]], prices: Prices) -> dict[int, int]:
    """Parties of several first, where most of them would have gone, then everybody else once more."""
    seats, held = _seats(problem), Counter[Share]()
    got: dict[int, Counter[int]] = {}
    for party, trip, count in relaxed:
        got.setdefault(party.id, Counter())[trip] += count
    trips: dict[int, int] = {}
    for party in problem.parties:
        if party.size == 1 or party.id not in got:
            continue
        order = sorted(problem.possible(party), key=lambda trip: -got[party.id][trip])
        room = next((each for each in order if seats[each] >= party.size), None)
        if room is not None:
            trips[party.id] = room
            seats[room] -= party.size
            held[room, party.delegation] += party.size
    alone = [party for party in problem.parties if party.size == 1]
    trips |= {party.id: trip for party, trip, _ in flow(problem, alone, seats, held, prices)}
    return _fill(problem, trips)


def _fill(problem: Problem, trips: dict[int, int]) -> dict[int, int]:
    """Parties that were left out go where there is room still."""
    left = _seats(problem)
    for party in problem.parties:
        if party.id in trips:
            left[trips[party.id]] -= party.size
    for party in problem.parties:
        if party.id not in trips:
            free = (each for each in problem.possible(party) if left[each] >= party.size)
            if (trip := next(free, None)) is not None:
                trips[party.id] = trip
                left[trip] -= party.size
    return trips
