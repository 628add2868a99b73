"""People to seats as one flow of least cost, the heart of an assignment.

A party is a source of its people, a trip a sink of its seats, and between them stand the delegations of each
trip: within its share a delegation passes for nothing, beyond it for what crowding costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ortools.graph.python import min_cost_flow

from forum.scheduling.assignment.problem import Party, Problem

Share = tuple[int, int | None]
Prices = Mapping[tuple[int, int], int]
"""By party and trip: what going there costs each of its people besides."""


def flow(
    problem: Problem,
    parties: Iterable[Party],
    seats: Mapping[int, int],
    held: Mapping[Share, int],
    prices: Prices,
) -> list[tuple[Party, int, int]]:
    """Parties with a trip and how many of them it gets.

    The worth is scaled so that the order of asking, which comes last, decides only between equals.
    """
    parties = list(parties)
    people = sum(party.size for party in parties)
    ranks = len(problem.weights.choices)
    scale = people * len(parties) * ranks + 1
    network, nodes = min_cost_flow.SimpleMinCostFlow(), _Nodes()
    source, sink = nodes.of("source"), nodes.of("sink")
    arcs: list[tuple[int, Party, int]] = []
    shares: dict[Share, None] = {}
    for place, party in enumerate(parties):
        node = nodes.of("party", party.id)
        network.add_arc_with_capacity_and_unit_cost(source, node, party.size, 0)
        for trip in problem.possible(party):
            shares[trip, party.delegation] = None
            earliness = (len(parties) - place) * (ranks - party.choices.index(trip))
            worth = (problem.worth(party, trip) - prices.get((party.id, trip), 0)) * scale
            share = nodes.of("share", trip, party.delegation)
            arc = network.add_arc_with_capacity_and_unit_cost(node, share, party.size, -(worth + earliness))
            arcs.append((arc, party, trip))
    crowding = problem.weights.crowding * scale
    for trip, delegation in shares:
        share, there = nodes.of("share", trip, delegation), nodes.of("trip", trip)
        due = max(0, problem.shares[trip, delegation] - held.get((trip, delegation), 0))
        network.add_arc_with_capacity_and_unit_cost(share, there, due, 0)
        network.add_arc_with_capacity_and_unit_cost(share, there, seats[trip], crowding)
    for trip in sorted({trip for trip, _ in shares}):
        network.add_arc_with_capacity_and_unit_cost(nodes.of("trip", trip), sink, seats[trip], 0)
    network.add_arc_with_capacity_and_unit_cost(sink, source, people, 0)
    _solve(network)
    return [(party, trip, network.flow(arc)) for arc, party, trip in arcs if network.flow(arc)]


def _solve(network: min_cost_flow.SimpleMinCostFlow) -> None:
    status = network.solve()
    if status != network.OPTIMAL:
        raise ArithmeticError(f"a flow that always has a solution ended as {status}")


def value_of(problem: Problem, found: Iterable[tuple[Party, int, int]], prices: Prices) -> int:
    """What a flow is worth."""
    value, crowd = 0, Counter[Share]()
    for party, trip, count in found:
        value += count * (problem.worth(party, trip) - prices.get((party.id, trip), 0))
        crowd[trip, party.delegation] += count
    beyond = sum(max(0, count - problem.shares[key]) for key, count in crowd.items())
    return value - beyond * problem.weights.crowding


class _Nodes:
    """Numbers for whatever stands in the flow."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def of(self, *what: object) -> int:
        return self._numbers.setdefault(what, len(self._numbers))
