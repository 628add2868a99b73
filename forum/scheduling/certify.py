"""How good a plan is that nobody computed: one moved by hand, or one that is brought back."""

from __future__ import annotations

import time
from dataclasses import replace

from forum.scheduling import result
from forum.scheduling.board import Board
from forum.scheduling.bound import Relaxation, bound, quick_bound
from forum.scheduling.construct import pin_locks
from forum.scheduling.indexed import Indexed
from forum.scheduling.levels import Levels
from forum.scheduling.plan import Certificate, Plan
from forum.scheduling.problem import Problem
from forum.scheduling.repair import MOST_BOUND_EXACTLY
from forum.scheduling.result import certified_plan, keep


def measured(problem: Problem, plan: Plan, announced: Plan | None = None) -> Certificate:
    """What the plan reaches in every level; its bounds say nothing."""
    index = Indexed(problem, announced)
    board = Board(index)
    held = index.known(plan)
    keep(board, held)
    return result.measured(board, held)


def certified(problem: Problem, plan: Plan) -> Plan:
    """The plan with the certificate of what the problem allows of it."""
    started = time.perf_counter()
    index = Indexed(problem)
    board = Board(index)
    pinned = pin_locks(board)
    held = index.known(plan)
    keep(board, held)
    limits = (
        bound(Relaxation(index, pinned)) if index.request_count <= MOST_BOUND_EXACTLY else quick_bound(index)
    )
    floors = Levels(shortfall=limits.shortfall)
    return replace(plan, certificate=certified_plan(board, limits, floors, started, held).certificate)
