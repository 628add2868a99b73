from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.scheduling.check import check
from forum.scheduling.difference import Difference, difference
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Interpreter, Person, Problem, Request, Slot, Table
from forum.scheduling.repair import repair
from forum.scheduling.solve import Effort, solve
from tests.benchmarks.scheduling.forums import forum
from tests.scheduling.optimum import all_plans
from tests.scheduling.problems import problems

SHORT = Effort(steps_per_meeting=20, exact_size=0)
TINY = {"people": 5, "requests": 4, "slots": 3, "locks": False}


def disturbed(problem: Problem, seed: int) -> Problem:
    """Somebody falls out for some slots, a table is closed, an interpreter may be lost."""
    random = Random(seed)
    slots = [slot.id for slot in problem.slots]
    hit = random.choice(problem.people)
    gone = frozenset(slot for slot in slots if random.random() < 0.5)
    people = tuple(replace(p, unavailable=p.unavailable | gone) if p is hit else p for p in problem.people)
    shut = random.choice(problem.tables)
    closed = frozenset(slot for slot in slots if random.random() < 0.3)
    tables = tuple(replace(t, closed=t.closed | closed) if t is shut else t for t in problem.tables)
    interpreters = problem.interpreters[1:] if random.random() < 0.3 else problem.interpreters
    return replace(problem, people=people, tables=tables, interpreters=interpreters)


def harm(before: Plan, after: Plan) -> tuple[int, int]:
    change = difference(before, after)
    return len(change.cancelled), len(change.moved)


@settings(max_examples=100, deadline=None)
@given(problems(locks=False), st.integers(0, 1000))
def test_a_repaired_plan_has_no_clash(problem, seed):
    changed = disturbed(problem, seed)

    assert check(changed, repair(changed, solve(problem, effort=SHORT), effort=SHORT)) == ()


@settings(max_examples=80, deadline=None)
@given(problems(**TINY), st.integers(0, 1000))
def test_nothing_is_cancelled_or_moved_that_need_not_be(problem, seed):
    published = solve(problem, effort=SHORT)
    changed = disturbed(problem, seed)

    repaired = repair(changed, published)

    least = min(harm(published, plan) for plan in all_plans(changed))
    assert harm(published, repaired) == least
    assert (repaired.certificate.cancelled_bound, repaired.certificate.moved_bound) == least


@settings(max_examples=60, deadline=None)
@given(problems(locks=False), st.integers(0, 1000))
def test_repairing_twice_gives_the_same_plan(problem, seed):
    published = solve(problem, effort=SHORT)
    changed = disturbed(problem, seed)

    assert repair(changed, published) == repair(changed, published)


@settings(max_examples=60, deadline=None)
@given(problems(locks=False))
def test_a_plan_that_is_still_right_keeps_every_slot(problem):
    published = solve(problem, effort=SHORT)

    assert harm(published, repair(problem, published)) == (0, 0)


def test_who_is_cancelled_is_not_counted_as_moved_in_what_is_known_of_the_least():
    people = [Person(name) for name in "abcd"]
    requests = (Request("ab", ("a", "b")), Request("ac", ("a", "c")), Request("ad", ("a", "d")))
    problem = Problem((Slot(1, 0), Slot(2, 0), Slot(3, 0)), tuple(people), (Table(1),), requests)
    published = solve(problem, effort=SHORT)
    away = replace(people[0], unavailable=frozenset(p.slot for p in published.placements[:2]))

    found = repair(replace(problem, people=(away, *people[1:])), published, effort=SHORT).certificate

    assert [(level.value, level.bound) for level in found.levels[3:5]] == [(2, 2), (0, 0)]


def test_in_a_large_forum_one_who_falls_out_costs_nobody_else_a_meeting():
    problem = forum(300)
    published = solve(problem, effort=Effort(steps_per_meeting=20))
    gone = replace(problem.people[7], unavailable=frozenset(slot.id for slot in problem.slots))
    changed = replace(problem, people=(*problem.people[:7], gone, *problem.people[8:]))

    repaired = repair(changed, published)

    own = {p.request for p in published.placements if 7 in problem.request_by_id[p.request].people}
    assert check(changed, repaired) == ()
    assert set(difference(published, repaired).cancelled) == own
    assert difference(published, repaired).moved == ()


def test_tables_and_interpreters_stay_as_announced():
    problem = Problem(
        slots=(Slot(1, 0), Slot(2, 0)),
        people=(
            Person("a", languages=frozenset({"ru"})),
            Person("b", languages=frozenset({"kk"})),
            Person("c"),
        ),
        tables=(Table("t1"), Table("t2"), Table("t3")),
        requests=(Request("ab", ("a", "b")), Request("ac", ("a", "c"))),
        interpreters=(
            Interpreter("i1", frozenset({"ru", "kk"})),
            Interpreter("i2", frozenset({"ru", "kk"})),
        ),
    )
    published = Plan((Placement("ab", 1, "t3", "i2"), Placement("ac", 2, "t2")), ())

    assert repair(problem, published).placements == published.placements


def test_a_difference_names_each_kind_of_change():
    before = Plan((Placement(1, "a", "t"), Placement(2, "a", "u"), Placement(3, "b", "t")), (4,))
    after = Plan((Placement(1, "a", "v"), Placement(2, "b", "u"), Placement(4, "c", "t")), (3,))

    assert difference(before, after) == Difference(added=(4,), cancelled=(3,), moved=(2,), reseated=(1,))
