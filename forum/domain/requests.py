"""What one may ask for, and which requests stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forum.domain.states import Category, PartOfDay, RequestRank, RequestStatus

LONGEST: Final = 4
"""Slots that one meeting may take."""
MESSAGE_LENGTH: Final = 500
REASON_LENGTH: Final = 500
MOST_GUESTS: Final = 6
MOST_REQUESTS: Final = 1_000
MOST_HOURS: Final = 24 * 60

SPEAK_FOR_COMPANIES: Final = (Category.DELEGATE, Category.OFFICIAL, Category.SPEAKER)
"""Who asks for meetings, answers for a company and sits at its side of the table."""

STANDING: Final = (RequestStatus.PENDING, RequestStatus.ACCEPTED)
"""These count against the limits; whatever is declined, withdrawn or over makes room for another."""

REOPENED_BY_ASKING: Final = (RequestStatus.WITHDRAWN, RequestStatus.EXPIRED)
"""Asked once more they stand again. What was declined is not asked a second time."""


class Arranged(StrEnum):
    """How the office puts a meeting into the list: it has to be answered, was agreed already, or is set."""

    ASKED = "asked"
    AGREED = "agreed"
    IMPOSED = "imposed"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A meeting as it is wished for.

    ``mine`` and ``theirs`` are delegates who shall speak for the two companies, None for whoever is free.
    ``length`` is in slots.
    """

    rank: RequestRank = RequestRank.WANT
    message: str = ""
    mine: int | None = None
    theirs: int | None = None
    length: int = 1
    part_of_day: PartOfDay | None = None
