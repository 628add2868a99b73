from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from forum.domain.states import PartOfDay, SeparationKind
from forum.scheduling.interchange import InterchangeError, plan_data, plan_from, problem_data, problem_from
from forum.scheduling.problem import (
    Interpreter,
    Lock,
    Person,
    Precedence,
    Problem,
    Request,
    Separation,
    Slot,
    Table,
)
from forum.scheduling.solve import QUICK, solve
from tests.scheduling.problems import problems

FULL = Problem(
    slots=(Slot(1, 0, 540, PartOfDay.MORNING), Slot(2, 0), Slot("late", 1, part=PartOfDay.AFTERNOON)),
    people=(
        Person("a", frozenset({1}), frozenset({2}), frozenset({"ru", "kk"}), 3, "x", 1, 2, "kk", True),
        Person("b", party="y"),
        Person(7),
    ),
    tables=(Table("t", frozenset({1}), "x", "north", True), Table(2)),
    requests=(
        Request(1, ("a", "b"), 5, True, frozenset({1}), "late", 1, PartOfDay.AFTERNOON),
        Request("q", ("b", 7), length=2),
    ),
    interpreters=(Interpreter("i", frozenset({"ru", "en"}), frozenset({2}), 4),),
    locks=(Lock(1, "late", 2, "i"),),
    precedences=(Precedence(1, "q"),),
    separations=(Separation("x", "y", SeparationKind.APART),),
)
LEAST = {"slots": [{"id": 1, "block": 0}], "people": [{"id": "a"}, {"id": "b"}], "tables": [{"id": 1}]}


def carried(data):
    return json.loads(json.dumps(data))


def test_a_problem_with_everything_comes_back_the_same():
    assert problem_from(carried(problem_data(FULL))) == FULL


@settings(max_examples=30, deadline=None)
@given(problems())
def test_any_problem_and_its_plan_come_back_the_same(problem):
    plan = solve(problem, effort=QUICK)

    assert problem_from(carried(problem_data(problem))) == problem
    assert plan_from(carried(plan_data(plan))) == type(plan)(plan.placements, plan.unplaced)


def test_a_plan_says_how_good_it_is():
    request = Request("ab", ("a", "b"), weight=3)
    problem = Problem((Slot(1, 0),), (Person("a"), Person("b")), (Table("t"),), (request,))

    data = plan_data(solve(problem))

    assert data["placements"] == [{"request": "ab", "slot": 1, "table": "t"}]
    assert (data["certificate"]["weight"], data["certificate"]["proven"]) == (3, True)


@pytest.mark.parametrize(
    ("changes", "code", "facts"),
    [
        ({"requests": {}}, "json_wrong_kind", {"place": "requests", "wanted": "a list"}),
        ({}, "json_missing", {"place": "the file", "name": "requests"}),
        ({"requests": [], "rooms": []}, "json_unknown_name", {"place": "the file", "name": "rooms"}),
        ({"requests": [7]}, "json_wrong_kind", {"place": "requests[0]", "wanted": "an object"}),
        ({"requests": [{"id": 1}]}, "json_missing", {"place": "requests[0]", "name": "people"}),
        (
            {"requests": [{"id": 1, "people": ["a", None]}]},
            "json_wrong_kind",
            {"place": "requests[0].people[1]", "wanted": "a text or a whole number"},
        ),
        (
            {"requests": [{"id": 1, "people": ["a", "b"], "weight": True}]},
            "json_wrong_kind",
            {"place": "requests[0].weight", "wanted": "a whole number"},
        ),
        (
            {"requests": [{"id": 1, "people": ["a", "b"], "part": "night"}]},
            "json_wrong_kind",
            {"place": "requests[0].part", "wanted": "“morning” or “afternoon”"},
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(changes, code, facts):
    with pytest.raises(InterchangeError) as refused:
        problem_from({**LEAST, **changes})

    assert (refused.value.code, refused.value.data) == (code, facts)
