from __future__ import annotations

from multiprocessing import active_children

import pytest

from forum.scheduling.apart import solve_apart
from forum.scheduling.solve import Effort, Progress, solve
from tests.benchmarks.scheduling.forums import forum

BRIEF = Effort(steps_per_meeting=5, exact_work=0.0)


def test_a_process_of_its_own_gives_the_same_plan_and_reports() -> None:
    problem, heard = forum(30), list[Progress]()

    plan = solve_apart(problem, seed=3, effort=BRIEF, on_progress=heard.append)

    assert (plan, bool(heard), active_children()) == (solve(problem, seed=3, effort=BRIEF), True, [])


def test_one_that_is_killed_is_said_to_have_ended() -> None:
    def kill() -> bool:
        for process in active_children():
            process.kill()
        return False

    with pytest.raises(ChildProcessError):
        solve_apart(forum(30), effort=BRIEF, should_stop=kill)
