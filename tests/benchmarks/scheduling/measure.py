"""One row of the table: a generated forum, first come beside the solver."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from forum.scheduling.check import check
from forum.scheduling.problem import Problem
from forum.scheduling.solve import Effort, Progress, Stage, solve
from tests.benchmarks.scheduling.first_come import first_come
from tests.benchmarks.scheduling.forums import forum
from tests.benchmarks.scheduling.generated import generated


@dataclass(frozen=True)
class Forum:
    """Which forum to make: of the own generator, of one that lies elsewhere, or the sample forum."""

    size: int
    tables: float
    is_heavy: bool
    seed: int
    generator: Path | None = None
    is_sample: bool = False

    def problem(self) -> Problem:
        if self.is_sample:
            # Imported here, so that the other forums are measured without the app in memory.
            return import_module("tests.benchmarks.scheduling.sample").sample_problem(
                self.size, seed=self.seed
            )
        if self.generator:
            mode = "heavy" if self.is_heavy else "std"
            return generated(self.generator, self.size, mode=mode, tables=self.tables, seed=self.seed)
        asks = (8, 12) if self.is_heavy else (4, 6)
        return forum(self.size, asks=asks, tables=self.tables, seed=self.seed)


def measure(chosen: Forum, steps: int) -> list[object]:
    """One row. The first publishable plan is timed to the end of the insertion stage.

    ``MB`` is what the process grew to, ``+MB`` by how much from the problem on. But for the sample forum the
    process has imported nothing else than the library.
    """
    problem = chosen.problem()
    loaded = _megabytes()
    naive = first_come(problem)
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
        *(
            len(problem.people),
            len(problem.requests),
            found.bound,
            *naive,
            found.weight,
            found.gap,
            found.idle,
        ),
        *(found.shortfall, found.proven, round(found.seconds, 1), round(worked, 1), round(first[-1], 1)),
        *(megabytes, megabytes - loaded, len(check(problem, plan))),
    ]


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
