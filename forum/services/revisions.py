"""Revisions of papers: what says the same is the same paper, what says something else is the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from forum import clock
from forum.domain.states import PaperKind
from forum.models import Event, Paper
from forum.models.base import db
from forum.policy import Actor
from forum.printing.documents import content_hash
from forum.queries import events, paper_standing, untranslated
from forum.queries.paper_kinds import KINDS
from forum.queries.paper_standing import Subject, subject_of
from forum.queries.papers import PaperChoice
from forum.services import badges
from forum.unit_of_work import transactional

_FEW: Final = 100
"""So many can be named in a statement; with more all are read at once."""


@dataclass(frozen=True)
class Prepared:
    """A paper with its revision, ready to be drawn; one of the forum belongs to no delegate.

    ``untranslated`` are texts that it says in another language than its own.
    """

    delegate_id: int | None
    paper_id: int
    document: Any
    untranslated: tuple[str, ...] = ()


@transactional
def prepare(*, actor: Actor, event_id: int, kind: PaperKind, choice: PaperChoice) -> tuple[Prepared, ...]:
    """The papers as they stand now, in their order, each with its revision; badges get codes first."""
    # Two workers that print the same papers would both give them codes and revisions.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    event = events.get(event_id)
    subjects = paper_standing.chosen(event, kind, choice)
    if kind is PaperKind.BADGE:
        badges.issue(actor=actor, event_id=event_id, delegate_ids=[each.id for each in subjects])
    current, missing = untranslated.documents(event, kind, subjects)
    rows = _latest(event_id, kind, subjects)
    for subject, document in current.items():
        content = content_hash(document)
        before = rows.get(subject)
        if before is None or before.content_hash != content:
            rows[subject] = _next(event_id, kind, subject, before.revision if before else 0, content)
            db.session.add(rows[subject])
    db.session.flush()
    return tuple(
        Prepared(
            rows[subject].delegate_id,
            rows[subject].id,
            replace(document, revision=rows[subject].revision),
            missing.get(subject, ()),
        )
        for subject, document in current.items()
    )


def _next(event_id: int, kind: PaperKind, subject: Subject, before: int, content: str) -> Paper:
    is_personal = KINDS[kind].is_personal
    return Paper(
        event_id=event_id,
        delegate_id=subject.id if is_personal else None,
        subject_id=None if is_personal else subject.id,
        languages=None if is_personal else ",".join(subject.languages),
        kind=kind,
        revision=before + 1,
        content_hash=content,
        created_at=clock.now(),
    )


def _latest(event_id: int, kind: PaperKind, subjects: Sequence[Subject]) -> dict[Subject, Paper]:
    """By subject, the paper with the highest revision; those of others as well where many are asked for."""
    papers = select(Paper).where(Paper.event_id == event_id, Paper.kind == kind)
    if len(subjects) < _FEW:
        key = Paper.delegate_id if KINDS[kind].is_personal else Paper.subject_id
        papers = papers.where(key.in_([each.id for each in subjects]))
    return {subject_of(row): row for row in db.session.scalars(papers.order_by(Paper.revision))}
