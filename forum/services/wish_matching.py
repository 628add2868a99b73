"""Which visit somebody means who names one in a cell, and what an import makes of their wishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from forum.domain.folding import folded_words
from forum.domain.localized import Localized
from forum.domain.site_kinds import SITE_KINDS
from forum.domain.visit_names import visit_name
from forum.services.import_targets import Note, PlanIssue, Target, note, shown

_DAY: Final = re.compile(r"\b(\d{1,2})[./](\d{1,2})(?:[./]\d{2,4})?\b")
_PLAIN_WORDS: Final = frozenset(
    word for term in SITE_KINDS for title in term.title.values() for word in folded_words(title)
)


@dataclass(frozen=True)
class VisitFact:
    """A visit that people can be signed up to; earlier ones come first.

    ``by_wishes``: its seats are assigned. ``is_open``: wishes for it can be made now. ``categories`` is empty
    where everybody may go.
    """

    id: int
    site: Localized
    title: Localized = field(default_factory=Localized)
    day: date | None = None
    by_wishes: bool = False
    is_open: bool = True
    categories: tuple[str, ...] = ()

    @property
    def name(self) -> Localized:
        """The site, with what tells several visits to it apart."""
        return visit_name(self.site, self.title, self.day)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for text in self.site.values() for word in folded_words(text))

    @property
    def telling_words(self) -> frozenset[str]:
        """Without those that any park or plant has in its name, as far as others remain."""
        return self.words - _PLAIN_WORDS or self.words


class WishReader:
    """Reads what people typed in the columns of choices, beside the visits of the forum."""

    def __init__(self, visits: Sequence[VisitFact]) -> None:
        self._visits = visits
        self._by_wishes = [visit for visit in visits if visit.by_wishes]

    def read(
        self, person: Target, texts: Sequence[str], before: Sequence[int], issues: list[Note]
    ) -> tuple[VisitFact, ...]:
        """The visits meant, the dearest first; what is not to be had is noted in ``issues``.

        ``before`` are the wishes that the person has: they may stay even though a list is closed.
        """
        if not self._by_wishes:
            issues.append(note(PlanIssue.WISHES_MISSING))
            return ()
        found: list[VisitFact] = []
        for text in texts:
            visit = self._meant(text, person.values["category"].value, issues)
            if visit is None:
                continue
            if visit in found:
                issues.append(note(PlanIssue.WISH_REPEATED, text))
            elif visit.is_open or visit.id in before:
                found.append(visit)
            else:
                issues.append(note(PlanIssue.WISH_CLOSED, text))
        return tuple(found)

    def _meant(self, text: str, category: str, issues: list[Note]) -> VisitFact | None:
        named = _named(text, self._by_wishes)
        allowed = [visit for visit in named if not visit.categories or category in visit.categories]
        meant = [visit for visit in allowed if visit.is_open] or allowed
        if len(meant) == 1:
            return meant[0]
        if meant:
            names = [shown(visit.name) for visit in meant]
            issues.append(note(PlanIssue.WISH_AMBIGUOUS, text, candidates=names))
        elif named:
            issues.append(note(PlanIssue.WISH_NOT_FOR_CATEGORY, text))
        elif _named(text, self._visits):
            issues.append(note(PlanIssue.WISH_NOT_NEEDED, text))
        else:
            issues.append(note(PlanIssue.WISH_UNKNOWN, text))
        return None


def _named(text: str, visits: Sequence[VisitFact]) -> list[VisitFact]:
    """The visits of which ``text`` says most: the site, then the day or the title."""
    words, days = set(folded_words(_DAY.sub(" ", text))), _DAY.findall(text)
    dates = {(int(day), int(month)) for day, month in days}
    scores = {
        visit.id: (
            len(words & visit.words),
            visit.day is not None and (visit.day.day, visit.day.month) in dates,
            len(words & {word for title in visit.title.values() for word in folded_words(title)}),
        )
        for visit in visits
        if words & visit.telling_words
    }
    most = max(scores.values(), default=None)
    return [visit for visit in visits if visit.id in scores and scores[visit.id] == most]
