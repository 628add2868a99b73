"""The assignment that is worth most, by one flow of least cost.

A party is a source of its people, a trip a sink of its seats, and between them stand the delegations of each
trip: within its share a delegation passes for nothing, beyond it for what crowding costs. Where everybody
goes alone the flow is the best there is. Parties of several may come out of it torn: they are put together on
the trip that most of them got, as far as there are seats, and the flow is asked again for the others. The
first flow then remains the bound.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ortools.graph.python import min_cost_flow

from forum.scheduling.assignment.problem import Assignment, Certificate, Party, Problem

_Share = tuple[int, int | None]


def assign(problem: Problem) -> Assignment:
    """Who goes where. The same problem always has the same answer."""
    started = time.perf_counter()
    relaxed = _flow(problem, problem.parties, _seats(problem), {})
    bound = _value_of_people(problem, relaxed)
    trips = {party.id: trip for party, trip, _ in relaxed}
    if any(party.size > 1 for party in problem.parties):
        trips = _together(problem, relaxed)
    return Assignment(trips, certified(problem, trips, bound, time.perf_counter() - started))


def certified(problem: Problem, trips: Mapping[int, int], bound: int, seconds: float = 0.0) -> Certificate:
    """How good ``trips`` (by party) are, counted anew and not by the flow."""
    granted = [0] * len(problem.weights.choices)
    sector = language = lost = value = 0
    crowd: Counter[_Share] = Counter()
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
    return Certificate(
        value=value - beyond * problem.weights.crowding,
        bound=bound,
        granted=tuple(granted),
        without=people - sum(granted),
        in_own_sector=sector,
        in_own_language=language,
        meetings_lost=lost,
        beyond_share=beyond,
        seconds=seconds,
    )


def _seats(problem: Problem) -> dict[int, int]:
    return {trip.id: max(0, trip.seats) for trip in problem.trips}


def _together(problem: Problem, relaxed: Sequence[tuple[Party, int, int]]) -> dict[int, int]:
    """Parties of several first, where most of them would have gone, then everybody else once more."""
    seats, held = _seats(problem), Counter[_Share]()
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
    trips |= {party.id: trip for party, trip, _ in _flow(problem, alone, seats, held)}
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


def _flow(
    problem: Problem, parties: Iterable[Party], seats: Mapping[int, int], held: Mapping[_Share, int]
) -> list[tuple[Party, int, int]]:
    """Parties with a trip and how many of them it gets.

    The worth is scaled so that the order of asking, which comes last, decides only between equals.
    """
    parties = list(parties)
    people = sum(party.size for party in parties)
    ranks = len(problem.weights.choices)
    scale = people * len(parties) * ranks + 1
    flow, nodes = min_cost_flow.SimpleMinCostFlow(), _Nodes()
    source, sink = nodes.of("source"), nodes.of("sink")
    arcs: list[tuple[int, Party, int]] = []
    shares: dict[_Share, None] = {}
    for place, party in enumerate(parties):
        node = nodes.of("party", party.id)
        flow.add_arc_with_capacity_and_unit_cost(source, node, party.size, 0)
        for trip in problem.possible(party):
            shares[trip, party.delegation] = None
            earliness = (len(parties) - place) * (ranks - party.choices.index(trip))
            cost = -(problem.worth(party, trip) * scale + earliness)
            share = nodes.of("share", trip, party.delegation)
            arc = flow.add_arc_with_capacity_and_unit_cost(node, share, party.size, cost)
            arcs.append((arc, party, trip))
    for trip, delegation in shares:
        share, there = nodes.of("share", trip, delegation), nodes.of("trip", trip)
        due = max(0, problem.shares[trip, delegation] - held.get((trip, delegation), 0))
        flow.add_arc_with_capacity_and_unit_cost(share, there, due, 0)
        crowding = problem.weights.crowding * scale
        flow.add_arc_with_capacity_and_unit_cost(share, there, seats[trip], crowding)
    for trip in sorted({trip for trip, _ in shares}):
        flow.add_arc_with_capacity_and_unit_cost(nodes.of("trip", trip), sink, seats[trip], 0)
    flow.add_arc_with_capacity_and_unit_cost(sink, source, people, 0)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"a flow that always has a solution ended as {status}")
    return [(party, trip, flow.flow(arc)) for arc, party, trip in arcs if flow.flow(arc)]


def _value_of_people(problem: Problem, found: Iterable[tuple[Party, int, int]]) -> int:
    """What a flow is worth, torn parties too."""
    crowd: Counter[_Share] = Counter()
    value = 0
    for party, trip, count in found:
        value += count * problem.worth(party, trip)
        crowd[trip, party.delegation] += count
    beyond = sum(max(0, count - problem.shares[key]) for key, count in crowd.items())
    return value - beyond * problem.weights.crowding


class _Nodes:
    """Numbers for whatever stands in the flow."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def of(self, *what: object) -> int:
        return self._numbers.setdefault(what, len(self._numbers))
