"""Forums just large enough to schedule: companies with a delegate each, slots, tables, accepted requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from forum.models import Company, Delegate, Event, Request, Slot, Table
from forum.policy import SYSTEM
from forum.services import plans, solving
from forum.unit_of_work import transaction
from tests import factories


@dataclass
class SmallForum:
    """Rows, in the order of their ids. ``delegates[n]`` is of ``companies[n]``."""

    event: Event
    companies: list[Company]
    delegates: list[Delegate]
    slots: list[Slot]
    tables: list[Table]
    requests: list[Request]

    def solved(self, *, seed: int = 0) -> int:
        """A draft computed here and now; returns its id."""
        plan_id = plans.order(actor=SYSTEM, event_id=self.event.id, seed=seed)
        solving.work(plan_id)
        return plan_id


def small_forum(
    *,
    companies: int = 4,
    slots: int = 4,
    tables: int = 2,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> SmallForum:
    """``pairs`` says which companies (by place) ask which others; by default everybody meets everybody."""
    with transaction():
        event = factories.event()
        firms = [factories.company(event, f"Фирма {n}") for n in range(companies)]
        people = [factories.delegate(event, company_id=firm.id) for firm in firms]
        start = factories.at(10)
        times = [
            factories.slot(event, start + timedelta(minutes=30 * n), start + timedelta(minutes=30 * n + 25))
            for n in range(slots)
        ]
        seats = [factories.table(event, n + 1) for n in range(tables)]
        asked = [
            factories.request(event, firms[a], firms[b])
            for a, b in (combinations(range(companies), 2) if pairs is None else pairs)
        ]
        return SmallForum(event, firms, people, times, seats, asked)
