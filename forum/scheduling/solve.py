"""From a problem to a plan: any-time, cancellable, and the same for the same seed and effort."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import astuple, dataclass
from enum import StrEnum
from random import Random

from forum.scheduling import exact
from forum.scheduling.annealing import Annealing
from forum.scheduling.board import FREE, Board
from forum.scheduling.bound import Bound, Relaxation, bound
from forum.scheduling.construct import fill, first_come, pin_locks
from forum.scheduling.indexed import Indexed
from forum.scheduling.kempe import insert, insert_by_force, insert_directly
from forum.scheduling.levels import Levels, levels_of
from forum.scheduling.plan import Plan
from forum.scheduling.problem import Problem
from forum.scheduling.proof import Proof
from forum.scheduling.result import certified_plan, keep
from forum.scheduling.selection import choose, floors_beside


class Stage(StrEnum):
    BOUND = "bound"
    FIRST_PLAN = "first_plan"
    INSERT = "insert"
    ANNEAL = "anneal"
    PROVE = "prove"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try, in steps and not in seconds, so that a result can be had again.

    ``steps_per_meeting`` annealing steps for each request, up to four times as many in a small forum, where
    they cost little and the last idle slot is the hardest, and fewer where nothing gets better any more;
    ``exact_size`` is how many (request, slot) pairs a problem may have to be given to the exact solver,
    ``exact_work`` its limit (CP-SAT's deterministic seconds, about as long as seconds).
    """

    steps_per_meeting: int = 1_000
    exact_size: int = 4_000
    exact_work: float = 4.0


