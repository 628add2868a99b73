"""An immutable index of documents: built once, asked often."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from forum.domain.company_names import shortened
from forum.domain.folding import folded_words
from forum.domain.stems import text_stems
from forum.search.documents import Document, Field, Hit, Kind
from forum.search.wording import Wanted, in_halves, read
from forum.search.words import Words

# Words of running text come after all names: half of a forum writes of export.
_EXACT: Final = {Kind.NAME: 0, Kind.PATRONYMIC: 1, Kind.COMPANY: 2, Kind.TEXT: 7}
_BEGINNING: Final = {Kind.NAME: 3, Kind.PATRONYMIC: 4, Kind.COMPANY: 5, Kind.TEXT: 8}
_INITIAL: Final = 5
_LEFT_OUT: Final = 1
_OTHER_FORM: Final = 1
_SHORTEST_BEGINNING: Final = {Kind.NAME: 1, Kind.PATRONYMIC: 1, Kind.COMPANY: 2, Kind.TEXT: 3}
_INITIALS: Final = re.compile(r"\b([^\W\d_])(?:\.|$)")

# Thousands of people share given names, positions and companies.
_text_stems: Final = lru_cache(maxsize=20_000)(text_stems)

_Places = dict[int, Kind]  # document by its place in the list, and the weightiest kind of field there
_Found = dict[int, tuple[int, int]]  # (errors, cost) by the place of the document


class Index:
    """Finds documents by words in any script, order and state of completion.

    Typing errors are forgiven only where the words as typed find nothing, so that a rare name is not
    lost among the common ones that look like it.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: Final = tuple(documents)
        self._names: dict[str, _Places] = {}
        self._texts: dict[str, _Places] = {}
        self._initials: dict[str, set[int]] = {}
        self._lengths: list[int] = []
        for place, document in enumerate(self.documents):
            self._lengths.append(self._take(place, document))
        self._name_words = Words(self._names)
        self._text_words = Words(self._texts)
        self._place_of = {document.id: place for place, document in enumerate(self.documents)}

    def _take(self, place: int, document: Document) -> int:
        """Enters the words of the document; returns how many different words its name has."""
        own: set[str] = set()
        for field in document.fields:
            if field.kind is Kind.TEXT:
                for stem in _text_stems(field.text):
                    _enter(self._texts, stem, place, field.kind)
                continue
            for word, is_whole in _words_of(field):
                _enter(self._names, word, place, field.kind)
                if is_whole and field.kind is Kind.NAME:
                    own.add(word)
            if field.is_person:
                for letter in _INITIALS.findall(field.text):
                    self._initials.setdefault("".join(folded_words(letter)), set()).add(place)
        return len(own)

    def get(self, document_id: int) -> Document | None:
        """The document with that id."""
        place = self._place_of.get(document_id)
        return None if place is None else self.documents[place]

    def search(self, text: str, within: Collection[int] | None = None) -> tuple[Hit, ...]:
        """The documents found, the best first; everything, in its own order, where nothing was typed.

        ``within`` are the ids that may be found: others do not even decide whether errors are forgiven.
        """
        allowed = self._allowed(within)
        wanted = read(text)
        if wanted.is_blank:
            return tuple(Hit(each.id, 0, 0, 0) for at, each in enumerate(self.documents) if at in allowed)
        found = self._find(wanted, allowed, is_forgiving=False)
        for joined in () if found else wanted.joined():
            found = found or self._find(joined, allowed, is_forgiving=False)
        found = found or self._find(wanted, allowed, is_forgiving=True)
        return self._ranked(found, wanted)

    def _allowed(self, within: Collection[int] | None) -> Collection[int]:
        if within is None:
            return range(len(self.documents))
        return {self._place_of[each] for each in within if each in self._place_of}

    def _find(self, wanted: Wanted, allowed: Collection[int], *, is_forgiving: bool) -> _Found:
        """Documents in which every word is, with the fewest errors of all."""
        total: _Found | None = None
        pairs = zip(wanted.words, wanted.stems, strict=True)
        for word, stem in sorted(pairs, key=lambda pair: pair[0] in wanted.patronymic):
            found = self._word(word, stem, wanted, is_forgiving=is_forgiving)
            if word in wanted.patronymic and total is not None:
                found = {**self._without_patronymic(total), **found}
            total = _both(total, found) if total is not None else found
            if not total:
                return {}
        kept = {place: score for place, score in (total or {}).items() if place in allowed}
        fewest = min((errors for errors, _cost in kept.values()), default=0)
        return {place: score for place, score in kept.items() if score[0] == fewest}

    def _without_patronymic(self, places: Iterable[int]) -> _Found:
        return {place: (0, _LEFT_OUT) for place in places if not self.documents[place].has_patronymic}

    def _word(self, word: str, stem: str, wanted: Wanted, *, is_forgiving: bool) -> _Found:
        found: _Found = {}
        for words, places, exact in (
            (self._name_words, self._names, word),
            (self._text_words, self._texts, stem),
        ):
            for known, errors in _meant(words, word, exact, wanted, is_forgiving):
                for place, kind in places[known].items():
                    score = _score(kind, word, known, errors, is_exact=known == exact, wanted=wanted)
                    if score is not None and (place not in found or score < found[place]):
                        found[place] = score
        for initial, people in self._initials.items():
            if len(word) > len(initial) and word.startswith(initial):
                for place in people:
                    found.setdefault(place, (0, _INITIAL))
        return found

    def _ranked(self, found: _Found, wanted: Wanted) -> tuple[Hit, ...]:
        rows = []
        for place, (errors, cost) in found.items():
            document = self.documents[place]
            if wanted.form and document.form != wanted.form:
                cost += _OTHER_FORM
            rest = max(0, self._lengths[place] - len(wanted.words))
            rows.append((errors, cost, rest, place))
        return tuple(
            Hit(self.documents[place].id, errors, cost, rest) for errors, cost, rest, place in sorted(rows)
        )


