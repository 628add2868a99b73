"""Revisions of papers: what says the same is the same paper, what says something else is the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from forum import clock
from forum.domain.states import PaperKind
from forum.models import Event, Paper
from forum.models.base import db
from forum.policy import Actor
from forum.printing.documents import content_hash
from forum.queries import events, papers
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import badges
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Prepared:
    """A paper ready to be drawn: that of a person with its revision, or one of the forum without either."""

    delegate_id: int | None
    paper_id: int | None
    document: Any


@transactional
def prepare(*, actor: Actor, event_id: int, kind: PaperKind, choice: PaperChoice) -> tuple[Prepared, ...]:
    """The papers as they stand now, in their order; people's get revisions, badges their codes first."""
    if not KINDS[kind].is_personal:
        made = papers.forum_documents(events.get(event_id), kind, choice)
        return tuple(Prepared(None, None, document) for document in made.values())
    # Two workers that print for the same people would both give them codes and revisions.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    event = events.get(event_id)
    ids = papers.chosen_ids(event, kind, choice)
    if kind is PaperKind.BADGE:
        badges.issue(actor=actor, event_id=event_id, delegate_ids=ids)
    current = papers.documents(event, kind, ids)
    rows = _latest(event_id, kind)
    for key, document in current.items():
        content = content_hash(document)
        before = rows.get(key)
        if before is None or before.content_hash != content:
            rows[key] = Paper(
                event_id=event_id,
                delegate_id=key,
                kind=kind,
                revision=before.revision + 1 if before else 1,
                content_hash=content,
                created_at=clock.now(),
            )
            db.session.add(rows[key])
    db.session.flush()
    return tuple(
        Prepared(key, rows[key].id, replace(document, revision=rows[key].revision))
        for key, document in current.items()
    )


def _latest(event_id: int, kind: PaperKind) -> dict[int, Paper]:
    """By delegate, the paper with the highest revision."""
    rows = db.session.scalars(
        select(Paper).where(Paper.event_id == event_id, Paper.kind == kind).order_by(Paper.revision)
    )
    return {row.delegate_id: row for row in rows}
