"""For requests without a meeting: the nearest place that they could have, and what it would cost others."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.queries.boards import slots_of
from forum.queries.consequences import Names, OutcomeView
from forum.scheduling.consequences import Consequences
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.outcomes import Outcome, OutcomeKind


@dataclass(frozen=True)
class NearestPlace:
    """A move that the organiser can take as it is."""

    slot_id: int
    starts_at: datetime
    outcome: OutcomeView


def nearest_places(
    *, event_id: int, now: Occupancy, requests: Collection[Hashable]
) -> Mapping[Any, NearestPlace]:
    """By request: a free place if there is one, else the one where the least follows, if any."""
    asked = Consequences(now)
    found: dict[Hashable, tuple[Any, Outcome]] = {}
    for request in requests:
        choices = [(slot.id, asked.at(request, slot.id)) for slot in now.problem.slots]
        possible = [each for each in choices if each[1].kind is not OutcomeKind.IMPOSSIBLE]
        if possible:
            found[request] = min(possible, key=lambda each: _cost(each[1]))
    names = Names(outcome for _, outcome in found.values())
    times = {slot.id: slot.starts_at for slot in slots_of(event_id)}
    return {
        request: NearestPlace(slot, times[slot], names.outcome(asked, request, outcome))
        for request, (slot, outcome) in found.items()
    }


def _cost(outcome: Outcome) -> tuple[int, int]:
    """Meetings that are moved before waits."""
    return len(outcome.placements), sum(effect.count or 1 for effect in outcome.effects)
