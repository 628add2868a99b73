"""When two things of one person cannot both be: the one place that decides it for everything with a time.

A duty is something that one has promised to be at: a meeting, a session with a part in it, a visit with its
way there and back. Two duties conflict when they overlap, or when the way from the one to the other takes
longer than there is time between them. Nobody has duties before they arrive and after they have left.
A hindrance stands against meetings alone: a session for everybody, an hour that one keeps free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from forum.domain.intervals import Interval

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
FOR_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
_NO_WAY: Final = timedelta(0)


class EngagementKind(StrEnum):
    MEETING = "meeting"
    SESSION = "session"
    VISIT = "visit"
    AWAY = "away"  # not there yet, or gone
    ABSENCE = "absence"  # has said that they cannot meet
    PROGRAMME = "programme"  # a session that keeps everybody from meeting
    OVERRUN = "overrun"  # a meeting goes on after its end
    NO_SHOW = "no_show"


ANY_MEETING: Final = ("meeting", 0)
"""The key for all meetings at once, where an organiser lets somebody meet in spite of something else."""

DUTIES: Final = frozenset({EngagementKind.MEETING, EngagementKind.SESSION, EngagementKind.VISIT})


class ClashKind(StrEnum):
    OVERLAP = "overlap"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Engagement:
    """A stretch of time that is taken.

    ``row_id`` is the session's or visit's, or the request's of a meeting, which stays the same from plan to
    plan; ``place`` is where it begins and ends, None where nobody knows.
    """

    kind: EngagementKind
    row_id: int
    interval: Interval
    place: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.kind.value, self.row_id


@dataclass(frozen=True, slots=True)
class Clash:
    """Two engagements of one person, the earlier first. ``needed`` is how long the way between them takes."""

    first: Engagement
    second: Engagement
    kind: ClashKind
    needed: timedelta = _NO_WAY

    @property
    def key(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The same whichever of the two comes first."""
        one, other = sorted((self.first.key, self.second.key))
        return one, other

    def other(self, than: Engagement) -> Engagement:
        return self.second if self.first.key == than.key else self.first


@dataclass(frozen=True)
class Ways:
    """How long it takes from place to place; where only the way there was said, the way back is as long."""

    minutes: Mapping[tuple[int, int], int]

    def between(self, origin: int | None, destination: int | None) -> timedelta:
        if origin is None or destination is None or origin == destination:
            return _NO_WAY
        there = self.minutes.get((origin, destination), self.minutes.get((destination, origin), 0))
        return timedelta(minutes=there)

    @property
    def longest(self) -> timedelta:
        return timedelta(minutes=max(self.minutes.values(), default=0))


AT_ONCE: Final = Ways({})


def clash(one: Engagement, other: Engagement, ways: Ways = AT_ONCE) -> Clash | None:
    """Why both cannot be; None when they can, or are the same."""
    if one.key == other.key or not _concern_each_other(one.kind, other.kind):
        return None
    first, second = sorted((one, other), key=lambda each: (each.interval, each.key))
    if first.interval.overlaps(second.interval):
        return Clash(first, second, ClashKind.OVERLAP)
    if first.kind in DUTIES and second.kind in DUTIES:
        needed = ways.between(first.place, second.place)
        if first.interval.end + needed > second.interval.start:
            return Clash(first, second, ClashKind.TRAVEL, needed)
    return None


def against(wanted: Engagement, engaged: Iterable[Engagement], ways: Ways = AT_ONCE) -> Iterator[Clash]:
    """What of ``engaged`` stands against ``wanted``, in the order of ``engaged``."""
    for each in engaged:
        if found := clash(wanted, each, ways):
            yield found


def clashes(engaged: Iterable[Engagement], ways: Ways = AT_ONCE) -> tuple[Clash, ...]:
    """Every clash among the engagements of one person, in order of time."""
    found: list[Clash] = []
    rows = sorted(engaged, key=lambda each: (each.interval, each.key))
    for place, first in enumerate(rows):
        horizon = first.interval.end + (ways.longest if first.kind in DUTIES else _NO_WAY)
        for second in rows[place + 1 :]:
            if second.interval.start > horizon:
                break
            if known := clash(first, second, ways):
                found.append(known)
    return tuple(found)


def _concern_each_other(one: EngagementKind, other: EngagementKind) -> bool:
    if one in DUTIES and other in DUTIES:
        return True
    for duty, hindrance in ((one, other), (other, one)):
        if duty in DUTIES and hindrance is EngagementKind.AWAY:
            return True
        if duty is EngagementKind.MEETING and hindrance not in DUTIES:
            return True
    return False