SMALL = 1_500
REQUESTS_BETWEEN_REPORTS = 64
MOST_FORCED_IN_VAIN = 20
MOST_WORK_ON_CHOICE = 2.0
QUICK = Effort(steps_per_meeting=0, exact_work=0.0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve stands; ``share`` runs from 0 to 1 over the whole work.

    Reports come as often as hundreds in a second: who stores them should keep the last of each second.
    """

    stage: Stage
    share: float
    placed: int
    weight: int
    bound: int
    idle: int


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    effort: Effort | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    previous: Plan | None = None,
    announced: Plan | None = None,
) -> Plan:
    """The best plan that the effort finds; when ``should_stop`` answers True, the best one so far.

    ``previous`` is a plan to start from: what is still allowed of it is placed first. ``announced`` is one
    that people know, and is started from too: as little of it as possible is cancelled, then moved. Locks
    are kept, then the levels of the certificate are made as good as can be, one after the other.
    """
    run = _Run(problem, seed, effort or Effort(), on_progress, should_stop, announced)
    return run.solve(previous or announced)


class _Run:
    """One call of ``solve``: the board, the bound and who listens."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        effort: Effort,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
        announced: Plan | None,
    ) -> None:
        self.started = time.perf_counter()
        self.effort = effort
        self.on_progress = on_progress
        self.should_stop = should_stop
        self.random = Random(seed)
        self.index = Indexed(problem, announced)
        self.board = Board(self.index)
        self.stopped = False
        self.bound = Bound(0, 0, 0, ())

    def solve(self, previous: Plan | None) -> Plan:
        pinned = pin_locks(self.board)
        self.relaxed = Relaxation(self.index, pinned)
        self.bound = bound(self.relaxed)
        self.choice = choose(self.relaxed, self.bound, self._work())
        self.bound = self.bound.tightened(self.choice.merit, self.index.level)
        self._tell(Stage.BOUND, 0.02)
        if previous is not None:
            keep(self.board, self.index.known(previous))
        kept, merit = self.board.arrangement(), self.board.merit()
        self._make_way(merit)
        self._first_plan()
        self._insert()
        if self.board.merit() < merit:
            self.board.restore(kept)
            self._insert()
        self._outdo_first_come()
        self._anneal()
        proven = self._prove(pinned)
        self._top_up()
        self._tell(Stage.TABLES, 0.98)
        return certified_plan(self.board, self.bound, self._floors().at_least(proven), self.started)

    def _outdo_first_come(self) -> None:
        """Where rare rules mislead the choice, none is served worse than by coming first: start from it."""
        if self.stopped or self.board.merit() >= self._enough():
            return
        simple = first_come(self.index)
        if simple.merit() > self.board.merit():
            self.board.restore(simple.arrangement())
            self._insert()

    def _make_way(self, merit: int) -> None:
        """Take out what was kept and is not chosen, where what is chosen is known to be worth more."""
        if not merit < self.relaxed.merit(self.choice.requests) == self.choice.merit:
            return
        chosen = {*self.choice.requests, *self.index.pins}
        for request, slot in enumerate(self.board.slot_of):
            if slot != FREE and request not in chosen:
                self.board.remove(request)

    def _first_plan(self) -> None:
        fill(self.board, list(self.choice.requests), self.random, self._pause)
        self._tell(Stage.FIRST_PLAN, 0.1)

    def _insert(self) -> None:
        """Chains for what the bound chose, then whatever still fits, the heaviest first."""
        chosen = set(self.choice.requests)
        left = sorted(self.board.unplaced(), key=lambda r: (r not in chosen, -self.index.merit[r]))
        for place, request in enumerate(left):
            if self._pause() or not self.board.rooms.has_space():
                break
            if not place % REQUESTS_BETWEEN_REPORTS:
                self._tell(Stage.INSERT, 0.1 + 0.1 * place / len(left))
            if request in chosen:
                insert(self.board, request)
            elif self.board.within_limits(request):
                insert_directly(self.board, request)
        self._force(chosen)
        self._tell(Stage.INSERT, 0.2)

    def _force(self, chosen: Collection[int]) -> None:
        """The last of what the bound chose: whoever is in the way is placed anew."""
        vain = 0
        for request in sorted(chosen, key=lambda r: -self.index.merit[r]):
            if vain == MOST_FORCED_IN_VAIN or self._pause():
                break
            if self.board.slot_of[request] == FREE and self.board.within_limits(request):
                vain += not insert_by_force(self.board, request)

    def _anneal(self) -> None:
        requests = self.index.request_count
        steps = self.effort.steps_per_meeting * min(4 * requests, max(requests, SMALL))
        if self.stopped or not steps:
            return
        annealing = Annealing(self.board, self.random)

        def report(share: float) -> bool:
            self._tell(Stage.ANNEAL, 0.2 + 0.7 * share, annealing)
            return self._pause()

        annealing.run(steps, (self._enough(), *(-floor for floor in astuple(self.choice.floors))), report)

    def _prove(self, pinned: list[int]) -> Levels:
        """Give a small problem to the exact solver, if some level is not known to be best."""
        work, board = self.effort.exact_work, self.board
        reached = board.merit() >= self._enough()
        best = reached and levels_of(board) == self.choice.floors
        if self._pause() or best or not work or exact.size(self.index) > self.effort.exact_size:
            return Levels()
        self._tell(Stage.PROVE, 0.9)
        proof = Proof(board, pinned, work)
        if not reached:
            limit = proof.merit()
            if limit < self._enough():
                self.bound = self.bound.tightened(limit, self.index.level)
        return proof.floors(self.relaxed.floors(board.cancelled_and_moved()[0]), self._pause)

    def _floors(self) -> Levels:
        """What is known to be least of plans as good as this one, whatever was reached of the choice."""
        reached = levels_of(self.board)
        if self.board.merit() == self.choice.merit and reached == self.choice.floors:
            return reached
        return floors_beside(self.relaxed, self.board.merit(), reached, self._work())

    def _work(self) -> float:
        return min(self.effort.exact_work, MOST_WORK_ON_CHOICE)

    def _top_up(self) -> None:
        """Whatever fits now that the others have moved."""
        for request in sorted(self.board.unplaced(), key=lambda r: -self.index.merit[r]):
            if not self.board.rooms.has_space():
                break
            if self.board.within_limits(request):
                insert_directly(self.board, request)

    def _enough(self) -> int:
        return self.bound.merit(self.index.level)

    def _pause(self) -> bool:
        """Has somebody asked to stop?"""
        if not self.stopped and self.should_stop is not None:
            self.stopped = self.should_stop()
        return self.stopped

    def _tell(self, stage: Stage, share: float, annealing: Annealing | None = None) -> None:
        if self.on_progress is None:
            return
        if annealing is not None:
            merit, idle = annealing.best_value[0], -annealing.best_value[-1]
            placed = self.index.request_count - annealing.best[0].count(FREE)
        else:
            merit, idle, placed = self.board.merit(), self.board.idle(), self.board.placed()
        weight = merit % self.index.level
        self.on_progress(Progress(stage, share, placed, weight, self.bound.weight, idle))
