"""The worker's side of how papers stand: it compares all of them whenever something has happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select

from forum import clock, jobs
from forum.domain.states import PaperKind
from forum.models import Event, PaperCount
from forum.models.base import db
from forum.queries import events, paper_counts, paper_standing
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.unit_of_work import transactional

REST: Final = timedelta(minutes=2)
"""Between two counts of a forum: on a busy day something happens every second."""


def _waiting() -> Iterable[int]:
    counted = select(PaperCount.event_id, func.max(PaperCount.counted_at).label("at"))
    last = counted.group_by(PaperCount.event_id).subquery()
    rows = select(Event.id).outerjoin(last, last.c.event_id == Event.id)
    rested = last.c.at.is_(None) | (last.c.at < clock.now() - REST)
    return [key for key in db.session.scalars(rows.where(rested)) if _has_changed(key)]


def _has_changed(event_id: int) -> bool:
    if paper_counts.is_small(event_id):
        return False
    seen = db.session.scalars(select(PaperCount.seen).where(PaperCount.event_id == event_id)).all()
    return set(seen) != {paper_counts.stamp(event_id)} or len(seen) < len(KINDS)


@jobs.handles("paper_counts", waiting=_waiting)
def count(event_id: int) -> None:
    """Compare every kind; what has happened by the beginning is what is known to be in it."""
    event, seen = events.get(event_id), paper_counts.stamp(event_id)
    for kind in KINDS:
        db.session.rollback()
        standing = paper_standing.standing(event, kind)
        stale = paper_standing.chosen(event, kind, PaperChoice(only="stale")) if standing.stale else ()
        rows = [[each.id, ",".join(each.languages)] for each in stale]
        _keep(
            event_id,
            kind,
            PaperCount(total=standing.total, unprinted=standing.unprinted, stale={"rows": rows}),
            seen,
        )


@transactional
def _keep(event_id: int, kind: PaperKind, found: PaperCount, seen: str) -> None:
    # Two workers that count the same forum must not both write a row of it.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    db.session.execute(delete(PaperCount).where(PaperCount.event_id == event_id, PaperCount.kind == kind))
    found.event_id, found.kind, found.seen, found.counted_at = event_id, kind, seen, clock.now()
    db.session.add(found)
