from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.domain.states import SeparationKind
from forum.scheduling import remedies
from forum.scheduling.check import check
from forum.scheduling.explain import Explanation, Reason, ReasonCode, explain
from forum.scheduling.plan import Placement, Plan
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
from forum.scheduling.remedies import Change, ChangeKind, Remedy, apply_remedy
from forum.scheduling.solve import Effort, solve
from tests.calls_noted import calls
from tests.scheduling.problems import problems

SHORT = Effort(steps_per_meeting=20, exact_size=0)


@settings(max_examples=120, deadline=None)
@given(problems(), st.data())
def test_every_remedy_applied_places_its_request_without_a_clash(problem, data):
    plan = solve(problem, effort=SHORT)
    dropped = data.draw(st.sets(st.sampled_from(plan.placements))) if plan.placements else set()
    kept = tuple(p for p in plan.placements if p not in dropped)
    plan = Plan(kept, (*plan.unplaced, *(p.request for p in dropped)))

    for explanation in explain(problem, plan, most_remedies=99):
        for remedy in explanation.remedies:
            changed, remedied = apply_remedy(problem, plan, remedy)

            assert check(changed, remedied) == ()
            assert remedied.by_request[remedy.request].slot == remedy.slot


@settings(max_examples=60, deadline=None)
@given(problems())
def test_reasons_name_every_slot_once(problem):
    plan = solve(problem, effort=SHORT)

    for explanation in explain(problem, plan):
        slots = [slot for reason in explanation.reasons for slot in reason.slots]
        assert sorted(slots) == sorted(slot.id for slot in problem.slots)


@settings(max_examples=40, deadline=None)
@given(problems(people=6, requests=10, slots=4), st.data())
def test_a_request_fits_where_nothing_is_said_to_be_in_the_way_and_nowhere_else(problem, data):
    plan = solve(problem, effort=SHORT)
    locked = {lock.request for lock in problem.locks}
    loose = [one for one in plan.placements if one.request not in locked]
    dropped = data.draw(st.sets(st.sampled_from(loose), max_size=2)) if loose else set()
    kept = tuple(p for p in plan.placements if p not in dropped)
    plan = Plan(kept, (*plan.unplaced, *(p.request for p in dropped)))

    for explanation in explain(problem, plan):
        free = {slot for r in explanation.reasons if r.code is ReasonCode.NOTHING for slot in r.slots}
        fits = {slot.id for slot in problem.slots if fits_in(problem, plan, explanation.request, slot.id)}
        assert free == fits


def fits_in(problem: Problem, plan: Plan, request: str, slot: str) -> bool:
    """Is there a table and, if need be, an interpreter with whom the checker finds no new clash?"""
    before = len(check(problem, plan))
    needs = problem.needs_interpreter(problem.request_by_id[request])
    helpers = [one.id for one in problem.interpreters] if needs else [None]
    left = tuple(one for one in plan.unplaced if one != request)
    return any(
        len(check(problem, Plan((*plan.placements, Placement(request, slot, table.id, helper)), left)))
        <= before
        for table in problem.tables
        for helper in helpers
    )


PAIR = Problem(
    slots=(Slot(1, 0),),
    people=(Person("a"), Person("b"), Person("c")),
    tables=(Table("t"),),
    requests=(Request("ab", ("a", "b")),),
)
AWAY = (Person("a", unavailable=frozenset({1})), Person("b"))
STRANGERS = (Person("a", languages=frozenset({"ru"})), Person("b", languages=frozenset({"kk"})))
LIMITED = (Person("a", max_meetings=0), Person("b"))
BESIDE = (Request("ab", ("a", "b"), weight=1), Request("ac", ("a", "c"), weight=2))


