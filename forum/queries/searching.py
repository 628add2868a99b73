"""Search across scripts, accents and word order, as a condition on a ``search_key`` column."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, literal, or_

from forum.domain.folding import search_prefixes

# A name is shorter, and databases fail on conditions of thousands of words.
_LONGEST: Final = 200


def searched(text: str) -> str:
    """What is looked for when a reader has entered ``text``."""
    return text.strip()[:_LONGEST]


def matches(search_key: Any, query: str) -> ColumnElement[bool]:
    """Every word of ``query`` begins a word of the key, in whatever spelling."""
    padded = literal(" ") + search_key
    return and_(
        True,
        *(
            or_(*(padded.contains(f" {prefix}", autoescape=True) for prefix in prefixes))
            for prefixes in search_prefixes(searched(query))
        ),
    )
