"""What it would mean to hold a meeting there and then, as codes with whom they concern."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from forum.scheduling.plan import Placement


class EffectCode(StrEnum):
    """Obstacles, besides the codes of the checker; consequences; and (``AT_TABLE``, ``WAITS_LESS``) notes."""

    PERSON_BUSY = "person_busy"
    PERSON_LOCKED = "person_locked"
    TABLE_TAKEN = "table_taken"
    TABLE_LOCKED = "table_locked"
    NO_TABLE = "no_table"
    NO_INTERPRETER = "no_interpreter"
    INTERPRETER_TAKEN = "interpreter_taken"
    SWAPS = "swaps"
    MOVES = "moves"
    OTHER_TABLE = "other_table"
    OTHER_INTERPRETER = "other_interpreter"
    WAITS_LONGER = "waits_longer"
    WAITS_LESS = "waits_less"
    AT_TABLE = "at_table"


class OutcomeKind(StrEnum):
    HERE = "here"
    FREE = "free"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Effect:
    """One obstacle or consequence: whom or what it concerns; ``count`` in slots."""

    code: str
    person: Hashable | None = None
    request: Hashable | None = None
    slot: Hashable | None = None
    table: Hashable | None = None
    interpreter: Hashable | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """``placements`` are what would be changed, the request's own first; none where there are obstacles."""

    kind: OutcomeKind
    placements: tuple[Placement, ...] = ()
    obstacles: tuple[Effect, ...] = ()
    effects: tuple[Effect, ...] = ()
    notes: tuple[Effect, ...] = ()
