"""A published plan after something has changed: cancel as few meetings as possible, then move as few.

What can stay, stays. What cannot is placed again by the chain that moves fewest others; a small problem is
then handed to the exact solver, which proves the least. Nothing else is moved to make people wait less.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from forum.scheduling import exact
from forum.scheduling.board import FREE, Board
from forum.scheduling.bound import Relaxation, bound, fewest_changes, fewest_moved, most_held, quick_bound
from forum.scheduling.construct import pin_locks
from forum.scheduling.indexed import Indexed
from forum.scheduling.kempe import Exchange, chain, insert_by_force, insert_directly, place_after
from forum.scheduling.levels import Levels
from forum.scheduling.plan import Plan
from forum.scheduling.problem import Problem
from forum.scheduling.proof import Proof
from forum.scheduling.result import certified_plan, keep
from forum.scheduling.solve import Effort

THOROUGH = Effort(exact_work=10.0)
MOST_WORK_NEARBY = 1.0
LONGEST_CHAIN = 24
MOST_WHOLE = 30_000
MOST_SHAKEN = 8_000
"""Pairs of a request and a slot with which the exact solver is quick: of all requests, and of those near."""

MOST_BOUND_EXACTLY = 2_000


def repair(problem: Problem, published: Plan, *, effort: Effort | None = None) -> Plan:
    """The published plan made valid for the changed problem; the same input gives the same plan.

    In its certificate ``cancelled`` and ``moved`` come first: their bounds are of all plans, whatever weight.

    Requests that were not placed before come in only where nobody has to move for them.
    """
    effort = effort or THOROUGH
    started = time.perf_counter()
    index = Indexed(problem, published)
    board = Board(index)
    pinned = pin_locks(board)
    limits = (
        bound(Relaxation(index, pinned)) if index.request_count <= MOST_BOUND_EXACTLY else quick_bound(index)
    )
    keep(board, index.told)
    old = index.announced
    _place_again(board, old)
    cancelled, moved = _least_harm(board, pinned)
    if effort.exact_work and board.cancelled_and_moved() != (cancelled, moved):
        whole = exact.size(index) <= max(effort.exact_size, MOST_WHOLE)
        still = {} if whole else _undisturbed(board)
        if whole or exact.size(index, still) <= MOST_SHAKEN:
            work = effort.exact_work if whole else min(effort.exact_work, MOST_WORK_NEARBY)
            proven = _prove(board, pinned, work, still, cancelled)
            if whole:
                cancelled, moved = proven
    _add_new(board, old)
    return certified_plan(board, limits, Levels(cancelled=cancelled, moved=moved), started)


def _least_harm(board: Board, pinned: Sequence[int]) -> tuple[int, int]:
    """How many announced meetings every plan cancels; and how many move if as many are as on the board."""
    index = board.index
    fewest, _ = fewest_changes(index)
    if index.request_count <= MOST_BOUND_EXACTLY:
        fewest = max(fewest, len(index.announced) - most_held(index, pinned, index.announced))
    cancelled, _ = board.cancelled_and_moved()
    return fewest, fewest_moved(index, max(cancelled, fewest))


def _place_again(board: Board, old: dict[int, int]) -> None:
    """Round after round, the heaviest first, until no displaced meeting finds a place any more."""
    merit = board.index.merit
    displaced = sorted((r for r in old if board.slot_of[r] == FREE), key=lambda r: -merit[r])
    while displaced:
        left = [request for request in displaced if not _place_with_least_moves(board, request, old)]
        if len(left) == len(displaced):
            break
        displaced = left


def _place_with_least_moves(board: Board, request: int, old: dict[int, int]) -> bool:
    if not board.within_limits(request):
        return False
    if insert_directly(board, request):
        return True
    if request in board.index.long:
        return insert_by_force(board, request)
    ways = sorted(_ways(board, request), key=lambda way: _announcements_broken(way[1], old))
    return any(place_after(board, request, slot, exchange) for slot, exchange in ways)


def _ways(board: Board, request: int) -> Iterator[tuple[int, Exchange]]:
    """Slots for the request, each with one exchange that frees its people (or a table) there."""
    index, at, slots = board.index, board.at, board.index.slot_count
    members = index.members[request]
    for here in index.slots_of(index.domain[request]):
        met = {at[person * slots + here] for person in members} - {FREE}
        firsts = [sorted(met)] if met else [[other] for other in board.in_slot(here)]
        # Who is busy here must be free where that meeting goes, or would only get another one here.
        elsewhere = ~(1 << here)
        for person in members:
            if at[person * slots + here] != FREE:
                elsewhere &= ~board.held[person]
        for first in firsts:
            targets = elsewhere
            for other in first:
                targets &= index.reach[other]
            for there in index.slots_of(targets):
                found = chain(board, first, here, there, LONGEST_CHAIN)
                if found is not None and _leaves_people_free(board, request, found[1]):
                    yield here, (here, found[0], there, found[1])


def _leaves_people_free(board: Board, request: int, coming: list[int]) -> bool:
    people = set(board.index.members[request])
    return all(people.isdisjoint(board.index.members[other]) for other in coming)


def _announcements_broken(exchange: Exchange, old: dict[int, int]) -> int:
    """How many more meetings leave the slot that people know."""
    here, going, there, coming = exchange
    leaving = sum(old.get(r) == here for r in going) + sum(old.get(r) == there for r in coming)
    returning = sum(old.get(r) == there for r in going) + sum(old.get(r) == here for r in coming)
    return leaving - returning


def _prove(
    board: Board, pinned: list[int], work: float, still: dict[int, int], cancelled: int
) -> tuple[int, int]:
    """Let the exact solver minimise cancelled, then moved; new requests wait until that is settled.

    Returns how few no plan can undercut in which those who are ``still`` stay.
    """
    proof = Proof(board, pinned, work, still)
    known = board.index.announced.keys() | set(pinned)
    proof.model.leave_out(r for r in range(board.index.request_count) if r not in known)
    return proof.announced(cancelled)


def _undisturbed(board: Board) -> dict[int, int]:
    """The meetings of people who lose none and of whose meetings none has moved, with their slots."""
    index = board.index
    shaken = {
        person
        for request, slot in index.announced.items()
        if board.slot_of[request] != slot
        for person in index.members[request]
    }
    return {
        request: slot
        for request, slot in enumerate(board.slot_of)
        if slot != FREE and shaken.isdisjoint(index.members[request])
    }


def _add_new(board: Board, old: dict[int, int]) -> None:
    index, space = board.index, board.rooms.slots_with_space()
    for request in sorted(board.unplaced(), key=lambda r: (r not in old, -index.merit[r])):
        if index.domain[request] & space and board.within_limits(request) and insert_directly(board, request):
            space = board.rooms.slots_with_space()
