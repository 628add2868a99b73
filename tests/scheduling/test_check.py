"""Each kind of clash is planted alone in a sound plan and must be found alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.scheduling.check import Clash, ClashCode, check
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import (
    Interpreter,
    Lock,
    Person,
    Problem,
    ProblemError,
    Request,
    Slot,
    Table,
)

BOTH = frozenset({"ru", "kk"})
PROBLEM = Problem(
    slots=(Slot(1, 0), Slot(2, 0), Slot(3, 0), Slot(4, 1)),
    people=(
        Person("anna", unavailable=frozenset({4}), languages=frozenset({"ru"}), party="north"),
        Person("boris", busy_elsewhere=frozenset({4}), languages=frozenset({"ru"})),
        Person("chingiz", languages=frozenset({"kk"})),
        Person("dana", languages=frozenset({"kk"}), max_meetings=1),
        Person("erlan", languages=BOTH),
        Person("fatima", languages=BOTH),
    ),
    tables=(Table("t1"), Table("t2", closed=frozenset({4})), Table("t3"), Table("own", owner="north")),
    requests=(
        Request("ab", ("anna", "boris"), forbidden_slots=frozenset({2})),
        Request("cd", ("chingiz", "dana"), fixed_slot=1),
        Request("ac", ("anna", "chingiz")),
        Request("ef", ("erlan", "fatima")),
        Request("bc", ("boris", "chingiz")),
        Request("be", ("boris", "erlan")),
        Request("de", ("dana", "erlan")),
    ),
    interpreters=(
        Interpreter("ivan", BOTH, frozenset({3}), max_in_a_row=1),
        Interpreter("john", frozenset({"ru", "en"})),
        Interpreter("kim", BOTH),
        Interpreter("lena", BOTH),
    ),
    locks=(Lock("ef", 3, "t1"), Lock("bc", 3, interpreter="kim")),
)
AB = Placement("ab", 1, "own")
CD = Placement("cd", 1, "t1")
AC = Placement("ac", 2, "t1", "ivan")
EF = Placement("ef", 3, "t1")
BC = Placement("bc", 3, "t2", "kim")


def plan_of(*placements: Placement) -> Plan:
    placed = {placement.request for placement in placements}
    return Plan(placements, tuple(r.id for r in PROBLEM.requests if r.id not in placed))


C = ClashCode
PLANTED = [
    ((AB, CD, AC, EF, BC, Placement("xx", 2, "t2")), Clash(C.UNKNOWN_REQUEST, ("xx",), 2)),
    ((AB, CD, replace(AC, slot=9), EF, BC), Clash(C.UNKNOWN_SLOT, ("ac",), 9)),
    ((AB, CD, replace(AC, table="x"), EF, BC), Clash(C.UNKNOWN_TABLE, ("ac",), 2, table="x")),
    (
        (AB, CD, replace(AC, interpreter="x"), EF, BC),
        Clash(C.UNKNOWN_INTERPRETER, ("ac",), 2, interpreter="x"),
    ),
    (
        (AB, CD, AC, EF, BC, Placement("be", 1, "t2")),
        Clash(C.PERSON_TWICE, ("ab", "be"), 1, person="boris"),
    ),
    ((AB, CD, replace(AC, slot=4), EF, BC), Clash(C.PERSON_UNAVAILABLE, ("ac",), 4, person="anna")),
    (
        (AB, CD, AC, EF, BC, Placement("be", 4, "t1")),
        Clash(C.PERSON_ELSEWHERE, ("be",), 4, person="boris"),
    ),
    (
        (AB, CD, AC, EF, BC, Placement("de", 2, "t2")),
        Clash(C.PERSON_OVER_LIMIT, ("cd", "de"), person="dana"),
    ),
    ((replace(AB, table="t1"), CD, AC, EF, BC), Clash(C.TABLE_TWICE, ("ab", "cd"), 1, table="t1")),
    ((AB, AC, EF, BC, Placement("de", 4, "t2")), Clash(C.TABLE_CLOSED, ("de",), 4, table="t2")),
    (
        (replace(AB, table="t2"), replace(CD, table="own"), AC, EF, BC),
        Clash(C.TABLE_FOREIGN, ("cd",), 1, table="own"),
    ),
    ((replace(AB, slot=2), CD, EF, BC), Clash(C.SLOT_FORBIDDEN, ("ab",), 2)),
    ((AB, replace(CD, slot=4), AC, EF, BC), Clash(C.SLOT_NOT_FIXED, ("cd",), 4)),
    ((AB, CD, replace(AC, interpreter=None), EF, BC), Clash(C.INTERPRETER_MISSING, ("ac",), 2)),
    (
        (AB, CD, replace(AC, interpreter="john"), EF, BC),
        Clash(C.INTERPRETER_LANGUAGES, ("ac",), 2, interpreter="john"),
    ),
    (
        (AB, CD, replace(AC, slot=3, table="t3"), EF),
        Clash(C.INTERPRETER_UNAVAILABLE, ("ac",), 3, interpreter="ivan"),
    ),
    (
        (AB, CD, AC, replace(EF, interpreter="kim"), BC),
        Clash(C.INTERPRETER_TWICE, ("ef", "bc"), 3, interpreter="kim"),
    ),
    (
        (AB, replace(CD, interpreter="ivan"), AC, EF, BC),
        Clash(C.INTERPRETER_TIRED, ("cd", "ac"), 2, interpreter="ivan"),
    ),
    ((AB, CD, AC, replace(EF, slot=4), BC), Clash(C.LOCK_SLOT, ("ef",), 3)),
    ((AB, CD, AC, replace(EF, table="t3"), BC), Clash(C.LOCK_TABLE, ("ef",), 3, table="t1")),
    (
        (AB, CD, AC, EF, replace(BC, interpreter="lena")),
        Clash(C.LOCK_INTERPRETER, ("bc",), 3, interpreter="kim"),
    ),
]


def test_the_sound_plan_has_no_clash():
    assert check(PROBLEM, plan_of(AB, CD, AC, EF, BC)) == ()


@pytest.mark.parametrize(("placements", "clash"), PLANTED, ids=[clash.code for _, clash in PLANTED])
def test_a_planted_clash_is_found_alone(placements, clash):
    assert check(PROBLEM, plan_of(*placements)) == (clash,)


def test_a_request_both_placed_and_unplaced_is_found():
    plan = plan_of(AB, CD, AC, EF, BC)

    assert check(PROBLEM, replace(plan, unplaced=("ab", *plan.unplaced))) == (
        Clash(C.REQUEST_TWICE, ("ab",)),
    )


def test_a_request_that_the_plan_does_not_mention_is_found():
    assert check(PROBLEM, replace(plan_of(AB, CD, AC, EF, BC), unplaced=("be",))) == (
        Clash(C.REQUEST_FORGOTTEN, ("de",)),
    )


def test_a_stranger_among_the_unplaced_is_found():
    plan = plan_of(AB, CD, AC, EF, BC)

    assert check(PROBLEM, replace(plan, unplaced=(*plan.unplaced, "xx"))) == (
        Clash(C.UNKNOWN_REQUEST, ("xx",)),
    )


def test_every_code_is_planted_somewhere():
    planted = {clash.code for _, clash in PLANTED} | {C.REQUEST_TWICE, C.REQUEST_FORGOTTEN}

    assert planted == set(ClashCode)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("doubled_id", {"slots": (*PROBLEM.slots, Slot(1, 1))}),
        ("block_scattered", {"slots": (*PROBLEM.slots, Slot(5, 0))}),
        ("unknown_slot", {"tables": (Table("t1", closed=frozenset({9})),)}),
        ("unknown_person", {"requests": (Request("ax", ("anna", "x")),), "locks": ()}),
        ("request_people", {"requests": (Request("aa", ("anna", "anna")),), "locks": ()}),
        ("number_too_small", {"requests": (Request("ab", ("anna", "boris"), weight=-1),), "locks": ()}),
        ("unknown_request", {"locks": (Lock("xx", 1),)}),
        ("unknown_table", {"locks": (Lock("ab", 1, "x"),)}),
        ("unknown_interpreter", {"locks": (Lock("ab", 1, None, "x"),)}),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(code, change):
    with pytest.raises(ProblemError) as refusal:
        replace(PROBLEM, **change)

    assert refusal.value.code == code
