"""Wishes for visits whose seats are assigned: by people themselves, their coordinators, the organisers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus, SignUpMode, VisitStatus
from forum.errors import ForumError
from forum.models import Delegate, Visit, Wish
from forum.models.base import db
from forum.policy import Actor, may
from forum.queries import wishes as known
from forum.scheduling.assignment.problem import MOST_CHOICES
from forum.services import bulk, journal, profiles
from forum.unit_of_work import transactional


@transactional
def wish(*, actor: Actor, event_id: int, delegate_id: int, visit_ids: Sequence[int]) -> None:
    """Make ``visit_ids`` the delegate's wishes, the dearest first, instead of those of before; none: no wish.

    Whoever changes them keeps the place in the order of asking.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor does ``actor`` manage visits.
        ForumError: ``no_such_delegate``, ``delegate_not_approved``, ``too_many_wishes``,
            ``same_wish_twice``, ``no_such_visit``, ``visit_not_assigned``, ``visit_not_for_category``,
            ``wishes_closed``, ``wishes_settled``.
    """
    row = _delegate(actor, event_id, delegate_id)
    before = _of(delegate_id)
    if list(visit_ids) == before:
        return
    _refuse_bad(event_id, row, visit_ids)
    if not may(actor, Permission.MANAGE_VISITS, event_id):
        _refuse_closed(event_id, {*visit_ids} ^ {*before} or {*visit_ids})
        if known.settled(delegate_id):
            raise ForumError("wishes_settled")
    asked_at = _first_asked(delegate_id) or clock.now()
    db.session.execute(delete(Wish).where(Wish.delegate_id == delegate_id))
    bulk.add(Wish, rows_of(event_id, delegate_id, visit_ids, asked_at))
    journal.about(row, actor=actor, action="wishes_made", visits=list(visit_ids), before=before)


def rows_of(
    event_id: int, delegate_id: int, visit_ids: Iterable[int], asked_at: datetime
) -> list[dict[str, object]]:
    """The rows of one person's wishes, the dearest first."""
    return [
        {
            "event_id": event_id,
            "delegate_id": delegate_id,
            "visit_id": visit_id,
            "choice": choice,
            "asked_at": asked_at,
        }
        for choice, visit_id in enumerate(visit_ids, 1)
    ]


def _delegate(actor: Actor, event_id: int, delegate_id: int) -> Delegate:
    if may(actor, Permission.MANAGE_VISITS, event_id):
        return profiles.locked(event_id, delegate_id)
    return profiles.editable(actor, event_id, delegate_id)


def _of(delegate_id: int) -> list[int]:
    rows = select(Wish.visit_id).where(Wish.delegate_id == delegate_id).order_by(Wish.choice)
    return list(db.session.scalars(rows))


def _first_asked(delegate_id: int) -> datetime | None:
    return db.session.scalar(select(func.min(Wish.asked_at)).where(Wish.delegate_id == delegate_id))


def _refuse_bad(event_id: int, row: Delegate, visit_ids: Sequence[int]) -> None:
    if row.status is not RegistrationStatus.APPROVED:
        raise ForumError("delegate_not_approved")
    if len(visit_ids) > MOST_CHOICES:
        raise ForumError("too_many_wishes", most=MOST_CHOICES)
    if len(set(visit_ids)) < len(visit_ids):
        raise ForumError("same_wish_twice")
    for visit_id in visit_ids:
        visit = db.session.get(Visit, visit_id)
        if visit is None or visit.event_id != event_id or visit.status is VisitStatus.CANCELLED:
            raise ForumError("no_such_visit")
        if visit.sign_up_mode is not SignUpMode.ASSIGNED:
            raise ForumError("visit_not_assigned")
        if visit.categories and row.category.value not in visit.categories:
            raise ForumError("visit_not_for_category")


def _refuse_closed(event_id: int, changed: Collection[int]) -> None:
    rows = db.session.scalars(select(Visit).where(Visit.event_id == event_id, Visit.id.in_(changed)))
    if not all(known.is_open(visit) for visit in rows):
        raise ForumError("wishes_closed")
