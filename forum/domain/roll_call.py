"""Who is aboard: what a log of ticks says, in whatever order and however often they arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Leg(StrEnum):
    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Tick:
    """A leader's word at a moment of the phone's clock: this person is aboard the bus, or is not."""

    key: str
    person_id: int
    leg: Leg
    is_aboard: bool
    bus_id: int | None
    at: datetime

    @property
    def rank(self) -> tuple[datetime, bool, str]:
        """The highest counts. Of two opposite ticks of one moment it is the one that keeps us looking for
        the person: that does no harm, and unlike the order of arrival all phones know it.
        """
        return self.at, not self.is_aboard, self.key


Marks = Mapping[tuple[int, Leg], Tick]
"""By person and leg, the tick that counts."""


def marks(ticks: Iterable[Tick]) -> Marks:
    """The latest tick of every person on every leg."""
    found: dict[tuple[int, Leg], Tick] = {}
    for tick in ticks:
        place = tick.person_id, tick.leg
        if place not in found or tick.rank > found[place].rank:
            found[place] = tick
    return found


@dataclass(frozen=True, slots=True)
class Roll:
    """One bus on one leg. ``elsewhere`` are those expected who sit in another bus, and in which;
    ``guests`` sit in this one without being expected.
    """

    expected: frozenset[int]
    aboard: frozenset[int]
    elsewhere: Mapping[int, int | None]

    @property
    def missing(self) -> frozenset[int]:
        return self.expected - self.aboard - self.elsewhere.keys()

    @property
    def guests(self) -> frozenset[int]:
        return self.aboard - self.expected


def roll(marked: Marks, bus_id: int, riders: Collection[int], leg: Leg) -> Roll:
    """Who should be and who is in the bus that ``riders`` have their seats in.

    On the way back those are expected who came with this bus; its riders, as far as no other bus
    took them, when nobody was ticked on the way there.
    """
    there = _aboard(marked, Leg.OUT)
    expected = frozenset(riders)
    if leg is Leg.BACK:
        came = frozenset(person for person, bus in there.items() if bus == bus_id)
        expected = came or expected - there.keys()
    now = _aboard(marked, leg)
    return Roll(
        expected=expected,
        aboard=frozenset(person for person, bus in now.items() if bus == bus_id),
        elsewhere={person: now[person] for person in sorted(expected & now.keys()) if now[person] != bus_id},
    )


def _aboard(marked: Marks, leg: Leg) -> dict[int, int | None]:
    return {
        person: tick.bus_id for (person, on_leg), tick in marked.items() if on_leg is leg and tick.is_aboard
    }
