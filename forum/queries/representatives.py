"""Who sits at the table for a company."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Candidate:
    """A delegate who may speak for a company; ``free`` is how many slots are open to the delegate."""

    id: int
    company_id: int
    number: int
    free: int


@dataclass
class Representatives:
    """Shares a company's meetings out among its people, always in the same way.

    A named delegate who takes part keeps the meeting. Otherwise it goes to the one who has the most open
    slots left after what was shared out before; of equals, to the one with the lower number on the badge.
    """

    candidates: Iterable[Candidate]
    load: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._by_id: Mapping[int, Candidate] = {one.id: one for one in self.candidates}
        self._of_company: dict[int, list[Candidate]] = defaultdict(list)
        for one in sorted(self._by_id.values(), key=lambda each: each.number):
            self._of_company[one.company_id].append(one)

    def of(self, company_id: int, named: int | None) -> int | None:
        """Whom the company sends to its next meeting; None when nobody of it takes part."""
        if named is None or named not in self._by_id:
            people = self._of_company[company_id]
            if not people:
                return None
            named = max(people, key=lambda one: one.free - self.load[one.id]).id
        self.load[named] += 1
        return named
