"""Why somebody goes where they go, and why not where they would have liked to go better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forum.scheduling.assignment.problem import Assignment, Party, Problem


class Why(StrEnum):
    """``BARRED``: it cannot be. ``FULL``: its seats went to others. ``DEARER``: another was worth more."""

    BARRED = "barred"
    FULL = "full"
    DEARER = "dearer"


@dataclass(frozen=True)
class WhyNot:
    """A wish that was not granted.

    ``higher`` of those who got its ``seats`` were worth more there, or as much and had asked before; the
    others found no seat elsewhere that would have been as good for all. ``barred`` is the problem's own
    reason, ``lost`` the meetings that it would have cost.
    """

    trip: int
    choice: int
    why: Why
    barred: str | None = None
    seats: int = 0
    higher: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Explanation:
    """``choice`` counts from 1. ``not_granted`` are the dearer wishes, all of them where there is no trip."""

    trip: int | None
    choice: int | None
    in_own_sector: bool
    in_own_language: bool
    lost: int
    not_granted: tuple[WhyNot, ...]


def explain(problem: Problem, assignment: Assignment) -> Mapping[int, Explanation]:
    """By party."""
    order = {party.id: place for place, party in enumerate(problem.parties)}
    seated: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for party in problem.parties:
        if (trip := assignment.trips.get(party.id)) is not None:
            seated[trip].append((-problem.worth(party, trip), order[party.id], party.size))
    return {
        party.id: _of_party(problem, party, assignment.trips.get(party.id), order[party.id], seated)
        for party in problem.parties
    }


def _of_party(
    problem: Problem,
    party: Party,
    trip: int | None,
    place: int,
    seated: Mapping[int, list[tuple[int, int, int]]],
) -> Explanation:
    choice = None if trip is None else party.choices.index(trip)
    there = None if trip is None else problem.trip_by_id[trip]
    dearer = party.choices if choice is None else party.choices[:choice]
    return Explanation(
        trip=trip,
        choice=None if choice is None else choice + 1,
        in_own_sector=there is not None and bool(party.sectors & there.sectors),
        in_own_language=there is not None and bool(party.languages & there.languages),
        lost=0 if trip is None else party.lost.get(trip, 0),
        not_granted=tuple(
            _why_not(problem, party, each, number, place, seated.get(each, []))
            for number, each in enumerate(dearer, 1)
        ),
    )


def _why_not(
    problem: Problem,
    party: Party,
    trip: int,
    choice: int,
    place: int,
    seated: list[tuple[int, int, int]],
) -> WhyNot:
    if trip not in problem.trip_by_id or trip in party.barred:
        return WhyNot(trip, choice, Why.BARRED, barred=party.barred.get(trip))
    seats, taken = problem.trip_by_id[trip].seats, sum(size for _, _, size in seated)
    lost = party.lost.get(trip, 0)
    if taken + party.size <= seats:
        return WhyNot(trip, choice, Why.DEARER, seats=seats, lost=lost)
    claim = (-problem.worth(party, trip), place)
    higher = sum(size for worth, order, size in seated if (worth, order) < claim)
    return WhyNot(trip, choice, Why.FULL, seats=seats, higher=higher, lost=lost)
