"""What papers of a kind there can be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperRow:
    """One paper that can be chosen: of a table, a room, a day, a visit."""

    id: int
    label: str
