"""The days of the invented forum: when it is, its slots, and instants by the clock of its hall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from forum.domain.intervals import Interval
from forum.sample.records import Slot

TIME_ZONE: Final = "Europe/Moscow"
_ZONE: Final = ZoneInfo(TIME_ZONE)
_DAYS_AHEAD: Final = 9
_SLOT: Final = timedelta(minutes=20)
_PACE: Final = timedelta(minutes=25)  # a slot and the time to change tables
# (day, start, number of slots) of each block; the pauses are the plenary session, coffee and lunch.
_BLOCKS: Final = ((1, "11:50", 3), (1, "14:20", 5), (1, "16:40", 3), (2, "09:30", 5), (2, "11:50", 4))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Two days in a row, and the moment at which the sample is made."""

    now: datetime
    first_day: date

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=1)

    def at(self, day: int, clock: str) -> datetime:
        """The instant when the hall's clock shows ``clock`` («14:20») on that day, 1 or 2; 0 is the eve."""
        on = self.first_day + timedelta(days=day - 1)
        return datetime.combine(on, time.fromisoformat(clock), _ZONE)

    def between(self, day: int, start: str, end: str) -> Interval:
        return Interval(self.at(day, start), self.at(day, end))

    def slots(self) -> tuple[Slot, ...]:
        """Twenty slots of twenty minutes in five blocks, in the order of time."""
        return tuple(
            Slot(block, Interval(start, start + _SLOT))
            for block, (day, clock, count) in enumerate(_BLOCKS, 1)
            for start in (self.at(day, clock) + nth * _PACE for nth in range(count))
        )


def calendar(now: datetime) -> Calendar:
    """Two working days in a row, nine days or a little more after ``now``."""
    first = now.astimezone(_ZONE).date() + timedelta(days=_DAYS_AHEAD)
    while first.weekday() > 3:
        first += timedelta(days=1)
    return Calendar(now, first)
