"""Papers with what they say in another language than their own, because nobody has translated it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from forum.domain.localized import asked_in_vain
from forum.domain.states import PaperKind
from forum.models import Company
from forum.models.base import db
from forum.printing.preflight import texts_of
from forum.queries import paper_standing
from forum.queries.badge_documents import sample_documents
from forum.queries.events import EventView
from forum.queries.paper_standing import Documents, Subject

_AS_LONG_AS_A_CODE: Final = "0" * 16
_BETWEEN: Final = re.compile(r" · |\n|, | – |: ")


def documents(
    event: EventView, kind: PaperKind, subjects: Collection[Subject], *, is_trial: bool = False
) -> tuple[Documents, Mapping[Subject, tuple[str, ...]]]:
    """As ``paper_standing.documents``, and by subject the texts that are missing in a language of the paper.

    The name of a company is no text: it is as it is in every language. Those of a trial are not printed, so
    that badges for which no code was issued are there as well.
    """
    with asked_in_vain() as asked:
        if is_trial and kind is PaperKind.BADGE:
            made = _trial_badges(event, subjects)
        else:
            made = paper_standing.documents(event, kind, subjects)
    names = _company_names(event.id) if asked else frozenset()
    missing = {each for each in asked if each[1] not in names}
    found = {}
    for subject, document in made.items() if missing else ():
        languages = set(_languages(subject, document))
        parts = set(_parts(document))
        if own := sorted({text for language, text in missing if language in languages and text in parts}):
            found[subject] = tuple(own)
    return made, found


def _trial_badges(event: EventView, subjects: Collection[Subject]) -> Documents:
    badges = sample_documents(event, [each.id for each in subjects])
    return {Subject(key): replace(badge, code=_AS_LONG_AS_A_CODE) for key, badge in badges.items()}


def _company_names(event_id: int) -> frozenset[str]:
    rows = db.session.execute(
        select(Company.badge_name, Company.short_name, Company.full_name).where(Company.event_id == event_id)
    )
    return frozenset(text for row in rows for name in row for text in name.values())


def _languages(subject: Subject, document: Any) -> Iterator[str]:
    yield from subject.languages
    if hasattr(document, "language"):
        yield document.language
    yield from (side.language for side in getattr(document, "sides", ()))


def _parts(document: Any) -> Iterator[str]:
    """Texts of a paper, whole and by what they are put together of."""
    for _, text in texts_of(document):
        yield text
        yield from _BETWEEN.split(text)
