"""Why somebody goes where they go, and why not where they would have liked to go better."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forum.scheduling.assignment.problem import Assignment, Party, Problem


class Why(StrEnum):
    """``BARRED``: it cannot be. ``FULL``: its seats went to others. ``APART``: colleagues go elsewhere, and
    with them it is worth more. ``DEARER``: another was worth more.
    """

    BARRED = "barred"
    FULL = "full"
    APART = "apart"
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
    """``choice`` counts from 1. ``not_granted`` are the dearer wishes, all of them where there is no trip.
    ``colleagues`` go on the same one.
    """

    trip: int | None
    choice: int | None
    in_own_sector: bool
    in_own_language: bool
    lost: int
    colleagues: int
    not_granted: tuple[WhyNot, ...]


def explain(problem: Problem, assignment: Assignment) -> Mapping[int, Explanation]:
    """By party."""
    found = _Found(problem, assignment)
    return {party.id: found.of(party, place) for place, party in enumerate(problem.parties)}


class _Found:
    """Who is on each trip, by how good their claim is, and from which company."""

    def __init__(self, problem: Problem, assignment: Assignment) -> None:
        self.problem, self.trips = problem, assignment.trips
        self.seated: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self.firms: Counter[tuple[int | None, int]] = Counter()
        for company, there in problem.settled.items():
            self.firms.update((company, trip) for trip in there)
        for place, party in enumerate(problem.parties):
            if (trip := self.trips.get(party.id)) is not None:
                self.seated[trip].append((-problem.worth(party, trip), place, party.size))
                self.firms[party.company, trip] += 1

    def of(self, party: Party, place: int) -> Explanation:
        trip = self.trips.get(party.id)
        choice = None if trip is None else party.choices.index(trip)
        there = None if trip is None else self.problem.trip_by_id[trip]
        dearer = party.choices if choice is None else party.choices[:choice]
        return Explanation(
            trip=trip,
            choice=None if choice is None else choice + 1,
            in_own_sector=there is not None and bool(party.sectors & there.sectors),
            in_own_language=there is not None and bool(party.languages & there.languages),
            lost=0 if trip is None else party.lost.get(trip, 0),
            colleagues=self._colleagues(party, trip),
            not_granted=tuple(
                self._why_not(party, each, number, place) for number, each in enumerate(dearer, 1)
            ),
        )

    def _colleagues(self, party: Party, trip: int | None) -> int:
        if trip is None or party.company not in self.problem.colleagues:
            return 0
        return self.firms[party.company, trip] - (self.trips.get(party.id) == trip)

    def _why_not(self, party: Party, trip: int, choice: int, place: int) -> WhyNot:
        problem = self.problem
        if trip not in problem.trip_by_id or trip in party.barred:
            return WhyNot(trip, choice, Why.BARRED, barred=party.barred.get(trip))
        seats, taken = problem.trip_by_id[trip].seats, sum(size for _, _, size in self.seated[trip])
        lost = party.lost.get(trip, 0)
        if taken + party.size <= seats:
            here = self._colleagues(party, self.trips.get(party.id))
            is_apart = here > 0 and not self._colleagues(party, trip)
            return WhyNot(trip, choice, Why.APART if is_apart else Why.DEARER, seats=seats, lost=lost)
        claim = (-problem.worth(party, trip), place)
        higher = sum(size for worth, order, size in self.seated[trip] if (worth, order) < claim)
        return WhyNot(trip, choice, Why.FULL, seats=seats, higher=higher, lost=lost)
