"""One row of the table: a generated forum, first come beside the solver."""

from __future__ import annotations

import resource
import time
from pathlib import Path

from forum.scheduling.board import Board
from forum.scheduling.check import check
from forum.scheduling.indexed import Indexed
from forum.scheduling.plan import Plan
from forum.scheduling.problem import Problem
from forum.scheduling.result import keep
from forum.scheduling.solve import Effort, Progress, Stage, solve
from tests.benchmarks.scheduling.first_come import first_come
from tests.benchmarks.scheduling.forums import forum
from tests.benchmarks.scheduling.generated import generated


def measure(
    size: int, tables: float, heavy: bool, steps: int, seed: int, generator: Path | None = None
) -> list[object]:
    """One row. The first publishable plan is timed to the end of the insertion stage.

    ``MB`` is what the process grew to, ``+MB`` by how much since the modules were loaded.
    """
    loaded = _megabytes()
    if generator:
        mode = "heavy" if heavy else "std"
        problem = generated(generator, size, mode=mode, tables=tables, seed=seed)
    else:
        problem = forum(size, asks=(8, 12) if heavy else (4, 6), tables=tables, seed=seed)
    naive = weight_and_idle(problem, first_come(problem))
    started, worked = time.perf_counter(), time.process_time()
    first: list[float] = []

    def note(progress: Progress) -> None:
        if progress.stage is Stage.INSERT:
            first.append(time.perf_counter() - started)

    plan = solve(problem, effort=Effort(steps_per_meeting=steps), on_progress=note)
    found = plan.certificate
    assert found is not None
    worked, megabytes = time.process_time() - worked, _megabytes()
    return [
        *(size, len(problem.requests), found.bound, *naive, found.weight, found.gap, found.idle),
        *(found.shortfall, found.proven, round(found.seconds, 1), round(worked, 1), round(first[-1], 1)),
        *(megabytes, megabytes - loaded, len(check(problem, plan))),
    ]


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def weight_and_idle(problem: Problem, plan: Plan) -> tuple[int, int]:
    index = Indexed(problem)
    board = Board(index)
    keep(board, index.known(plan))
    return board.musts_and_weight()[1], board.idle()
