"""Which table: own tables for their owners, and otherwise the table where people already sit."""

from __future__ import annotations

from ortools.graph.python import min_cost_flow

from forum.scheduling.board import FREE, Board
from forum.scheduling.indexed import Indexed

STAY = 2
OWN = 5
AS_ANNOUNCED = 20


def assign_tables(board: Board, announced: dict[int, int]) -> list[int]:
    """The table of every placed request (FREE for the others), slot after slot.

    Within a slot the choice is optimal: a flow in which a meeting may take an own table of its people, the
    table where one of them sat last in this block, the one ``announced`` before, or any shared one left.
    """
    index = board.index
    tables = [FREE] * index.request_count
    by_slot: list[list[int]] = [[] for _ in range(index.slot_count)]
    for request, slot in enumerate(board.slot_of):
        if slot != FREE:
            by_slot[slot].append(request)
    sat_at: dict[int, int] = {}
    for slot, requests in enumerate(by_slot):
        if slot and index.block_of[slot] != index.block_of[slot - 1]:
            sat_at.clear()
        _seat(index, slot, requests, sat_at, tables, announced)
        for request in requests:
            for person in index.members[request]:
                sat_at[person] = tables[request]
    return tables


def _seat(
    index: Indexed,
    slot: int,
    requests: list[int],
    sat_at: dict[int, int],
    tables: list[int],
    announced: dict[int, int],
) -> None:
    """Seat the requests of one slot: first the locked tables, then the flow, then the rest in order."""
    vacant = index.open_tables[slot]
    free = dict.fromkeys(vacant)
    waiting = []
    for request in requests:
        pin = index.pins.get(request)
        if pin is not None and pin.table is not None:
            tables[request] = pin.table
            free.pop(pin.table)
        else:
            waiting.append(request)
    for request, table in _preferred(index, waiting, sat_at, free, announced).items():
        tables[request] = table
        free.pop(table)
    shared = (table for table in free if index.table_owner[table] is None)
    for request in waiting:
        if tables[request] == FREE:
            tables[request] = next(shared)


def _preferred(
    index: Indexed,
    requests: list[int],
    sat_at: dict[int, int],
    free: dict[int, None],
    announced: dict[int, int],
) -> dict[int, int]:
    """The flow; requests that get just any shared table are left out of the answer."""
    flow = min_cost_flow.SimpleMinCostFlow()
    pool, sink = len(requests), len(requests) + 1
    node_of = {table: sink + 1 + place for place, table in enumerate(free)}
    arcs = {}
    for place, request in enumerate(requests):
        flow.set_node_supply(place, 1)
        flow.add_arc_with_capacity_and_unit_cost(place, pool, 1, 0)
        for table, gain in _gains(index, request, sat_at, announced).items():
            if table in free:
                arc = flow.add_arc_with_capacity_and_unit_cost(place, node_of[table], 1, -gain)
                arcs[arc] = (request, table)
    shared = [table for table in free if index.table_owner[table] is None]
    for table in sorted({table for _, table in arcs.values()}):
        target = pool if index.table_owner[table] is None else sink
        flow.add_arc_with_capacity_and_unit_cost(node_of[table], target, 1, 0)
    flow.add_arc_with_capacity_and_unit_cost(pool, sink, len(shared), 0)
    flow.set_node_supply(sink, -len(requests))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"more meetings than tables in a slot: the flow ended as {status}")
    return {request: table for arc, (request, table) in arcs.items() if flow.flow(arc)}


def _gains(index: Indexed, request: int, sat_at: dict[int, int], announced: dict[int, int]) -> dict[int, int]:
    """Tables that the request may have and that are worth something to it."""
    people = [index.problem.people[person] for person in index.members[request]]
    allowed = {None, *(person.party for person in people)}
    gains = {table: OWN for person in people for table in index.own_tables.get(person.party, ())}
    wished = [(sat_at.get(person, FREE), STAY) for person in index.members[request]]
    for table, gain in [*wished, (announced.get(request, FREE), AS_ANNOUNCED)]:
        if table != FREE and index.table_owner[table] in allowed:
            gains[table] = gains.get(table, 0) + gain
    return gains


def count_changes(index: Indexed, slot_of: list[int], used: list[int]) -> int:
    """How often somebody walks to another of ``used`` (table or interpreter) inside a block."""
    last: dict[tuple[int, int], int] = {}
    changes = 0
    for request in sorted(range(index.request_count), key=lambda request: slot_of[request]):
        slot = slot_of[request]
        if slot == FREE or used[request] == FREE:
            continue
        for person in index.members[request]:
            key = (person, index.block_of[slot])
            changes += last.get(key, used[request]) != used[request]
            last[key] = used[request]
    return changes
