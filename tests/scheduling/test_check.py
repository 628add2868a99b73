"""Each kind of clash is planted alone in a sound plan and must be found alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.domain.states import PartOfDay, SeparationKind
from forum.scheduling.check import Clash, ClashCode, check
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import (
    Interpreter,
    Lock,
    Person,
    Precedence,
    Problem,
    ProblemError,
    Request,
    Separation,
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


LONG = Problem(
    slots=(
        Slot(1, 0, part=PartOfDay.MORNING),
        Slot(2, 0, part=PartOfDay.MORNING),
        Slot(3, 0, part=PartOfDay.AFTERNOON),
        Slot(4, 1),
    ),
    people=(
        Person("anna", party="north", rest_after=2),
        Person("boris", party="south"),
        Person("chingiz", party="east"),
        Person("dana", is_official=True),
        Person("erlan", languages=BOTH, meets_in="kk"),
        Person("fatima", languages=BOTH, meets_in="ru"),
    ),
    tables=(
        Table("t1", zone="hall"),
        Table("t2", zone="hall"),
        Table("t3", zone="gallery"),
        Table("o", for_officials=True),
    ),
    requests=(
        Request("ac", ("anna", "chingiz"), length=2),
        Request("bd", ("boris", "dana"), length=2),
        Request("ab", ("anna", "boris")),
        Request("bf", ("boris", "fatima"), part=PartOfDay.AFTERNOON),
        Request("ad", ("anna", "dana")),
        Request("ef", ("erlan", "fatima")),
        Request("be", ("boris", "erlan")),
    ),
    interpreters=(Interpreter("kim", BOTH, max_in_a_row=1),),
    precedences=(Precedence("ef", "bf"),),
    separations=(
        Separation("north", "south", SeparationKind.NEVER),
        Separation("south", "east", SeparationKind.APART),
    ),
)
LONG_AC = Placement("ac", 1, "t1")
LONG_BD = Placement("bd", 1, "o")
LONG_BF = Placement("bf", 3, "t1")
LONG_AD = Placement("ad", 4, "o")
LONG_EF = Placement("ef", 2, "t2", "kim")
LONG_SOUND = (LONG_AC, LONG_BD, LONG_BF, LONG_AD, LONG_EF)
LONG_PLANTED = [
    ((replace(LONG_AC, slot=4),), Clash(C.TOO_LONG, ("ac",), 4)),
    ((LONG_AC, replace(LONG_BF, slot=2, table="t3")), Clash(C.OTHER_PART_OF_DAY, ("bf",), 2)),
    ((LONG_AC, replace(LONG_AD, slot=3)), Clash(C.PERSON_TIRED, ("ac", "ad"), 3, person="anna")),
    ((LONG_AC, replace(LONG_BF, table="o")), Clash(C.TABLE_FOR_OFFICIALS, ("bf",), 3, table="o")),
    ((LONG_BF, replace(LONG_EF, slot=4)), Clash(C.OUT_OF_ORDER, ("ef", "bf"), 3)),
    ((Placement("ab", 4, "t1"),), Clash(C.NEVER_MEET, ("ab",), 4)),
    ((LONG_AC, Placement("be", 2, "t2")), Clash(C.KEPT_APART, ("ac", "be"), 2)),
    ((LONG_AC, replace(LONG_EF, table="t1")), Clash(C.TABLE_TWICE, ("ac", "ef"), 2, table="t1")),
    ((LONG_BD, Placement("be", 2, "t3")), Clash(C.PERSON_TWICE, ("bd", "be"), 2, person="boris")),
    ((replace(LONG_EF, interpreter=None),), Clash(C.INTERPRETER_MISSING, ("ef",), 2)),
]


def long_plan(*placements: Placement) -> Plan:
    placed = {placement.request for placement in placements}
    return Plan(placements, tuple(r.id for r in LONG.requests if r.id not in placed))


def test_a_sound_plan_with_long_meetings_has_no_clash():
    assert check(LONG, long_plan(*LONG_SOUND)) == ()


@pytest.mark.parametrize(("placements", "clash"), LONG_PLANTED, ids=[clash.code for _, clash in LONG_PLANTED])
def test_a_planted_clash_of_the_rarer_rules_is_found_alone(placements, clash):
    assert check(LONG, long_plan(*placements)) == (clash,)


def test_every_code_is_planted_somewhere():
    planted = {clash.code for _, clash in (*PLANTED, *LONG_PLANTED)}
    planted |= {C.REQUEST_TWICE, C.REQUEST_FORGOTTEN}

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
        ("number_too_small", {"people": (*PROBLEM.people, Person("x", rest_after=0))}),
        ("order_in_a_ring", {"precedences": (Precedence("ab", "cd"), Precedence("cd", "ab"))}),
        ("separation_of_one", {"separations": (Separation("x", "x", SeparationKind.NEVER),)}),
        ("unknown_request", {"locks": (Lock("xx", 1),)}),
        ("unknown_table", {"locks": (Lock("ab", 1, "x"),)}),
        ("unknown_interpreter", {"locks": (Lock("ab", 1, None, "x"),)}),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(code, change):
    with pytest.raises(ProblemError) as refusal:
        replace(PROBLEM, **change)

    assert refusal.value.code == code
