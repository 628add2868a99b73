"""Which documents have which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from forum.search.documents import Kind
from forum.search.words import Words


class Postings:
    """Documents by word, each with the weightiest kind of field that has it.

    Made from an earlier table it shares what does not change, and leaves that table as it is: searches
    that go on there at the same moment find what they found before.
    """

    def __init__(self, before: Postings | None = None) -> None:
        self._found: Final[dict[str, dict[int, Kind]]] = dict(before._found) if before else {}
        self._own: Final[set[str]] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def of(self, word: str) -> Iterator[tuple[int, Kind]]:
        """The documents that have ``word``, by id."""
        return iter(self._found[word].items())

    def enter(self, word: str, document_id: int, kind: Kind) -> None:
        """Note that the document has ``word`` in a field of that kind."""
        found = self._owned(word)
        found[document_id] = min(kind, found.get(document_id, kind))

    def remove(self, word: str, document_id: int) -> None:
        """Note that the document has ``word`` no longer, in any field; again is as well as once."""
        if word not in self._found:
            return
        found = self._owned(word)
        found.pop(document_id, None)
        if not found:
            del self._found[word]
            self._own.discard(word)

    def words(self, before: Words | None = None) -> Words:
        """All words; ``before`` are those of the table that this one was made from."""
        return before.renewed(self._found.keys()) if before else Words(self._found)

    def _owned(self, word: str) -> dict[int, Kind]:
        if word not in self._own:
            self._own.add(word)
            self._found[word] = dict(self._found.get(word, {}))
        return self._found[word]