def _enter(table: dict[str, _Places], word: str, place: int, kind: Kind) -> None:
    places = table.setdefault(word, {})
    places[place] = min(kind, places.get(place, kind))


@lru_cache(maxsize=50_000)
def _words_of(field: Field) -> tuple[tuple[str, bool], ...]:
    """(word, whether it is one as written); also neighbours run together and the halves of a word."""
    written = folded_words(field.text)
    words = [(word, True) for word in written]
    words += [(first + second, False) for first, second in pairwise(written)]
    for other in (in_halves(field.text), shortened(field.text)):
        if other != field.text:
            words += [(word, False) for word in folded_words(other)]
    return tuple(words)


def _meant(
    words: Words, word: str, exact: str, wanted: Wanted, is_forgiving: bool
) -> Iterator[tuple[str, int]]:
    """(known word, errors) of whatever ``word`` may mean."""
    if exact in words:
        yield exact, 0
    if not any(letter.isdigit() for letter in word):
        yield from ((known, 0) for known in words.beginning(word) if known != exact)
    if is_forgiving:
        yield from words.misspelled(word, is_last=word == wanted.words[-1])


def _score(
    kind: Kind, word: str, known: str, errors: int, *, is_exact: bool, wanted: Wanted
) -> tuple[int, int] | None:
    """(errors, cost), or None where ``word`` is too little of the ``known`` one to mean it."""
    if is_exact or errors:
        return errors, _EXACT[kind]
    if len(word) < _SHORTEST_BEGINNING[kind]:
        return None
    if kind is Kind.PATRONYMIC and not _is_patronymic_begun(word, known, wanted):
        return None
    return 0, _BEGINNING[kind]


def _is_patronymic_begun(word: str, known: str, wanted: Wanted) -> bool:
    """Whoever types «Иванов» does not look for all the Ивановичи; as a third word it is one of them."""
    is_third = len(wanted.words) > 2 and word == wanted.words[-1]
    return is_third or len(word) == 1 or len(known) - len(word) == 1


def _both(one: _Found, other: _Found) -> _Found:
    if len(other) < len(one):
        one, other = other, one
    return {
        place: (errors + other[place][0], cost + other[place][1])
        for place, (errors, cost) in one.items()
        if place in other
    }
