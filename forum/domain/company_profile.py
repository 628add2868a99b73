"""What is kept of a company: the fields that every form, comparison and merge shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from forum.domain.company_names import CompanyName
from forum.domain.localized import LANGUAGES, Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyProfile:
    """Names are as written; languages without one take what the dictionary of legal forms makes of
    ``legal_form`` and ``bare_name``. Sectors, region and size are codes of ``domain``.
    """

    legal_form: str | None
    bare_name: str
    full_name: Localized = field(default_factory=Localized)
    short_name: Localized = field(default_factory=Localized)
    badge_name: Localized = field(default_factory=Localized)
    delegation_id: int | None = None
    town: str | None = None
    region: str | None = None
    sectors: tuple[str, ...] = ()
    offers: str | None = None
    seeks: str | None = None
    offer_sectors: tuple[str, ...] = ()
    seek_sectors: tuple[str, ...] = ()
    size: str | None = None
    website: str | None = None
    about: Localized = field(default_factory=Localized)

    @property
    def name(self) -> CompanyName:
        return CompanyName(self.legal_form, self.bare_name)

    def completed(self) -> CompanyProfile:
        """The same with a name in every language."""
        return replaced(
            self,
            {
                column: Localized({**getattr(self.name, length), **getattr(self, column)})
                for column, length in NAMES.items()
            },
        )

    def as_worded(self) -> CompanyProfile:
        """The same with only those names that are worded otherwise than the dictionary would."""
        return replaced(
            self,
            {
                column: _differing(getattr(self, column), getattr(self.name, length))
                for column, length in NAMES.items()
            },
        )


NAMES: Final[Mapping[str, str]] = {"full_name": "full", "short_name": "short", "badge_name": "badge"}
FIELDS: Final = tuple(each.name for each in fields(CompanyProfile))
# What those who are of the company say themselves; names and sides are the office's.
OWN_FIELDS: Final = (
    "sectors",
    "offers",
    "seeks",
    "offer_sectors",
    "seek_sectors",
    "size",
    "website",
    "about",
)


def replaced(profile: CompanyProfile, values: Mapping[str, Any]) -> CompanyProfile:
    """``profile`` with other ``values`` by field."""
    return CompanyProfile(**{**{name: getattr(profile, name) for name in FIELDS}, **values})


def differences(before: CompanyProfile, after: CompanyProfile) -> Mapping[str, tuple[Any, Any]]:
    """What changed: field to (before, after), in the order of ``FIELDS``."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIELDS)
    return {name: (old, new) for name, old, new in pairs if old != new}


def _differing(written: Localized, derived: Localized) -> Localized:
    return Localized(
        {
            language: written[language]
            for language in LANGUAGES
            if written.get(language) and written[language] != derived.get(language)
        }
    )
