"""A solve in a process of its own, which leaves this one its time: threads of one process compute in turn.

The process goes last of all on its machine, and ends with the one that began it.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

from forum.scheduling.plan import Plan
from forum.scheduling.problem import Problem
from forum.scheduling.solve import Effort, OnProgress, Progress, ShouldStop, solve

PULSE_S: Final = 0.2
"""How often either side says or hears something."""


@dataclass(frozen=True, slots=True)
class _Order:
    problem: Problem
    seed: int
    effort: Effort | None
    previous: Plan | None
    announced: Plan | None


def solve_apart(
    problem: Problem,
    *,
    seed: int = 0,
    effort: Effort | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    previous: Plan | None = None,
    announced: Plan | None = None,
) -> Plan:
    """What ``solve`` gives; of its progress only the last of each pulse is told.

    Raises:
        ChildProcessError: the process ended without a plan.
    """
    context = get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        mine.send(_Order(problem, seed, effort, previous, announced))
        return _answer(mine, on_progress or (lambda _: None), should_stop or (lambda: False))
    except (EOFError, ConnectionError) as error:
        raise ChildProcessError("the process that computed ended without a plan") from error
    finally:
        process.kill()
        process.join()
        mine.close()


def _answer(line: Connection, on_progress: OnProgress, should_stop: ShouldStop) -> Plan:
    is_told = False
    while True:
        if line.poll(PULSE_S):
            heard = line.recv()
            if isinstance(heard, Plan):
                return heard
            on_progress(heard)
        if not is_told and should_stop():
            is_told = True
            line.send(None)


def _serve(line: Connection) -> None:
    """The process: one order, its progress, its plan. Without a listener it ends with the next report."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _go_last()
    order: _Order = line.recv()
    told_at, is_told = 0.0, False

    def tell(progress: Progress) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= PULSE_S:
            told_at = time.monotonic()
            line.send(progress)

    def stop() -> bool:
        nonlocal is_told
        is_told = is_told or line.poll()
        return is_told

    plan = solve(
        order.problem,
        seed=order.seed,
        effort=order.effort,
        on_progress=tell,
        should_stop=stop,
        previous=order.previous,
        announced=order.announced,
    )
    line.send(plan)


def _go_last() -> None:
    """Only what nobody else wants: whoever serves a page is not kept waiting for it."""
    os.nice(19)
    idle: int | None = getattr(os, "SCHED_IDLE", None)
    if idle is not None:
        with suppress(OSError):
            os.sched_setscheduler(0, idle, os.sched_param(0))
