"""What might be: assumptions under which a schedule is tried out and never published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MOST_TABLES = 100
MOST_INTERPRETERS = 20
MOST_SLOTS = 20


@dataclass(frozen=True)
class Assumptions:
    """``tables`` more than there are, from ``tables_from`` on (from the first slot without it);
    ``interpreters`` more, each with languages; slots by id that fall away, and stretches that come in.
    """

    tables: int = 0
    tables_from: datetime | None = None
    interpreters: tuple[tuple[str, ...], ...] = ()
    without_slots: tuple[int, ...] = ()
    with_slots: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.tables or self.interpreters or self.without_slots or self.with_slots)

    def written(self) -> dict[str, Any]:
        """As a plan keeps them."""
        return {
            "tables": self.tables,
            "tables_from": self.tables_from.isoformat() if self.tables_from else None,
            "interpreters": [list(languages) for languages in self.interpreters],
            "without_slots": list(self.without_slots),
            "with_slots": [[start.isoformat(), end.isoformat()] for start, end in self.with_slots],
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Assumptions:
        """What ``written`` gave."""
        since = kept["tables_from"]
        return cls(
            tables=kept["tables"],
            tables_from=datetime.fromisoformat(since) if since else None,
            interpreters=tuple(tuple(languages) for languages in kept["interpreters"]),
            without_slots=tuple(kept["without_slots"]),
            with_slots=tuple(
                (datetime.fromisoformat(start), datetime.fromisoformat(end))
                for start, end in kept["with_slots"]
            ),
        )
