"""Wishes, visits and what they are worth, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

MOST_CHOICES: Final = 3


@dataclass(frozen=True)
class Trip:
    """``seats`` are those to be given: without them who has been told already."""

    id: int
    seats: int
    sectors: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Party:
    """People who go together or not at all; mostly one.

    Args:
        people: their ids; the first is whose wishes count.
        choices: trips, the dearest first.
        barred: trips that cannot be, with a reason that only the caller understands.
        lost: how many meetings all of them would lose by a trip, where it is not none.
    """

    people: tuple[int, ...]
    choices: tuple[int, ...]
    delegation: int | None = None
    company: int | None = None
    sectors: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    barred: Mapping[int, str] = field(default_factory=dict)
    lost: Mapping[int, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.people[0]

    @property
    def size(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Weights:
    """What counts, per person. Any seat is worth more than none; a dearer choice gives way where much else,
    such as several meetings, stands against it.
    """

    choices: tuple[int, ...] = (1000, 700, 500)
    sector: int = 100
    language: int = 80
    meeting: int = 60
    most_meetings: int = 4  # more than these cost no more
    crowding: int = 50
    apart: int = 120  # for each trip beyond the first that the people of one company go on; 0: never mind


@dataclass(frozen=True)
class Problem:
    """``parties`` in the order of asking: of two with equal worth the earlier goes. ``settled`` are trips by
    company on which its people go already.
    """

    trips: tuple[Trip, ...]
    parties: tuple[Party, ...]
    weights: Weights = Weights()
    settled: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def trip_by_id(self) -> Mapping[int, Trip]:
        return {trip.id: trip for trip in self.trips}

    def possible(self, party: Party) -> tuple[int, ...]:
        """The choices that can be, the dearest first."""
        return tuple(each for each in party.choices if each in self.trip_by_id and each not in party.barred)

    def worth(self, party: Party, trip: int) -> int:
        """Of one person of the party on the trip, crowding apart; always above what crowding takes."""
        weights, there = self.weights, self.trip_by_id[trip]
        found = weights.choices[party.choices.index(trip)]
        found += weights.sector * bool(party.sectors & there.sectors)
        found += weights.language * bool(party.languages & there.languages)
        return found - weights.meeting * min(party.lost.get(trip, 0), weights.most_meetings)

    @cached_property
    def colleagues(self) -> Mapping[int, tuple[Party, ...]]:
        """By company the parties that would rather stay together: at least two, or one beside the settled."""
        found: dict[int, list[Party]] = {}
        for party in self.parties:
            if party.company is not None and self.weights.apart:
                found.setdefault(party.company, []).append(party)
        return {
            company: tuple(parties)
            for company, parties in found.items()
            if parties[1:] or company in self.settled
        }

    @cached_property
    def shares(self) -> Mapping[tuple[int, int | None], int]:
        """By trip and delegation: the seats that are its due, by how many of it wished for the trip."""
        asked: dict[tuple[int, int | None], int] = {}
        for party in self.parties:
            for trip in self.possible(party):
                key = (trip, party.delegation)
                asked[key] = asked.get(key, 0) + party.size
        total: dict[int, int] = {}
        for (trip, _), count in asked.items():
            total[trip] = total.get(trip, 0) + count
        return {
            (trip, delegation): -(-self.trip_by_id[trip].seats * count // total[trip])
            for (trip, delegation), count in asked.items()
        }


@dataclass(frozen=True)
class Certificate:
    """How good an assignment is. ``bound`` is what no assignment can be worth more than.

    The levels count people: by choice granted, without a trip, on a trip of their own sector, with a guide
    whose language they speak, beyond the share of their delegation; and meetings that are lost. Of
    ``companies`` with several people ``companies_apart`` go on several trips.
    """

    value: int
    bound: int
    granted: tuple[int, ...]
    without: int
    in_own_sector: int
    in_own_language: int
    meetings_lost: int
    beyond_share: int
    companies: int
    companies_apart: int
    seconds: float

    @property
    def gap(self) -> float:
        """From 0, where it is proven that nothing is better."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


@dataclass(frozen=True)
class Assignment:
    """``trips`` by party; who is missing goes nowhere."""

    trips: Mapping[int, int]
    certificate: Certificate
