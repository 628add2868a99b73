"""No forum is served worse than by giving each request in turn the earliest slot that is open to it."""

from __future__ import annotations

from random import Random

import pytest

from forum.scheduling.check import check
from forum.scheduling.construct import first_come
from forum.scheduling.indexed import Indexed
from forum.scheduling.problem import Problem
from forum.scheduling.solve import Effort, solve
from tests.scheduling.problems import random_problem

ALONE = Effort(steps_per_meeting=0, exact_work=0.0)
"""Without annealing and proof, which hide a bad beginning."""


def forum(seed: int) -> Problem:
    random = Random(seed)
    return random_problem(random, random.randint(2, 14), random.randint(0, 50), random.randint(1, 10), True)


@pytest.mark.parametrize("seeds", [range(start, start + 100) for start in range(0, 1_000, 100)])
def test_no_forum_is_served_worse_than_first_come(seeds: range) -> None:
    worse = []
    for seed in seeds:
        problem = forum(seed)
        index, plan = Indexed(problem), solve(problem, effort=ALONE)
        reached = plan.certificate.musts * index.level + plan.certificate.weight
        if reached < first_come(index).merit() or check(problem, plan):
            worse.append(seed)
    assert worse == []
