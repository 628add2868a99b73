"""What a sign-up page does: each request, as it arrives, takes the earliest slot free for all."""

from __future__ import annotations

from forum.scheduling.board import Board
from forum.scheduling.indexed import Indexed
from forum.scheduling.problem import Problem


def first_come(problem: Problem) -> tuple[int, int]:
    """The weight that is placed so, and the slots waited."""
    index = Indexed(problem)
    board = Board(index)
    for request in range(index.request_count):
        any(board.place(request, slot) for slot in index.slots_of(index.domain[request]))
    return board.musts_and_weight()[1], board.idle()
