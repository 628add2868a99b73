"""Between the board and plans in the caller's ids: taking a plan up again, and writing one down."""

from __future__ import annotations

import time
from dataclasses import dataclass

from forum.scheduling.board import FREE, Board
from forum.scheduling.bound import Bound
from forum.scheduling.plan import Certificate, Placement, Plan
from forum.scheduling.tables import assign_tables, count_changes


def keep(board: Board, plan: Plan) -> None:
    """Place again what a plan holds and the problem still allows, the heaviest first."""
    index = board.index
    found = []
    for placement in plan.placements:
        request = index.request_at.get(placement.request, FREE)
        slot = index.slot_at.get(placement.slot, FREE)
        if FREE not in (request, slot):
            table = index.table_at.get(placement.table, FREE)
            interpreter = index.interpreter_at.get(placement.interpreter, FREE)
            found.append((request, slot, table, interpreter))
    for request, slot, table, interpreter in sorted(found, key=lambda one: -index.merit[one[0]]):
        if board.slot_of[request] == FREE and board.place(request, slot, table, interpreter):
            board.booths.prefer(slot, request, interpreter)


@dataclass(frozen=True, slots=True)
class Floors:
    """What was proven of the levels after the weight: no plan as good before them goes below."""

    shortfall: int = 0
    cancelled: int = 0
    moved: int = 0
    idle: int = 0


def certified_plan(
    board: Board, bound: Bound, floors: Floors, started: float, announced: Plan | None = None
) -> Plan:
    """Seat the board, keeping announced tables where they are free, and write it with its certificate."""
    index = board.index
    tables = assign_tables(board, _announced_tables(board, announced))
    helpers = _interpreters_of(board)
    musts, weight = board.musts_and_weight()
    cancelled, moved = board.cancelled_and_moved()
    waits = [index.waiting(person, held) for person, held in enumerate(board.held)]
    certificate = Certificate(
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
        longest_wait=max(waits, default=0),
        table_changes=count_changes(index, board.slot_of, tables),
        interpreter_changes=count_changes(index, board.slot_of, helpers),
        seconds=time.perf_counter() - started,
    )
    return _written(board, tables, helpers, certificate)


def _announced_tables(board: Board, announced: Plan | None) -> dict[int, int]:
    index = board.index
    return {
        index.request_at[placement.request]: index.table_at[placement.table]
        for placement in (announced.placements if announced else ())
        if placement.request in index.request_at and placement.table in index.table_at
    }


def _interpreters_of(board: Board) -> list[int]:
    """The interpreter of every request, FREE where none is needed."""
    helpers = [FREE] * board.index.request_count
    for serves in board.booths.serves:
        for interpreter, request in serves.items():
            helpers[request] = interpreter
    return helpers


def _written(board: Board, tables: list[int], helpers: list[int], certificate: Certificate) -> Plan:
    problem = board.index.problem
    placed = [request for request, slot in enumerate(board.slot_of) if slot != FREE]
    placed.sort(key=lambda request: (board.slot_of[request], request))
    return Plan(
        placements=tuple(
            Placement(
                request=problem.requests[request].id,
                slot=problem.slots[board.slot_of[request]].id,
                table=problem.tables[tables[request]].id,
                interpreter=None if helpers[request] == FREE else problem.interpreters[helpers[request]].id,
            )
            for request in placed
        ),
        unplaced=tuple(problem.requests[request].id for request in board.unplaced()),
        certificate=certificate,
    )
