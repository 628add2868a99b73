"""Buses and riders as filling sees them, and in what order it weighs what people wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BusRoom:
    """A bus and how many it takes."""

    id: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Rider:
    """A person with a seat. ``helpers`` are the riders who could interpret for them; ``bus`` is where they
    are now, and stay if ``is_fixed``.
    """

    id: int
    company: int | None = None
    delegation: int | None = None
    helpers: frozenset[int] = frozenset()
    bus: int | None = None
    is_fixed: bool = False


class Level(StrEnum):
    """What is held together, the weightiest first: no gain on a later level is worth a loss on an earlier."""

    BEHIND = "behind"  # people without a seat
    COMPANIES = "companies"  # buses beyond one in which the people of a company ride
    UNDERSTOOD = "understood"  # people with no interpreter beside them
    DELEGATIONS = "delegations"  # buses beyond one in which a delegation rides
    MOVED = "moved"  # people who have to change


class WhyApart(StrEnum):
    LARGER = "larger"  # than any bus
    FIXED = "fixed"  # somebody stays where they were put by hand
    NO_ROOM = "no_room"  # no bus has that many seats beside those who cannot move
    TRADED = "traded"  # keeping them together would have cost others more


@dataclass(frozen=True, slots=True)
class Split:
    """A company in more than one bus: how many of it are in which, and why."""

    company: int
    by_bus: Mapping[int, int]
    why: WhyApart


@dataclass(frozen=True, slots=True)
class Rated:
    """What a level costs, and the least that it can, the levels before it being as they are."""

    level: Level
    cost: int
    bound: int

    @property
    def is_best(self) -> bool:
        return self.cost == self.bound
