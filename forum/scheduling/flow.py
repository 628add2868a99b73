"""The heaviest set of edges with a capacity at every node: one min-cost flow on two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.graph.python import min_cost_flow


def heaviest_edges(
    edges: Sequence[tuple[int, int, int]],
    left: Sequence[int],
    right: Sequence[int],
    total: int,
    first: Sequence[int] = (),
) -> tuple[int, list[int]]:
    """Choose among ``edges`` (left node, right node, value >= 0), at most ``total``, within capacities.

    ``first[node]`` edges of a node, on either side, are worth more: the last of them 1, each before one more.

    Returns the value chosen and the positions of the chosen edges. Source: b-matching as a circulation,
    solved by OR-tools' cost-scaling flow; exact for two sides.
    """
    if not edges or total <= 0:
        return 0, []
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = len(left) + len(right), len(left) + len(right) + 1
    arcs = [
        flow.add_arc_with_capacity_and_unit_cost(one, len(left) + other, 1, -value)
        for one, other, value in edges
    ]
    for node in sorted({one for one, _, _ in edges}):
        for gain, room in _steps(left[node], first[node] if first else 0):
            flow.add_arc_with_capacity_and_unit_cost(source, node, room, -gain)
    for node in sorted({other for _, other, _ in edges}):
        for gain, room in _steps(right[node], first[node] if first else 0):
            flow.add_arc_with_capacity_and_unit_cost(len(left) + node, sink, room, -gain)
    flow.add_arc_with_capacity_and_unit_cost(sink, source, total, 0)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"a flow that always has a solution ended as {status}")
    return -flow.optimal_cost(), [place for place, arc in enumerate(arcs) if flow.flow(arc)]


def _steps(capacity: int, first: int) -> Iterator[tuple[int, int]]:
    """What each edge of a node gains, and how many gain the same."""
    for nth in range(min(first, capacity)):
        yield first - nth, 1
    yield 0, max(0, capacity - first)
