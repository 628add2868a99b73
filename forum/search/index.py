"""An immutable index of documents: built once, asked often, renewed where a few documents change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from forum.domain.company_names import shortened
from forum.domain.folding import folded_words
from forum.domain.stems import text_stems
from forum.search.documents import Document, Field, Forgiving, Hit, Kind
from forum.search.postings import Postings
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

_Found = dict[int, tuple[int, int]]  # (errors, cost) by document id


class Index:
    """Finds documents by words in any script, order and state of completion.

    Typing errors are forgiven only where the words as typed find nothing, so that a rare name is not
    lost among the common ones that look like it.
    """

    def __init__(self, documents: Iterable[Document], before: Index | None = None) -> None:
        """``before``: an index that has most of these documents; only the others are taken apart anew."""
        self._documents: Final[dict[int, Document]] = {document.id: document for document in documents}
        self._rank: Final[dict[int, int]] = {key: place for place, key in enumerate(self._documents)}
        self._names: Final[Postings] = Postings(before._names if before else None)
        self._texts: Final[Postings] = Postings(before._texts if before else None)
        self._initials: Final[Postings] = Postings(before._initials if before else None)
        self._lengths: Final[dict[int, int]] = dict(before._lengths) if before else {}
        known = before._documents if before else {}
        for key, document in known.items():
            if self._documents.get(key) is not document:
                self._drop(document)
        for key, document in self._documents.items():
            if known.get(key) is not document:
                self._take(document)
        self._name_words: Final[Words] = self._names.words(before._name_words if before else None)
        self._text_words: Final[Words] = self._texts.words(before._text_words if before else None)

    def renewed(self, documents: Iterable[Document]) -> Index:
        """The index of ``documents``: quick where most of them are the very objects that this one has."""
        return Index(documents, self)

    def _take(self, document: Document) -> None:
        for table, word, kind in self._entries(document):
            table.enter(word, document.id, kind)
        self._lengths[document.id] = len(
            {
                word
                for field in document.fields
                if field.kind is Kind.NAME
                for word, is_whole in _words_of(field)
                if is_whole
            }
        )

    def _drop(self, document: Document) -> None:
        for table, word, _kind in self._entries(document):
            table.remove(word, document.id)
        del self._lengths[document.id]

    def _entries(self, document: Document) -> Iterator[tuple[Postings, str, Kind]]:
        """Where the document is entered, under which words."""
        for field in document.fields:
            if field.kind is Kind.TEXT:
                yield from ((self._texts, stem, field.kind) for stem in _text_stems(field.text))
                continue
            yield from ((self._names, word, field.kind) for word, _is_whole in _words_of(field))
            if field.is_person:
                for letter in _INITIALS.findall(field.text):
                    yield self._initials, "".join(folded_words(letter)), field.kind

    @property
    def documents(self) -> tuple[Document, ...]:
        """All of them, in their order."""
        return tuple(self._documents.values())

    def get(self, document_id: int) -> Document | None:
        """The document with that id."""
        return self._documents.get(document_id)

    def search(
        self,
        text: str,
        within: Collection[int] | None = None,
        *,
        forgiving: Forgiving = Forgiving.SOME,
    ) -> tuple[Hit, ...]:
        """The documents found, the best first; everything, in its own order, where nothing was typed.

        ``within`` are the ids that may be found: others do not even decide whether errors are forgiven, of
        which there are as few as can be and no more than ``forgiving`` allows.
        """
        allowed = self._allowed(within)
        wanted = read(text)
        if wanted.is_blank:
            return tuple(Hit(key, 0, 0, 0) for key in self._documents if key in allowed)
        found = self._find(wanted, allowed, Forgiving.NOTHING)
        for joined in () if found else wanted.joined():
            found = found or self._find(joined, allowed, Forgiving.NOTHING)
        for more in (Forgiving.SOME, Forgiving.MUCH):
            if more <= forgiving:
                found = found or self._find(wanted, allowed, more)
        return self._ranked(found, wanted)

    def _allowed(self, within: Collection[int] | None) -> Collection[int]:
        return self._rank if within is None else self._rank.keys() & set(within)

    def _find(self, wanted: Wanted, allowed: Collection[int], forgiving: Forgiving) -> _Found:
        """Documents in which every word is, with the fewest errors of all."""
        total: _Found | None = None
        pairs = zip(wanted.words, wanted.stems, strict=True)
        for word, stem in sorted(pairs, key=lambda pair: pair[0] in wanted.patronymic):
            found = self._word(word, stem, wanted, forgiving)
            if word in wanted.patronymic and total is not None:
                found = {**self._without_patronymic(total), **found}
            total = _both(total, found) if total is not None else found
            if not total:
                return {}
        kept = {key: score for key, score in (total or {}).items() if key in allowed}
        fewest = min((errors for errors, _cost in kept.values()), default=0)
        return {key: score for key, score in kept.items() if score[0] == fewest}

    def _without_patronymic(self, keys: Iterable[int]) -> _Found:
        return {key: (0, _LEFT_OUT) for key in keys if not self._documents[key].has_patronymic}

    def _word(self, word: str, stem: str, wanted: Wanted, forgiving: Forgiving) -> _Found:
        found: _Found = {}
        for words, table, exact in (
            (self._name_words, self._names, word),
            (self._text_words, self._texts, stem),
        ):
            for known, errors in _meant(words, word, exact, wanted, forgiving):
                for key, kind in table.of(known):
                    score = _score(kind, word, known, errors, is_exact=known == exact, wanted=wanted)
                    if score is not None and (key not in found or score < found[key]):
                        found[key] = score
        for initial in self._initials:
            if len(word) > len(initial) and word.startswith(initial):
                for key, _kind in self._initials.of(initial):
                    found.setdefault(key, (0, _INITIAL))
        return found

    def _ranked(self, found: _Found, wanted: Wanted) -> tuple[Hit, ...]:
        rows = []
        for key, (errors, cost) in found.items():
            if wanted.form and self._documents[key].form != wanted.form:
                cost += _OTHER_FORM
            rest = max(0, self._lengths[key] - len(wanted.words))
            rows.append((errors, cost, rest, self._rank[key], key))
        return tuple(Hit(key, errors, cost, rest) for errors, cost, rest, _rank, key in sorted(rows))


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
    words: Words, word: str, exact: str, wanted: Wanted, forgiving: Forgiving
) -> Iterator[tuple[str, int]]:
    """(known word, errors) of whatever ``word`` may mean."""
    if exact in words:
        yield exact, 0
    if not any(letter.isdigit() for letter in word):
        yield from ((known, 0) for known in words.beginning(word) if known != exact)
    if forgiving:
        is_lenient = forgiving is Forgiving.MUCH
        yield from words.misspelled(word, is_last=word == wanted.words[-1], is_lenient=is_lenient)


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
        key: (errors + other[key][0], cost + other[key][1])
        for key, (errors, cost) in one.items()
        if key in other
    }
