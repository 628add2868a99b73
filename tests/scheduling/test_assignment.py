"""Visits assigned by wishes: as good as trying everything, the same each time, and reasons that are true."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from forum.scheduling.assignment.assign import assign, certified
from forum.scheduling.assignment.explain import Why, explain
from forum.scheduling.assignment.problem import Party, Problem, Trip, Weights
from tests.benchmarks.assignment.generated import problem


def best_of_all(made: Problem) -> int:
    """Worth of the best assignment, by trying every one."""
    best = 0
    for choices in product(*((None, *made.possible(party)) for party in made.parties)):
        trips = {
            party.id: trip for party, trip in zip(made.parties, choices, strict=True) if trip is not None
        }
        taken = {trip.id: 0 for trip in made.trips}
        for party in made.parties:
            if party.id in trips:
                taken[trips[party.id]] += party.size
        if all(taken[trip.id] <= trip.seats for trip in made.trips):
            best = max(best, certified(made, trips, 0).value)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_nobody_alone_could_be_better_off(seed: int) -> None:
    made = problem(people=6, trips=3, seed=seed, seats=0.7, accompanied=0.0)
    found = assign(made)
    best = best_of_all(made)
    assert (found.certificate.value, found.certificate.bound, found.certificate.gap) == (best, best, 0)


@pytest.mark.parametrize("seed", range(12))
def test_with_people_in_company_the_gap_holds_and_nobody_is_torn_apart(seed: int) -> None:
    made = problem(people=7, trips=3, seed=seed, seats=0.7, accompanied=0.5)
    found = assign(made)
    taken = {trip.id: 0 for trip in made.trips}
    for party in made.parties:
        if (trip := found.trips.get(party.id)) is not None:
            taken[trip] += party.size
    assert all(taken[trip.id] <= trip.seats for trip in made.trips)
    assert found.certificate.value <= best_of_all(made) <= found.certificate.bound


def test_the_order_in_which_trips_are_named_changes_nothing() -> None:
    made = problem(people=60, trips=4, seed=3)
    shuffled = list(made.trips)
    Random(1).shuffle(shuffled)
    assert assign(made).trips == assign(Problem(tuple(shuffled), made.parties)).trips


def test_of_two_with_the_same_claim_the_earlier_goes_and_the_other_hears_why() -> None:
    parties = (Party((1,), (10,)), Party((2,), (10, 11)), Party((3,), (10,), barred={10: "clash"}))
    made = Problem((Trip(10, seats=1), Trip(11, seats=0)), parties)
    found = assign(made)
    reasons = explain(made, found)
    assert dict(found.trips) == {1: 10}
    assert [(each.trip, each.why, each.higher) for each in reasons[2].not_granted] == [
        (10, Why.FULL, 1),
        (11, Why.FULL, 0),
    ]
    assert reasons[3].not_granted[0].barred == "clash"


def test_a_trip_that_costs_meetings_gives_way_to_one_that_does_not() -> None:
    lost = {10: 5}
    made = Problem(
        (Trip(10, seats=9), Trip(11, seats=9, sectors=frozenset({"food"}), languages=frozenset({"kk"}))),
        (
            Party((1,), (10, 11), sectors=frozenset({"food"}), languages=frozenset({"kk"}), lost=lost),
            Party((2,), (10, 11)),
        ),
    )
    found = assign(made)
    assert dict(found.trips) == {1: 11, 2: 10}
    assert explain(made, found)[1].not_granted[0].why is Why.DEARER


def test_a_delegation_does_not_crowd_out_another() -> None:
    """Ten of one and two of another wish for two trips of six: the share of each is kept where all can be."""
    parties = tuple(
        Party((n,), (10, 11) if n % 2 else (11, 10), delegation=1 if n < 10 else 2) for n in range(12)
    )
    found = assign(Problem((Trip(10, seats=6), Trip(11, seats=6)), parties))
    assert (found.certificate.granted, found.certificate.beyond_share) == ((12, 0, 0), 0)


@pytest.mark.parametrize("seed", range(8))
def test_colleagues_cost_what_is_said_and_the_gap_holds(seed: int) -> None:
    made = problem(people=7, trips=3, seed=seed, seats=0.8, accompanied=0.2, firm=3)
    found = assign(made)
    assert found.certificate.value <= best_of_all(made) <= found.certificate.bound


def test_colleagues_go_together_where_little_is_lost_and_hear_of_each_other() -> None:
    """One would rather go elsewhere; with the others the second choice is worth more. Unasked, it is not."""
    trips = (Trip(10, seats=5), Trip(11, seats=5))
    parties = (
        Party((1,), (10,), company=7),
        Party((2,), (11, 10), company=7),
        Party((3,), (11,), company=8),
    )
    weights = Weights(choices=(1000, 950, 900))
    together = Problem(trips, parties, weights)
    found, alone = assign(together), assign(replace(together, weights=replace(weights, apart=0)))
    assert (dict(found.trips), dict(alone.trips)) == ({1: 10, 2: 10, 3: 11}, {1: 10, 2: 11, 3: 11})
    assert (found.certificate.gap, found.certificate.companies_apart) == (0, 0)
    reasons = explain(together, found)
    assert (reasons[2].colleagues, [each.why for each in reasons[2].not_granted]) == (1, [Why.APART])


def test_who_is_told_draws_colleagues_along() -> None:
    made = Problem(
        (Trip(10, seats=5), Trip(11, seats=5)),
        (Party((1,), (11, 10), company=7),),
        Weights(choices=(1000, 950, 900)),
        settled={7: frozenset({10})},
    )
    assert (dict(assign(made).trips), assign(made).certificate.gap) == ({1: 10}, 0)
