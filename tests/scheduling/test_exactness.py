"""Weights up to the limit are added exactly, and beyond it they are refused."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from forum.scheduling.bound import Relaxation, bound
from forum.scheduling.exactness import MOST_IN_ALL, refuse_inexact
from forum.scheduling.indexed import Indexed
from forum.scheduling.problem import Person, Problem, ProblemError, Request, Slot, Table
from forum.scheduling.solve import QUICK, solve


def crowd(people: int, requests: int, weight: int, must: bool) -> Problem:
    """Of all requests one is lighter by 1 than the others: a sum that is rounded hides that."""
    random = Random(1)
    pairs = [tuple(random.sample(range(people), 2)) for _ in range(requests)]
    asked = [Request(at, pair, weight, must and not at) for at, pair in enumerate(pairs)]
    asked[-1] = replace(asked[-1], weight=weight - 1)
    slots = tuple(Slot(at, 0) for at in range(requests))
    return Problem(slots, tuple(Person(at) for at in range(people)), (Table("t"),), tuple(asked))


def heaviest(people: int, requests: int, must: bool) -> int:
    """The largest weight that is not refused."""
    low, high = 1, 2**60
    while low < high:
        middle = (low + high + 1) // 2
        try:
            Indexed(crowd(people, requests, middle, must))
            low = middle
        except ProblemError:
            high = middle - 1
    return low


@pytest.mark.parametrize(
    ("people", "requests", "must"), [(2, 2, False), (6, 9, False), (6, 9, True), (300, 40, True)]
)
def test_what_is_not_refused_is_added_exactly(people: int, requests: int, must: bool) -> None:
    weight = heaviest(people, requests, must)
    problem = crowd(people, requests, weight, must)
    index = Indexed(problem)

    found, plan = bound(Relaxation(index, [])), solve(problem, effort=QUICK)

    assert (found.musts, found.weight) == (int(must), requests * weight - 1)
    assert (plan.certificate.weight, plan.certificate.bound) == (requests * weight - 1, requests * weight - 1)


def test_the_limit_is_far_beyond_any_forum() -> None:
    """Five thousand people with eight requests each, the rank of a must for a thousand of them."""
    total = 1_000 * 200_000 + 40_000 * 5
    refuse_inexact(total, 200_005, [3] * 5_000, 5)
    with pytest.raises(ProblemError) as refused:
        refuse_inexact(MOST_IN_ALL + 1, 5, [3], 5)
    assert (refused.value.code, refused.value.data) == ("weights_too_large", {"weight": 5})
