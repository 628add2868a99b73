"""Finding the company that a spelling means among those of the forum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from forum.domain.company_names import CompanyName
from forum.domain.folding import fold

_LIKE_ENOUGH: Final = 88.0
_CLEARLY_BETTER: Final = 4.0
_SHORTEST_FUZZY: Final = 6
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class CompanyMatch:
    """``keys`` are identity keys: one when the match is exact or guessed, several when it is open which,
    none for a stranger.
    """

    keys: tuple[str, ...]
    is_exact: bool = False


class CompanyMatcher:
    """Knows the companies of a forum, given by identity key."""

    def __init__(self, companies: Mapping[str, str]) -> None:
        """``companies`` gives the name to show for every identity key."""
        self.names = companies
        self._by_near_key: dict[str, list[str]] = {}
        for key in companies:
            bare = key.partition(":")[2].replace(" ", "")
            self._by_near_key.setdefault(fold(bare), []).append(key)

    def match(self, company: CompanyName) -> CompanyMatch:
        """Exactly by identity; else by the name without form, script and spaces; else by likeness."""
        if company.identity_key in self.names:
            return CompanyMatch((company.identity_key,), is_exact=True)
        near = fold(company.bare_key)
        if near in self._by_near_key:
            return CompanyMatch(self._with_same_form(company, self._by_near_key[near]))
        return CompanyMatch(self._alike(company, near))

    def _with_same_form(self, company: CompanyName, keys: list[str]) -> tuple[str, ...]:
        same = [key for key in keys if key.startswith(f"{company.form}:")]
        return tuple(same or keys)

    def _alike(self, company: CompanyName, near: str) -> tuple[str, ...]:
        """Typing errors are forgiven, other digits are not: Завод 1 is not Завод 2."""
        if len(near) < _SHORTEST_FUZZY:
            return ()
        found = process.extract(
            near, self._by_near_key.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=5
        )
        alike = [hit for hit in found if _DIGITS.findall(hit[0]) == _DIGITS.findall(near)]
        best = [name for name, score, _ in alike if alike[0][1] - score < _CLEARLY_BETTER]
        keys = [key for name in best for key in self._by_near_key[name]]
        return self._with_same_form(company, keys) if keys else ()
