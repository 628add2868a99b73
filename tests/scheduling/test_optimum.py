from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.scheduling.board import Board
from forum.scheduling.bound import Relaxation, bound, quick_bound
from forum.scheduling.indexed import Indexed
from forum.scheduling.problem import Person, Problem, Request, Slot, Table
from forum.scheduling.solve import Effort, solve
from tests.scheduling.optimum import all_plans, value
from tests.scheduling.problems import problems

TINY = {"people": 5, "requests": 4, "slots": 3, "locks": False}


@settings(max_examples=120, deadline=None)
@given(problems(**TINY))
def test_a_proven_plan_is_as_good_as_the_best_of_all_plans(problem):
    plan = solve(problem, effort=Effort(steps_per_meeting=20))

    assert plan.certificate.proven
    assert value(problem, plan) == max(value(problem, other) for other in all_plans(problem))


@settings(max_examples=120, deadline=None)
@given(problems(**TINY))
def test_the_relaxed_bound_is_never_below_the_best_of_all_plans(problem):
    index = Indexed(problem)
    musts, weight, *_ = max(value(problem, other) for other in all_plans(problem))

    for found in (bound(Relaxation(index, ())), quick_bound(index)):
        assert found.musts >= musts
        assert found.any_weight >= weight
        assert found.musts > musts or found.weight >= weight


@settings(max_examples=120, deadline=None)
@given(problems(**{**TINY, "slots": 4}))
def test_no_plan_as_good_before_undercuts_a_bound(problem):
    plan = solve(problem, effort=Effort(steps_per_meeting=1, exact_size=0))
    reached = value(problem, plan)
    bounds = [-level.bound for level in plan.certificate.levels[2:]]

    for other in all_plans(problem):
        found = value(problem, other)
        for place, bound_of_level in enumerate(bounds, start=2):
            assert found[:place] < reached[:place] or found[place] <= bound_of_level


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_certificate_counts_what_the_plan_holds(problem):
    plan = solve(problem, effort=Effort(steps_per_meeting=20, exact_size=0))
    certificate = plan.certificate

    assert certificate.placed == len(plan.placements)
    counted = (certificate.musts, certificate.weight, -certificate.shortfall, 0, 0, -certificate.idle)
    assert (*counted, -certificate.uneven) == value(problem, plan)


@pytest.mark.parametrize(("away", "idle"), [("busy_elsewhere", 0), ("unavailable", 1)])
def test_time_elsewhere_is_not_waited_but_time_declared_unavailable_is(away, idle):
    problem = Problem(
        slots=(Slot(1, 0), Slot(2, 0), Slot(3, 0)),
        people=(Person("a", **{away: frozenset({2})}), Person("b"), Person("c")),
        tables=(Table("t"),),
        requests=(Request("ab", ("a", "b"), fixed_slot=1), Request("ac", ("a", "c"), fixed_slot=3)),
    )

    certificate = solve(problem).certificate

    assert (certificate.placed, certificate.idle, certificate.proven) == (2, idle, True)


@settings(max_examples=60, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_a_board_taken_apart_again_is_empty(problem, random):
    index = Indexed(problem)
    board = Board(index)
    for request in random.sample(range(index.request_count), index.request_count):
        for slot in index.slots_of(index.every_slot):
            if board.place(request, slot):
                break
    for request in range(index.request_count):
        if board.slot_of[request] >= 0:
            board.remove(request)

    empty = Board(index)
    assert (board.at, board.held, board.extra) == (empty.at, empty.held, empty.extra)
    assert (board.rooms.load, board.rooms.taken, board.rooms.choosy) == (
        empty.rooms.load,
        empty.rooms.taken,
        empty.rooms.choosy,
    )
    assert (board.rooms.shared, board.rooms.own) == (empty.rooms.shared, empty.rooms.own)
    assert (board.booths.serves, board.booths.duty) == (empty.booths.serves, empty.booths.duty)
