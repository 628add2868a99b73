"""Between the board and plans in the caller's ids: taking a plan up again, and writing one down."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from forum.scheduling.board import FREE, Board
from forum.scheduling.bound import Bound
from forum.scheduling.levels import Levels, uneven
from forum.scheduling.plan import Certificate, Placement, Plan
from forum.scheduling.tables import assign_tables, count_changes


def keep(board: Board, placements: Mapping[int, Placement]) -> None:
    """Place again what a plan holds (``Indexed.known``) and the problem still allows, the heaviest first."""
    index = board.index
    for request in sorted(placements, key=index.merit.__getitem__, reverse=True):
        placement = placements[request]
        slot = index.slot_at.get(placement.slot, FREE)
        if slot == FREE or board.slot_of[request] != FREE:
            continue
        if request not in index.special:
            board.place(request, slot)
            continue
        table = index.table_at.get(placement.table, FREE)
        interpreter = index.interpreter_at.get(placement.interpreter, FREE)
        if board.place(request, slot, table, interpreter):
            board.booths.prefer(slot, request, interpreter)


def certified_plan(
    board: Board,
    bound: Bound,
    floors: Levels,
    started: float,
    seated: Mapping[int, Placement] | None = None,
) -> Plan:
    """Seat the board and write it with its certificate.

    Where they are free, tables are kept of ``seated``, by request: if nothing is named, those announced.
    """
    told = board.index.told if seated is None else seated
    by_slot = board.by_slot()
    tables, helpers = assign_tables(board, by_slot, told), _interpreters_of(board)
    certificate = _certificate(board, bound, floors, tables, helpers, started)
    return _written(board, by_slot, tables, helpers, told, certificate)


def measured(board: Board, placements: Mapping[int, Placement]) -> Certificate:
    """What a plan that the board has taken up reaches at its own tables; the bounds say nothing."""
    at, index = board.index.table_at, board.index
    tables = [FREE] * index.request_count
    for request, placement in placements.items():
        tables[request] = at.get(placement.table, FREE)
    unknown = Bound(musts=0, weight=0, any_weight=0, chosen=())
    return _certificate(board, unknown, Levels(), tables, _interpreters_of(board), time.perf_counter())


def _certificate(
    board: Board,
    bound: Bound,
    floors: Levels,
    tables: Sequence[int],
    helpers: Sequence[int],
    started: float,
) -> Certificate:
    by_slot = board.by_slot()
    musts, weight = board.musts_and_weight()
    cancelled, moved = board.cancelled_and_moved()
    waits = [board.index.waiting(person, held) for person, held in enumerate(board.held)]
    return Certificate(
        placed=board.placed(),
        musts=musts,
        musts_bound=bound.musts,
        weight=weight,
        bound=bound.weight if musts == bound.musts else bound.any_weight,
        shortfall=board.shortfall(),
        shortfall_bound=floors.shortfall,
        cancelled=cancelled,
        cancelled_bound=floors.cancelled,
        moved=moved,
        moved_bound=floors.moved,
        idle=sum(waits),
        idle_bound=floors.idle,
        uneven=uneven(waits),
        uneven_bound=floors.uneven,
        longest_wait=max(waits, default=0),
        table_changes=count_changes(board.index, by_slot, tables),
        interpreter_changes=count_changes(board.index, by_slot, helpers) if any(board.booths.serves) else 0,
        seconds=time.perf_counter() - started,
    )


def _interpreters_of(board: Board) -> list[int]:
    """The interpreter of every request, FREE where none is needed."""
    helpers = [FREE] * board.index.request_count
    for serves in board.booths.serves:
        for interpreter, request in serves.items():
            helpers[request] = interpreter
    return helpers


def _written(
    board: Board,
    by_slot: Sequence[Sequence[int]],
    tables: Sequence[int],
    helpers: Sequence[int],
    told: Mapping[int, Placement],
    certificate: Certificate,
) -> Plan:
    """The plan in the caller's ids; a placement that is as ``told`` is the very same object."""
    problem = board.index.problem
    placements = []
    for slot, requests in enumerate(by_slot):
        slot_id = problem.slots[slot].id
        for request in requests:
            table = problem.tables[tables[request]].id
            helper = None if helpers[request] == FREE else problem.interpreters[helpers[request]].id
            same = told.get(request)
            if same is not None and (same.slot, same.table, same.interpreter) == (slot_id, table, helper):
                placements.append(same)
            else:
                placements.append(Placement(problem.requests[request].id, slot_id, table, helper))
    unplaced = tuple(problem.requests[request].id for request in board.unplaced())
    return Plan(tuple(placements), unplaced, certificate)
