"""Kempe chains: meetings that can trade two slots with each other without anybody meeting twice."""

from __future__ import annotations

from collections.abc import Iterable

from forum.scheduling.board import FREE, Board

LONGEST = 60

Exchange = tuple[int, list[int], int, list[int]]


def chain(
    board: Board, first: Iterable[int], here: int, there: int, longest: int = LONGEST
) -> tuple[list[int], list[int]] | None:
    """Everything that must move when ``first`` go from slot ``here`` to ``there``.

    Returns the requests going and those coming back, or None when one of them may not be held in its new
    slot or more than ``longest`` would move.
    """
    index, at, slots = board.index, board.at, board.index.slot_count
    members, reach = index.members, index.reach
    going = list(first)
    coming: list[int] = []
    seen = set(going)
    gone = came = 0
    while True:
        if gone < len(going):
            request, target, back = going[gone], there, coming
            gone += 1
        elif came < len(coming):
            request, target, back = coming[came], here, going
            came += 1
        else:
            return going, coming
        if not reach[request] >> target & 1:
            return None
        for person in members[request]:
            other = at[person * slots + target]
            if other != FREE and other not in seen:
                seen.add(other)
                back.append(other)
        if len(seen) > longest:
            return None


def insert(board: Board, request: int, longest: int = LONGEST) -> bool:
    """Place the request, if need be after one chain has made room for it."""
    if not board.within_limits(request):
        return False
    if insert_directly(board, request):
        return True
    if request in board.index.long:
        return insert_by_force(board, request)
    return insert_by_chain(board, request, longest)


def insert_directly(board: Board, request: int) -> bool:
    """Place the request in an open slot where people wait least for it."""
    index = board.index
    taken = 0
    for person in index.members[request]:
        taken |= board.held[person]
    open_slots = index.domain[request] & ~taken & board.rooms.slots_with_space()
    if not open_slots:
        return False
    slots = index.slots_of(open_slots)
    for slot in sorted(slots, key=lambda slot: board.extra_wait(request, slot)):
        if board.place(request, slot):
            return True
    return False


def insert_by_chain(board: Board, request: int, longest: int = LONGEST) -> bool:
    """Clear a slot for the request: the people busy there trade it for another slot."""
    index = board.index
    for here in index.slots_of(index.domain[request]):
        blockers = _blockers(board, request, here)
        if not blockers:
            if _clear_table(board, request, here):
                return True
        elif len(blockers) < len(index.members[request]) and board.booths.could_serve(here, request):
            for there in range(index.slot_count):
                if there != here and _clear(board, request, blockers, here, there, longest):
                    return True
    return False


def _blockers(board: Board, request: int, slot: int) -> list[int]:
    slots = board.index.slot_count
    met = (board.at[person * slots + slot] for person in board.index.members[request])
    return sorted({other for other in met if other != FREE})


def _clear(board: Board, request: int, blockers: list[int], here: int, there: int, longest: int) -> bool:
    index, slots = board.index, board.index.slot_count
    people = index.members[request]
    if any(
        board.at[person * slots + there] != FREE
        for person in people
        if board.at[person * slots + here] != FREE
    ):
        return False
    found = chain(board, blockers, here, there, longest)
    if found is None:
        return False
    going, coming = found
    mine = set(people)
    if any(not mine.isdisjoint(index.members[other]) for other in coming):
        return False
    return place_after(board, request, here, (here, going, there, coming))


def place_after(board: Board, request: int, slot: int, exchange: Exchange) -> bool:
    """Make the exchange and place the request in the slot, or do neither."""
    rows = board.booths.rows(exchange[0], exchange[2])
    if not board.exchange(*exchange):
        return False
    if board.place(request, slot):
        return True
    board.take_back(*exchange, rows)
    return False


def _clear_table(board: Board, request: int, here: int) -> bool:
    """Everybody is free but no table or interpreter is: move one other meeting out of the slot."""
    index = board.index
    served = board.booths.could_serve(here, request)
    if not served and board.rooms.admits(here, (), (request,)):
        others = sorted(board.booths.serves[here].values())
    elif served and board.rooms.has_space():
        others = board.in_slot(here)
    else:
        return False
    return any(
        place_after(board, request, here, (here, [other], there, []))
        for other in others
        for there in index.slots_of(index.reach[other] & ~(1 << here))
        if board.people_free(other, there) and board.rooms.admits(there, (), (other,))
    )


def insert_by_force(board: Board, request: int) -> bool:
    """Place an awkward request by taking others out and placing them anew; nothing is lost for less."""
    index = board.index
    before, merit = board.arrangement(), board.merit()
    for slot in index.slots_of(index.domain[request]):
        removed = _in_the_way(board, request, slot)
        if removed is None:
            continue
        for other in removed:
            board.remove(other)
        if board.place(request, slot):
            for other in sorted(removed, key=lambda one: -index.merit[one]):
                insert(board, other, LONGEST)
            if board.merit() > merit:
                return True
        board.restore(before)
    return False


def _in_the_way(board: Board, request: int, slot: int) -> list[int] | None:
    """The meetings of the request's people then; None when one of them must stay."""
    index = board.index
    slots = index.slots_of(index.cover[request] << slot)
    met = {
        board.at[person * index.slot_count + one] for person in index.members[request] for one in slots
    } - {FREE}
    return (
        sorted(met) if met and all(index.reach[other] and other not in index.pins for other in met) else None
    )
