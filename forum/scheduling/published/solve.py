"""The least number of breaks, proven, or that there is no schedule at all.

Two ways are gone at the same time, each in a thread, and the first to prove something ends it. The value of
the result is therefore always the same; which schedule of that value comes out may depend on who was first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from forum.scheduling.published.encoding import Encoding
from forum.scheduling.published.outcome import Outcome
from forum.scheduling.published.problem import PublishedProblem, Schedule
from forum.scheduling.published.ways import Bound, Cores, Task, Way

_BETWEEN_STOPS: Final = 0.02  # seconds; a solver that has not quite begun does not hear the first "stop"


MakeWay = Callable[[Task], Way]
WAYS: Final[Sequence[MakeWay]] = (Cores, Bound)


@dataclass(frozen=True, slots=True)
class Answer:
    """``schedule`` is None when none exists or, unless ``proven``, when the time was over."""

    schedule: Schedule | None
    proven: bool
    seconds: float


def solve(problem: PublishedProblem, *, limit: float | None = None, ways: Sequence[MakeWay] = WAYS) -> Answer:
    """The best schedule; ``limit`` is in seconds, after which nothing is known."""
    started = time.perf_counter()
    task = Task(problem, Encoding(problem))
    outcome = _race(task, ways, None if limit is None else started + limit)
    slot_of = None if outcome is None or outcome.true is None else task.encoding.read(outcome.true)
    schedule = None if slot_of is None else Schedule(slot_of, problem.breaks(slot_of))
    return Answer(schedule, outcome is not None, time.perf_counter() - started)


def _race(task: Task, ways: Sequence[MakeWay], end: float | None) -> Outcome | None:
    results: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()
    runners: list[tuple[Way, Thread]] = []
    try:
        for make in ways:
            way = make(task)
            thread = Thread(target=_run, args=(way, results), daemon=True)
            runners.append((way, thread))
            thread.start()
        result = results.get(timeout=None if end is None else max(0.0, end - time.perf_counter()))
    except Empty:
        result = None
    finally:
        for way, thread in runners:
            while thread.is_alive():
                way.stop()
                thread.join(_BETWEEN_STOPS)
    if isinstance(result, BaseException):
        raise result
    return result


def _run(way: Way, results: SimpleQueue[Outcome | BaseException | None]) -> None:
    try:
        results.put(way.solve())
    except BaseException as error:
        results.put(error)