@pytest.mark.parametrize(
    ("change", "reason", "steps"),
    [
        (
            {"people": AWAY},
            Reason(ReasonCode.PEOPLE_AWAY, (1,), ("a",)),
            (Change(ChangeKind.FREE_PERSON, person="a"),),
        ),
        (
            {"people": STRANGERS},
            Reason(ReasonCode.NO_INTERPRETER, (1,), ("a", "b")),
            (Change(ChangeKind.ADD_INTERPRETER, languages=("kk", "ru")),),
        ),
        (
            {"people": LIMITED},
            Reason(ReasonCode.LIMIT_REACHED, (1,), ("a",)),
            (Change(ChangeKind.RAISE_LIMIT, person="a"),),
        ),
        (
            {"tables": (Table("t", closed=frozenset({1})),)},
            Reason(ReasonCode.NO_TABLE, (1,)),
            (Change(ChangeKind.ADD_TABLE),),
        ),
        (
            {"requests": (Request("ab", ("a", "b"), forbidden_slots=frozenset({1})),)},
            Reason(ReasonCode.SLOT_NOT_ALLOWED, (1,)),
            (Change(ChangeKind.ALLOW_SLOT, request="ab"),),
        ),
        (
            {"people": AWAY, "locks": (Lock("ab", 1),)},
            Reason(ReasonCode.LOCK_NOT_KEPT, (1,), ("a",)),
            (Change(ChangeKind.DROP_LOCK, request="ab"), Change(ChangeKind.FREE_PERSON, person="a")),
        ),
        (
            {"requests": BESIDE},
            Reason(ReasonCode.OUTWEIGHED, (1,), ("a",), ("ac",)),
            (Change(ChangeKind.CANCEL, request="ac"),),
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Reason) else "",
)
def test_the_only_obstacle_is_named_with_its_remedy(change, reason, steps):
    problem = replace(PAIR, **change)

    (explanation,) = explain(problem, solve(problem))

    assert explanation.reasons == (reason,)
    assert [remedy.changes for remedy in explanation.remedies] == [steps]


RARE = [
    (
        {"people": (Person("a", party="x"), Person("b", party="y"))},
        {"separations": (Separation("x", "y", SeparationKind.NEVER),)},
        Reason(ReasonCode.NEVER_MEET, (1,), ("a", "b")),
        [],
    ),
    ({"requests": (Request("ab", ("a", "b"), length=2),)}, {}, Reason(ReasonCode.TOO_LONG, (1,)), []),
    (
        {"people": (Person("a"), Person("b"), Person("c", rest_after=1))},
        {
            "slots": (Slot(1, 0), Slot(2, 0)),
            "requests": (
                Request("ab", ("a", "c"), weight=2, fixed_slot=1),
                Request("bc", ("b", "c"), fixed_slot=2),
            ),
            "precedences": (Precedence("ab", "bc"),),
        },
        Reason(ReasonCode.PEOPLE_TIRED, (2,), ("c",)),
        [(Change(ChangeKind.SKIP_REST, person="c"),)],
    ),
]


@pytest.mark.parametrize(
    ("change", "rules", "reason", "steps"), RARE, ids=[reason.code for _, _, reason, _ in RARE]
)
def test_a_rarer_rule_is_named_with_its_remedy_if_there_is_one(change, rules, reason, steps):
    problem = replace(PAIR, **{**change, **rules})

    (explanation,) = explain(problem, solve(problem), most_remedies=1)

    assert explanation.reasons[0] == reason
    assert [remedy.changes for remedy in explanation.remedies] == steps


def test_a_request_that_was_merely_left_out_needs_nothing():
    assert explain(PAIR, Plan((), ("ab",))) == (
        Explanation("ab", (Reason(ReasonCode.NOTHING, (1,)),), (Remedy("ab", 1, (), 0),)),
    )


def test_a_missing_table_is_cheaper_than_anothers_meeting():
    four = (*PAIR.people, Person("d"))
    requests = (Request("ab", ("a", "b"), weight=2), Request("cd", ("c", "d")))
    problem = replace(PAIR, people=four, requests=requests)

    (explanation,) = explain(problem, solve(problem))

    assert explanation.reasons == (Reason(ReasonCode.NO_TABLE, (1,)),)
    assert [remedy.changes for remedy in explanation.remedies] == [
        (Change(ChangeKind.ADD_TABLE),),
        (Change(ChangeKind.CANCEL, request="ab"),),
    ]


def test_a_tired_interpreter_is_not_offered_again():
    problem = replace(
        PAIR,
        slots=(Slot(1, 0), Slot(2, 0)),
        people=(*STRANGERS, Person("c", languages=frozenset({"kk"}), unavailable=frozenset({2}))),
        requests=(Request("ac", ("a", "c"), weight=2), Request("ab", ("a", "b"), fixed_slot=2)),
        interpreters=(Interpreter("i", frozenset({"ru", "kk"}), max_in_a_row=1),),
    )

    (explanation,) = explain(problem, solve(problem))

    assert explanation.reasons[0] == Reason(ReasonCode.NO_INTERPRETER, (2,), ("a", "b"))


@pytest.mark.parametrize(("most", "is_sought"), [(0, False), (1, True)])
def test_who_asks_for_no_remedies_has_none_looked_for(most: int, is_sought: bool) -> None:
    problem = Problem(
        (Slot("s", 0),),
        tuple(Person(name) for name in "abc"),
        (Table(1),),
        (Request("ab", ("a", "b")), Request("ac", ("a", "c"))),
    )

    with calls(remedies) as seen:
        explain(problem, Plan((Placement("ab", "s", 1),), ("ac",)), most_remedies=most)

    assert ({name for name, _ in seen} != {"remedies_in"}) is is_sought
