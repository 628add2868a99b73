"""What a registration asks of whom, unless a forum says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from forum.domain.states import Approval, Asked, Category, Opening

ASKABLE: Final = (
    "company",
    "position",
    "sectors",
    "offers",
    "seeks",
    "spoken",
    "phone",
    "town",
    "stay",  # arrival and departure
    "diet",
    "access_needs",
    "photo",
    "visibility",
)
"""What a forum may require, offer or leave out; names, address and consents are always asked."""

MOST_COMPANIONS: Final = 10
MOST_PLACES: Final = 100_000
MOST_OFFER_HOURS: Final = 24 * 30

_OF_BUSINESS: Final = MappingProxyType(
    {
        "company": Asked.REQUIRED,
        "position": Asked.REQUIRED,
        "sectors": Asked.REQUIRED,
        "offers": Asked.OPTIONAL,
        "seeks": Asked.OPTIONAL,
        "spoken": Asked.REQUIRED,
        "phone": Asked.REQUIRED,
        "town": Asked.OPTIONAL,
        "stay": Asked.OPTIONAL,
        "diet": Asked.OPTIONAL,
        "access_needs": Asked.OPTIONAL,
        "photo": Asked.OPTIONAL,
        "visibility": Asked.REQUIRED,
    }
)
_BUSINESS_ONLY: Final = MappingProxyType(dict.fromkeys(("sectors", "offers", "seeks"), Asked.HIDDEN))
_HIDDEN_COMPANION: Final = MappingProxyType(
    dict.fromkeys(
        ("company", "position", "sectors", "offers", "seeks", "spoken", "town", "visibility"), Asked.HIDDEN
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a category registers. ``asked`` has every one of ``ASKABLE``."""

    opening: Opening
    approval: Approval = Approval.DECIDED
    edits_need_decision: bool = False
    most_companions: int = 0
    asked: Mapping[str, Asked] = field(default_factory=lambda: dict(_OF_BUSINESS))

    def asks(self, name: str) -> bool:
        """Whether the form shows the field."""
        return self.asked[name] is not Asked.HIDDEN

    def requires(self, name: str) -> bool:
        return self.asked[name] is Asked.REQUIRED


DEFAULTS: Final[Mapping[Category, Rules]] = MappingProxyType(
    {
        Category.OFFICIAL: Rules(
            opening=Opening.INVITED, most_companions=2, asked=_OF_BUSINESS | _BUSINESS_ONLY
        ),
        Category.DELEGATE: Rules(opening=Opening.OPEN, asked=_OF_BUSINESS),
        Category.SPEAKER: Rules(
            opening=Opening.INVITED, most_companions=1, asked=_OF_BUSINESS | _BUSINESS_ONLY
        ),
        Category.PRESS: Rules(opening=Opening.OPEN, asked=_OF_BUSINESS | _BUSINESS_ONLY),
        Category.INTERPRETER: Rules(
            opening=Opening.INVITED, asked=_OF_BUSINESS | _BUSINESS_ONLY | {"company": Asked.OPTIONAL}
        ),
        Category.STAFF: Rules(
            opening=Opening.INVITED, asked=_OF_BUSINESS | _BUSINESS_ONLY | {"company": Asked.OPTIONAL}
        ),
        Category.COMPANION: Rules(
            opening=Opening.INVITED,
            approval=Approval.DECIDED,
            asked=_OF_BUSINESS | _HIDDEN_COMPANION | {"phone": Asked.OPTIONAL},
        ),
    }
)
