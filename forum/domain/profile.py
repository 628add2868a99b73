"""What a person says of themselves: the fields that every form, edit and export of a registration shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from forum.domain.localized import Localized
from forum.domain.names import PersonName
from forum.domain.states import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """``spoken`` and ``region`` are codes of ``domain``; ``phone`` is E.164; instants have a time zone.

    Latin name parts are those of the person's document: a proposal fills them, and never overwrites.
    """

    family_name: str
    given_name: str = ""
    patronymic: str | None = None
    latin_family_name: str | None = None
    latin_given_name: str | None = None
    company_id: int | None = None
    position: Localized = field(default_factory=Localized)
    email: str | None = None
    phone: str | None = None
    phone_extension: str | None = None
    town: str | None = None
    region: str | None = None
    spoken: tuple[str, ...] = ()
    language: str = "ru"
    diet: str | None = None
    access_needs: str | None = None
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None
    visibility: Visibility = Visibility.PARTICIPANTS
    photo_id: int | None = None

    @property
    def name(self) -> PersonName:
        return PersonName(self.family_name, self.given_name, self.patronymic or "")

    @property
    def latin_name(self) -> str:
        """Given name first, as a badge says it; ``""`` while there is none."""
        return " ".join(filter(None, (self.latin_given_name, self.latin_family_name)))


FIELDS: Final = tuple(each.name for each in fields(Profile))

PRINTED_ON_BADGE: Final = frozenset(
    {
        "family_name",
        "given_name",
        "patronymic",
        "latin_family_name",
        "latin_given_name",
        "company_id",
        "position",
        "language",
    }
)


def differences(before: Profile, after: Profile) -> Mapping[str, tuple[Any, Any]]:
    """What changed: field to (before, after), in the order of ``FIELDS``."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIELDS)
    return {name: (old, new) for name, old, new in pairs if old != new}
