"""Which table: own tables for their owners, and otherwise the table where people already sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.graph.python import min_cost_flow

from forum.scheduling.board import FREE, Board
from forum.scheduling.indexed import Indexed
from forum.scheduling.plan import Placement
from forum.scheduling.seating import SHARED

STAY = 2
OWN = 5
AS_ANNOUNCED = 20


def assign_tables(board: Board, by_slot: Sequence[Sequence[int]], told: Mapping[int, Placement]) -> list[int]:
    """The table of every placed request (FREE for the others), slot after slot.

    What is settled stays. Within a slot the choice is optimal for the others: a flow in which a meeting may
    take an own table of its people, the table where one of them sat last in this block, the one it had
    in ``told``, or any shared one left. Of meetings that are kept apart the zones come first.
    """
    index, settled = board.index, board.rooms.table_of
    table_at = index.table_at
    announced = {request: table_at.get(before.table, FREE) for request, before in told.items()}
    tables = [FREE] * index.request_count
    for request, table in settled.items():
        tables[request] = table
    sat_at = [FREE] * index.person_count
    for slot, beginning in enumerate(by_slot):
        if slot and index.block_of[slot] != index.block_of[slot - 1]:
            sat_at = [FREE] * index.person_count
        requests = [request for request in beginning if request not in settled] if settled else beginning
        _seat(board, slot, requests, sat_at, tables, announced)
        for request in (*requests, *board.rooms.taken[slot].values()):
            table = tables[request]
            for person in index.members[request]:
                sat_at[person] = table
    return tables


def _seat(
    board: Board,
    slot: int,
    requests: Sequence[int],
    sat_at: Sequence[int],
    tables: list[int],
    announced: Mapping[int, int],
) -> None:
    """Seat the requests of one slot: those kept apart, then the flow, then the rest in order."""
    seating, taken = board.index.seating, board.rooms.taken[slot]
    free = dict.fromkeys(seating.open_tables[slot])
    for table in taken:
        free.pop(table, None)
    choosy = board.rooms.choosy[slot]
    _seat_apart(board, slot, requests, sat_at, tables, announced, free)
    if not choosy and announced:
        told = board.index.announced
        in_place = [request for request in requests if told.get(request) == slot]
        _keep_announced(in_place, tables, free, announced)
        _keep_announced(requests, tables, free, announced)
    waiting = [request for request in requests if tables[request] == FREE]
    for request, table in _preferred(board.index, waiting, sat_at, free, announced).items():
        tables[request] = table
        free.pop(table)
    shared = (table for table in free if seating.kind[table] == SHARED)
    for request in waiting:
        if tables[request] == FREE:
            tables[request] = next(shared)


def _seat_apart(
    board: Board,
    slot: int,
    requests: Sequence[int],
    sat_at: Sequence[int],
    tables: list[int],
    announced: Mapping[int, int],
    free: dict[int, None],
) -> None:
    """Tables in their zones for those that are kept apart from others in the slot."""
    seating, choosy = board.index.seating, board.rooms.choosy[slot]
    apart = board.rooms.apart(slot, choosy, len(requests) - len(choosy)) if choosy else None
    for request, place in (apart or {}).items():
        fit = [table for table in free if (seating.kind[table], seating.zone[table]) == place]
        wished = {announced.get(request), *(sat_at[person] for person in board.index.members[request])}
        tables[request] = next((table for table in fit if table in wished), fit[0])
        free.pop(tables[request])


def _keep_announced(
    requests: Sequence[int], tables: list[int], free: dict[int, None], announced: Mapping[int, int]
) -> None:
    """Where any table is as good for everybody, those who were told one keep it, who stay before who move."""
    for request in requests:
        if tables[request] == FREE:
            table = announced.get(request, FREE)
            if table in free:
                tables[request] = table
                del free[table]


def _preferred(
    index: Indexed,
    requests: Sequence[int],
    sat_at: Sequence[int],
    free: Mapping[int, None],
    announced: Mapping[int, int],
) -> dict[int, int]:
    """The flow; requests that get just any shared table are left out of the answer."""
    if not requests:
        return {}
    flow = min_cost_flow.SimpleMinCostFlow()
    pool, sink = len(requests), len(requests) + 1
    node_of = {table: sink + 1 + place for place, table in enumerate(free)}
    arcs = {}
    for place, request in enumerate(requests):
        flow.set_node_supply(place, 1)
        flow.add_arc_with_capacity_and_unit_cost(place, pool, 1, 0)
        for table, gain in _gains(index, request, sat_at, free, announced).items():
            if table in free:
                arc = flow.add_arc_with_capacity_and_unit_cost(place, node_of[table], 1, -gain)
                arcs[arc] = (request, table)
    kind = index.seating.kind
    shared = [table for table in free if kind[table] == SHARED]
    for table in sorted({table for _, table in arcs.values()}):
        target = pool if kind[table] == SHARED else sink
        flow.add_arc_with_capacity_and_unit_cost(node_of[table], target, 1, 0)
    flow.add_arc_with_capacity_and_unit_cost(pool, sink, len(shared), 0)
    flow.set_node_supply(sink, -len(requests))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"more meetings than tables in a slot: the flow ended as {status}")
    return {request: table for arc, (request, table) in arcs.items() if flow.flow(arc)}


def _gains(
    index: Indexed,
    request: int,
    sat_at: Sequence[int],
    free: Mapping[int, None],
    announced: Mapping[int, int],
) -> dict[int, int]:
    """Tables that the request may have and that are worth something to it."""
    seating = index.seating
    gains: dict[int, int] = {}
    if seating.kinds[request]:
        gains = {table: OWN for table in free if seating.kind[table] in seating.kinds[request]}
    wished = [(sat_at[person], STAY) for person in index.members[request]]
    for table, gain in [*wished, (announced.get(request, FREE), AS_ANNOUNCED)]:
        if table != FREE and seating.may_use(request, table):
            gains[table] = gains.get(table, 0) + gain
    return gains


def count_changes(index: Indexed, by_slot: Sequence[Sequence[int]], used: Sequence[int]) -> int:
    """How often somebody walks to another of ``used`` (table or interpreter) inside a block."""
    last = [FREE] * index.person_count
    changes = 0
    for slot, requests in enumerate(by_slot):
        if slot and index.block_of[slot] != index.block_of[slot - 1]:
            last = [FREE] * index.person_count
        for request in requests:
            one = used[request]
            if one == FREE:
                continue
            for person in index.members[request]:
                if last[person] != one:
                    changes += last[person] != FREE
                    last[person] = one
    return changes
