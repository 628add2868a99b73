from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.scheduling.check import check
from forum.scheduling.explain import ReasonCode, explain
from forum.scheduling.problem import Interpreter, Lock, Person, Precedence, Problem, Request, Slot, Table
from forum.scheduling.solve import QUICK, Effort, Progress, Stage, solve
from tests.benchmarks.scheduling.forums import forum
from tests.scheduling.problems import problems

SHORT = Effort(steps_per_meeting=30, exact_size=0)


@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(0, 3))
def test_no_plan_has_a_clash_or_exceeds_its_bound(problem, seed):
    plan = solve(problem, seed=seed, effort=SHORT)

    assert check(problem, plan) == ()
    assert plan.certificate.musts <= plan.certificate.musts_bound
    assert plan.certificate.weight <= plan.certificate.bound
    assert plan.certificate.idle >= plan.certificate.idle_bound


@settings(max_examples=50, deadline=None)
@given(problems(), st.integers(0, 3))
def test_the_same_seed_gives_the_same_plan(problem, seed):
    assert solve(problem, seed=seed, effort=SHORT) == solve(problem, seed=seed, effort=SHORT)


@settings(max_examples=50, deadline=None)
@given(problems())
def test_nothing_is_left_out_that_simply_fits(problem):
    explanations = explain(problem, solve(problem, effort=SHORT))

    assert [e.request for e in explanations if e.reasons[0].code is ReasonCode.NOTHING] == []


@settings(max_examples=50, deadline=None)
@given(problems(), st.integers(0, 5))
def test_a_stopped_solve_gives_a_plan_without_clash(problem, patience):
    asked = []

    def should_stop():
        asked.append(None)
        return len(asked) > patience

    assert check(problem, solve(problem, effort=SHORT, should_stop=should_stop)) == ()


@settings(max_examples=50, deadline=None)
@given(problems(locks=False), st.data())
def test_locks_on_what_a_plan_holds_are_kept(problem, data):
    before = solve(problem, effort=SHORT)
    picked = data.draw(st.sets(st.sampled_from(before.placements))) if before.placements else set()
    locks = tuple(Lock(p.request, p.slot, p.table, p.interpreter) for p in picked)
    locked = replace(problem, locks=locks)

    after = solve(locked, seed=1, effort=SHORT)

    assert check(locked, after) == ()
    assert picked <= set(after.placements)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_solve_from_a_previous_plan_never_places_less(problem):
    before = solve(problem, effort=SHORT)
    after = solve(problem, seed=1, effort=QUICK, previous=before)

    assert check(problem, after) == ()
    assert (after.certificate.musts, after.certificate.weight) >= (
        before.certificate.musts,
        before.certificate.weight,
    )


def test_a_forum_of_a_hundred_reaches_the_bound_and_nobody_waits():
    problem = forum(100)

    plan = solve(problem)

    assert check(problem, plan) == ()
    assert (plan.certificate.gap, plan.certificate.idle, plan.certificate.proven) == (0, 0, True)


def test_a_plan_with_orders_between_meetings_is_proven_all_the_same():
    plain = forum(60)
    mine = [request.id for request in plain.requests if 0 in request.people]
    problem = replace(plain, precedences=(Precedence(mine[0], mine[1]), Precedence(mine[1], mine[2])))

    plan = solve(problem, effort=Effort(exact_size=0))

    assert check(problem, plan) == ()
    assert plan.certificate.proven


def test_progress_goes_up_and_ends_with_the_tables():
    heard: list[Progress] = []

    solve(forum(20), effort=SHORT, on_progress=heard.append)

    shares = [progress.share for progress in heard]
    assert shares == sorted(shares)
    assert (heard[0].stage, heard[-1].stage) == (Stage.BOUND, Stage.TABLES)


def test_an_own_table_is_used_before_the_shared_ones_and_only_by_its_owner():
    problem = Problem(
        slots=(Slot(1, 0),),
        people=(Person("a", party="x"), Person("b"), Person("c"), Person("d")),
        tables=(Table("own", owner="x"), Table("shared")),
        requests=(Request("ab", ("a", "b")), Request("cd", ("c", "d"))),
    )

    plan = solve(problem)

    assert {p.request: p.table for p in plan.placements} == {"ab": "own", "cd": "shared"}


def test_a_must_goes_before_any_weight():
    problem = Problem(
        slots=(Slot(1, 0),),
        people=(Person("a"), Person("b"), Person("c")),
        tables=(Table(1),),
        requests=(Request("heavy", ("a", "b"), weight=99), Request("must", ("a", "c"), must=True)),
    )

    plan = solve(problem)

    assert [p.request for p in plan.placements] == ["must"]
    assert (plan.certificate.musts, plan.certificate.weight, plan.certificate.proven) == (1, 1, True)


def test_scarce_interpreters_in_a_row_are_shared_out_without_a_clash():
    plain = forum(60)
    people = tuple(
        replace(one, languages=frozenset({"ru"} if one.id < 30 else {"kk"}), party=one.id // 3)
        for one in plain.people
    )
    helpers = tuple(Interpreter(n, frozenset({"ru", "kk"}), max_in_a_row=2) for n in range(4))
    tables = tuple(replace(table, owner=table.id if table.id < 4 else None) for table in plain.tables)
    problem = replace(plain, people=people, interpreters=helpers, tables=tables)

    plan = solve(problem, effort=Effort(steps_per_meeting=100))

    assert check(problem, plan) == ()
    assert plan.certificate.placed == 4 * 14


def test_the_least_served_goes_first_when_two_weigh_the_same():
    problem = Problem(
        slots=(Slot(1, 0), Slot(2, 0)),
        people=(Person("a", min_meetings=1), Person("b"), Person("c"), Person("d")),
        tables=(Table(1),),
        requests=(
            Request("ab", ("a", "b"), must=True),
            Request("ac", ("a", "c")),
            Request("cd", ("c", "d")),
        ),
    )

    plan = solve(problem)

    assert {p.request for p in plan.placements} == {"ab", "cd"}
    assert plan.certificate.proven


def test_an_announced_plan_changes_no_more_than_weight_asks_for():
    problem = forum(40)
    announced = solve(problem, effort=QUICK)

    again = solve(problem, seed=3, effort=SHORT, announced=announced).certificate

    assert (again.cancelled, again.moved) == (0, 0)
    assert [level.name for level in again.levels] == [
        *("musts", "weight", "shortfall", "cancelled", "moved", "idle", "uneven")
    ]
