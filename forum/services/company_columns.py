"""Columns of a company that follow from others: its names in full, and the keys of finding and sorting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forum.domain.company_names import CompanyName
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.services import person_columns


def of_name(name: CompanyName, written: Mapping[str, Localized] | None = None) -> dict[str, Any]:
    """Everything that a company has by its name.

    ``written`` holds what somebody has worded otherwise than the dictionary of legal forms does, by
    ``full_name``, ``short_name`` and ``badge_name``; languages without a text keep the dictionary's.
    """
    given = written or {}
    names = {
        column: Localized({**derived, **given.get(column, {})})
        for column, derived in (
            ("full_name", name.full),
            ("short_name", name.short),
            ("badge_name", name.badge),
        )
    }
    return {
        "legal_form": name.form,
        "bare_name": name.bare,
        "identity_key": name.identity_key,
        **names,
        **keys(name.bare, names["badge_name"].values()),
    }


def keys(bare_name: str, others: Iterable[str] = ()) -> dict[str, Any]:
    """Legal forms are not searched for: half of the companies would be found by each."""
    words = " ".join((bare_name, *others)).split()
    return {
        "search_key": fold(" ".join(dict.fromkeys(words))),
        **person_columns.sort_keys(bare_name.lstrip("«")),
    }
