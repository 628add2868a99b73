"""How many of what was found have which property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from forum.search.documents import Document

Chosen = Mapping[str, frozenset[str]]


def is_chosen(document: Document, chosen: Chosen, without: str = "") -> bool:
    """Whether the document has one of the chosen values of every facet, ``without`` one of them."""
    return all(
        not wanted or not wanted.isdisjoint(document.facets.get(facet, ()))
        for facet, wanted in chosen.items()
        if facet != without
    )


def counts(documents: Iterable[Document], facets: Iterable[str], chosen: Chosen) -> dict[str, dict[str, int]]:
    """For every facet its values with how many documents would remain if one chose it.

    The choice within a facet does not count against its own other values: one may always add a second.
    """
    found = tuple(documents)
    remaining = [document for document in found if is_chosen(document, chosen)]
    counted = {}
    for facet in facets:
        own = [each for each in found if is_chosen(each, chosen, facet)] if chosen.get(facet) else remaining
        counted[facet] = dict(Counter(chain.from_iterable(each.facets.get(facet, ()) for each in own)))
    return counted
