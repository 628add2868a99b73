"""What an organiser has taught the importer, over and above the built-in wordings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from forum.domain.company_names import CompanyName, parse_company_name
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.vocabulary import Vocabulary, wording_key


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Dictionary:
    """Wordings as typed in a sheet, each with what it means.

    ``headers`` gives the name of a field, or ``""`` for a column to leave alone; ``sectors``,
    ``regions`` and ``languages`` give codes; ``companies`` gives the right spelling of a name.
    """

    headers: Mapping[str, str] = field(default_factory=_nothing)
    sectors: Mapping[str, str] = field(default_factory=_nothing)
    regions: Mapping[str, str] = field(default_factory=_nothing)
    languages: Mapping[str, str] = field(default_factory=_nothing)
    companies: Mapping[str, str] = field(default_factory=_nothing)

    def sector_vocabulary(self) -> Vocabulary:
        return SECTORS.with_wordings(self.sectors)

    def region_vocabulary(self) -> Vocabulary:
        return REGIONS.with_wordings(self.regions)

    def language_vocabulary(self) -> Vocabulary:
        return LANGUAGES_SPOKEN.with_wordings(self.languages)

    def company_name(self, text: str) -> CompanyName:
        """The company that ``text`` names, after the organiser's correction if there is one."""
        corrections = {wording_key(typed): right for typed, right in self.companies.items()}
        return parse_company_name(corrections.get(wording_key(text), text))
