"""A first plan: locks, then slot by slot the most useful meetings by a flow, then what still fits."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from forum.scheduling.board import FREE, Board
from forum.scheduling.flow import heaviest_edges
from forum.scheduling.indexed import Indexed, Pin
from forum.scheduling.kempe import insert_directly
from forum.scheduling.sides import split, two_sides

WORTH = 300
WORTH_OF_MUST = 600
URGENT = 60
NEXT_TO = 60
SAME_BLOCK = 18
LAST_CHANCE = 200


def pin_locks(board: Board) -> list[int]:
    """Place what is locked; a lock that cannot be kept closes its request. Returns the pinned requests."""
    index = board.index
    pinned: list[int] = []
    for pin in sorted(index.pins.values(), key=lambda pin: _freedom(index, pin)):
        if board.place(pin.request, pin.slot):
            pinned.append(pin.request)
        else:
            index.domain[pin.request] = 0
    return pinned


def _freedom(index: Indexed, pin: Pin) -> tuple[bool, bool, bool]:
    """Locks that leave least choice come first."""
    return pin.table is None, pin.interpreter is None, pin.request not in index.long


def fill(board: Board, wanted: list[int], random: Random, pause: Callable[[], bool]) -> None:
    """Place as many of ``wanted`` as a flow for each slot can, first the awkward and those of three."""
    index = board.index
    awkward = index.long | index.ordered
    first = [r for r in wanted if r in awkward or len(index.members[r]) > 2]
    for request in sorted(first, key=lambda r: (r not in awkward, -index.merit[r])):
        if board.slot_of[request] == FREE and board.within_limits(request):
            insert_directly(board, request)
    fixed_sides = two_sides(index)
    for slot in range(index.slot_count):
        if pause():
            return
        left = [
            r for r in wanted if board.slot_of[r] == FREE and index.reach[r] and len(index.members[r]) == 2
        ]
        sides = fixed_sides or split(index, left, random)
        _fill_slot(board, slot, left, sides)


def _fill_slot(board: Board, slot: int, left: list[int], sides: list[int]) -> None:
    index = board.index
    demand, supply = _demand(board, left), _supply(index, slot)
    offered = [r for r in left if index.domain[r] >> slot & 1 and board.people_free(r, slot)]
    offered = [request for request in offered if board.within_limits(request)]
    offered = _servable(board, slot, offered)
    edges, requests = [], []
    for request in offered:
        one, other = index.members[request]
        if sides[one] == sides[other]:
            continue
        pair = (one, other) if sides[one] == 0 else (other, one)
        edges.append((*pair, _use(board, request, slot, demand, supply)))
        requests.append(request)
    ones = [1] * index.person_count
    _, places = heaviest_edges(edges, ones, ones, board.rooms.seats_left(slot))
    for place in sorted(places, key=lambda place: -index.merit[requests[place]]):
        board.place(requests[place], slot)


def first_come(index: Indexed) -> Board:
    """A board filled in the order of the requests, each in the earliest slot that is open to it."""
    board = Board(index)
    pin_locks(board)
    for request in range(index.request_count):
        if board.slot_of[request] == FREE and board.within_limits(request):
            any(board.place(request, slot) for slot in index.slots_of(index.domain[request]))
    return board


def _demand(board: Board, left: list[int]) -> list[int]:
    demand = [0] * board.index.person_count
    for request in left:
        for person in board.index.members[request]:
            demand[person] += 1
    return demand


def _supply(index: Indexed, slot: int) -> list[int]:
    return [(free >> slot).bit_count() for free in index.free]


def _servable(board: Board, slot: int, offered: list[int]) -> list[int]:
    """Drop requests that need an interpreter beyond those who can serve the slot at once."""
    index = board.index
    needy = [request for request in offered if index.needs[request]]
    served, all_busy = set(), set()
    for request in sorted(needy, key=lambda request: -index.merit[request]):
        if index.able[request] in all_busy:
            continue
        if board.booths.change(slot, (), (request,)):
            served.add(request)
        else:
            all_busy.add(index.able[request])
    for request in served:
        board.booths.change(slot, (request,), ())
    return [request for request in offered if not index.needs[request] or request in served]


def _use(board: Board, request: int, slot: int, demand: list[int], supply: list[int]) -> int:
    """How useful it is to hold the request now: its weight, who is short of slots, who would wait."""
    index = board.index
    must = index.problem.requests[request].must
    use = WORTH_OF_MUST if must else WORTH * index.weight[request] // max(1, index.heaviest)
    if not index.domain[request] >> slot + 1:
        use += LAST_CHANCE
    block = index.block_of[slot]
    for person in index.members[request]:
        use += int(URGENT * min(demand[person] / max(1, supply[person]), 3))
        before = (board.held[person] | index.away[person]) & block & ((1 << slot) - 1)
        if before & board.held[person]:
            use += NEXT_TO if before >> slot - 1 & 1 else SAME_BLOCK
    return use
