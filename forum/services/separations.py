"""Companies that the organisers keep apart. Nobody but them learns of it."""

from __future__ import annotations

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import SeparationKind
from forum.errors import ForumError
from forum.models import Separation
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.services import request_rules as rules
from forum.unit_of_work import transactional


@transactional
def separate(
    *, actor: Actor, event_id: int, company_ids: tuple[int, int], kind: SeparationKind, note: str = ""
) -> int:
    """Keep two companies apart from now on, or change how; returns the separation's id.

    Requests between the two stay in the list; the schedule has no meeting for them.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``no_such_company``, ``asks_itself``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    first, second = sorted(company_ids)
    rules.lock_pair(event_id, first, second)
    row = db.session.scalar(select(Separation).filter_by(event_id=event_id, first_id=first, second_id=second))
    if row is None:
        row = Separation(event_id=event_id, first_id=first, second_id=second)
        db.session.add(row)
    row.kind, row.note = kind, note.strip() or None
    db.session.flush()
    journal.record(
        actor=actor,
        action="companies_separated",
        event_id=event_id,
        subject_kind="company",
        subject_id=first,
        company=second,
        separation=kind.value,
    )
    return row.id


@transactional
def unite(*, actor: Actor, event_id: int, separation_id: int) -> None:
    """Keep the two apart no longer.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``no_such_separation``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    row = db.session.get(Separation, separation_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_separation")
    journal.record(
        actor=actor,
        action="companies_united",
        event_id=event_id,
        subject_kind="company",
        subject_id=row.first_id,
        company=row.second_id,
    )
    db.session.delete(row)


def follow(event_id: int, source_id: int, target_id: int) -> None:
    """Within the command that makes ``source_id`` part of ``target_id``: whoever was kept apart from the one
    is kept apart from the other, as strictly as from either.
    """
    here = (Separation.first_id == source_id) | (Separation.second_id == source_id)
    for row in db.session.scalars(select(Separation).where(Separation.event_id == event_id, here)).all():
        other_id = row.second_id if row.first_id == source_id else row.first_id
        if other_id == target_id:
            continue
        first, second = sorted((target_id, other_id))
        known = db.session.scalar(
            select(Separation).filter_by(event_id=event_id, first_id=first, second_id=second)
        )
        if known is None:
            row.first_id, row.second_id = first, second
        elif row.kind is SeparationKind.NEVER:
            known.kind = row.kind
    db.session.flush()
