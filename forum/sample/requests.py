"""What the invented companies make of their requests: how long an answer may take, who is kept apart."""

from __future__ import annotations

from typing import Final, NamedTuple

from forum.domain.states import SeparationKind

HOURS_TO_ANSWER: Final = 96


class Apart(NamedTuple):
    """Why two companies are kept apart: nobody but the office reads it."""

    kind: SeparationKind
    note: str


SEPARATIONS: Final = (
    Apart(SeparationKind.NEVER, "Спор о товарном знаке, просили не сводить"),
    Apart(SeparationKind.APART, "Прямые конкуренты"),
)


class Wishes(NamedTuple):
    """What some of the delegates wish of all their meetings."""

    most_meetings: int | None = None
    rest_after: int | None = None
    wants_interpreter: bool = False
    least_meetings: int | None = None


WISHES: Final = (
    Wishes(most_meetings=6),
    Wishes(rest_after=3),
    Wishes(8, 4),
    Wishes(wants_interpreter=True),
    Wishes(least_meetings=5),
)
