"""Places: how many a forum has for whom, and whether there is one for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from forum.domain.localized import Localized
from forum.domain.states import Category

OFFER_HOURS: Final = 48
"""How long a forum keeps a place that has become free, unless it or the limit says otherwise."""


class Seeker(NamedTuple):
    """What decides which limits count somebody."""

    category: Category
    delegation_id: int | None


class LimitKind(StrEnum):
    """A capacity is the forum's, a quota a delegation's own."""

    CAPACITY = "capacity"
    QUOTA = "quota"


@dataclass(frozen=True)
class Limit:
    """Places that some people share.

    ``categories`` is empty where every category shares them. ``title`` is that of the capacity or of the
    delegation, ``position`` where it stands among those of its kind.
    """

    kind: LimitKind
    id: int
    title: Localized
    places: int
    categories: frozenset[Category] = frozenset()
    delegation_id: int | None = None
    offer_hours: int = OFFER_HOURS
    position: int = 0

    def counts(self, seeker: Seeker) -> bool:
        """Whether ``seeker`` would take one of these places."""
        if self.kind is LimitKind.QUOTA and seeker.delegation_id != self.delegation_id:
            return False
        return not self.categories or seeker.category in self.categories


@dataclass
class Occupancy:
    """The limits of a forum with how many hold a place in each: changes as places are taken and freed."""

    limits: tuple[Limit, ...]
    held: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, limits: Iterable[Limit], holders: Mapping[Seeker, int]) -> Occupancy:
        """The occupancy where so many of each kind hold a place."""
        limits = tuple(limits)
        held = [sum(count for who, count in holders.items() if each.counts(who)) for each in limits]
        return cls(limits, held)

    def of_seeker(self, seeker: Seeker) -> tuple[Limit, ...]:
        """The limits that count ``seeker``."""
        return tuple(limit for limit in self.limits if limit.counts(seeker))

    def full_for(self, seeker: Seeker) -> Limit | None:
        """The first limit without a place for ``seeker``; None where there is one in each."""
        for limit, held in zip(self.limits, self.held, strict=True):
            if held >= limit.places and limit.counts(seeker):
                return limit
        return None

    def has_place(self, seeker: Seeker) -> bool:
        """Whether there is a place that ``seeker`` waits for. Whom no limit counts waits for a person."""
        return bool(self.of_seeker(seeker)) and self.full_for(seeker) is None

    def held_in(self, limit: Limit) -> int:
        """How many places of ``limit`` are held."""
        return self.held[self.limits.index(limit)]

    def take(self, seeker: Seeker) -> None:
        """Count ``seeker`` in."""
        self._add(seeker, 1)

    def free(self, seeker: Seeker) -> None:
        """Count ``seeker`` out."""
        self._add(seeker, -1)

    def _add(self, seeker: Seeker, count: int) -> None:
        self.held = [
            held + count if limit.counts(seeker) else held
            for limit, held in zip(self.limits, self.held, strict=True)
        ]
