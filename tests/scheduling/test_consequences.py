"""What a board says about its cells is true: what is possible breaks no rule, what is impossible would."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.scheduling.check import Clash, check
from forum.scheduling.consequences import MOST_MOVED, Consequences
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.outcomes import Effect, EffectCode, Outcome, OutcomeKind
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Lock, Person, Problem, Request, Slot, Table
from forum.scheduling.solve import solve
from tests.scheduling.problems import problems


def _with(plan: Plan, placements: Collection[Placement]) -> Plan:
    moved = {each.request for each in placements}
    others = tuple(each for each in plan.placements if each.request not in moved)
    return Plan((*others, *placements), tuple(one for one in plan.unplaced if one not in moved))


def _key(clash: Clash) -> tuple[Hashable, ...]:
    return clash.code, clash.person, clash.table, clash.interpreter


def _added(problem: Problem, plan: Plan, placements: Collection[Placement]) -> set[tuple[Hashable, ...]]:
    before = {_key(clash) for clash in check(problem, plan)}
    return {_key(clash) for clash in check(problem, _with(plan, placements))} - before


def _outcomes(problem: Problem, plan: Plan, request: Request) -> list[tuple[Slot, Table, Outcome]]:
    asked = Consequences(Occupancy(problem, plan))
    return [
        (slot, table, asked.at(request.id, slot.id, table=table.id))
        for slot in problem.slots
        for table in problem.tables
    ]


@settings(max_examples=40, deadline=None)
@given(problems(people=8, requests=12, slots=5, locks=False), st.integers(0, 11))
def test_what_is_possible_breaks_no_rule(problem: Problem, which: int) -> None:
    if not problem.requests:
        return
    plan = solve(problem)
    request = problem.requests[which % len(problem.requests)]
    kept = {each.request for each in plan.placements[::3]} - {request.id}
    locks = tuple(Lock(each.request, each.slot) for each in plan.placements if each.request in kept)
    for _, _, outcome in _outcomes(replace(problem, locks=locks), plan, request):
        moved = {each.request for each in outcome.placements} - {request.id}
        assert not moved & kept
        assert len(moved) <= MOST_MOVED
        assert _added(problem, plan, outcome.placements) == set()


@settings(max_examples=40, deadline=None)
@given(problems(people=8, requests=12, slots=5, locks=False), st.integers(0, 11))
def test_what_is_impossible_cannot_be_done_alone_either(problem: Problem, which: int) -> None:
    if not problem.requests:
        return
    plan = solve(problem)
    request = problem.requests[which % len(problem.requests)]
    helpers = [None, *problem.interpreter_by_id]
    for slot, table, outcome in _outcomes(problem, plan, request):
        if outcome.kind is OutcomeKind.IMPOSSIBLE:
            tried = [Placement(request.id, slot.id, table.id, helper) for helper in helpers]
            assert all(_added(problem, plan, [one]) for one in tried)


def test_consequences_have_names() -> None:
    """Ann meets Bob at nine and Cem at ten; Dan is away at nine; one table, three slots."""
    slots = (Slot(9, 0), Slot(10, 0), Slot(11, 0))
    people = (Person("Ann"), Person("Bob"), Person("Cem"), Person("Dan", unavailable=frozenset({9})))
    requests = (Request("AB", ("Ann", "Bob")), Request("AC", ("Ann", "Cem")), Request("CD", ("Cem", "Dan")))
    problem = Problem(slots, people, (Table(1),), requests)
    plan = Plan((Placement("AB", 9, 1), Placement("AC", 10, 1)), ("CD",))
    asked = Consequences(Occupancy(problem, plan))
    assert [asked.at("AB", slot).effects for slot in (9, 10, 11)] == [
        (),
        (Effect(EffectCode.SWAPS, request="AC", slot=9, table=1),),
        (),
    ]
    assert asked.at("AC", 11).effects == (Effect(EffectCode.WAITS_LONGER, person="Ann", count=1),)
    assert asked.at("CD", 9).obstacles == (Effect("person_unavailable", person="Dan"),)
    assert asked.at("CD", 10).effects == (
        Effect(EffectCode.MOVES, request="AC", slot=11, table=1),
        Effect(EffectCode.WAITS_LONGER, person="Ann", count=1),
    )
    locked = Consequences(Occupancy(replace(problem, locks=(Lock("AC", 10),)), plan))
    assert locked.at("CD", 10).obstacles == (Effect(EffectCode.PERSON_LOCKED, person="Cem", request="AC"),)
