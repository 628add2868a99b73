"""Ordering a schedule of what might be, to be looked at and never published."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.domain.assumptions import MOST_INTERPRETERS, MOST_SLOTS, MOST_TABLES, Assumptions
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Slot
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import plans as drafts
from forum.services import journal, plans
from forum.unit_of_work import transactional


@transactional
def order(
    *, actor: Actor, event_id: int, assumptions: Assumptions, beside_id: int | None = None, seed: int = 0
) -> int:
    """Have a worker compute what the assumptions would give; returns the plan's id.

    Args:
        beside_id: the plan that it is compared with; by default the latest draft, else the one in force.

    Raises:
        ForumError: ``nothing_assumed``; ``too_much_assumed``, with the ``field``; ``slot_ends_early``;
            ``slot_overlaps``; ``no_such_place``; ``no_such_plan``; ``unknown_language``; as ``plans.order``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    _refuse(event_id, assumptions)
    newest = drafts.newest(event_id)
    beside = plans.locked(event_id, beside_id).id if beside_id else newest.id if newest else None
    plan = plans.ordered(actor, event_id, seed=seed, based_on_id=beside, assumptions=assumptions.written())
    journal.record(
        actor=actor,
        action="plan_tried_out",
        event_id=event_id,
        subject_kind="plan",
        subject_id=plan.id,
        assumptions=assumptions.written(),
    )
    return plan.id


def _refuse(event_id: int, wanted: Assumptions) -> None:
    if wanted.is_empty:
        raise ForumError("nothing_assumed")
    for field, count, most in (
        ("tables", wanted.tables, MOST_TABLES),
        ("interpreters", len(wanted.interpreters), MOST_INTERPRETERS),
        ("slots", len(wanted.with_slots), MOST_SLOTS),
    ):
        if not 0 <= count <= most:
            raise ForumError("too_much_assumed", field=field, most=most)
    if any(language not in LANGUAGES_SPOKEN for pair in wanted.interpreters for language in pair):
        raise ForumError("unknown_language")
    dropped = select(func.count(Slot.id)).where(Slot.event_id == event_id, Slot.id.in_(wanted.without_slots))
    if db.session.scalar(dropped) != len(set(wanted.without_slots)):
        raise ForumError("no_such_place")
    for starts_at, ends_at in wanted.with_slots:
        if ends_at <= starts_at:
            raise ForumError("slot_ends_early")
        taken = select(Slot.id).where(
            Slot.event_id == event_id, Slot.starts_at < ends_at, Slot.ends_at > starts_at
        )
        if db.session.scalar(taken.limit(1)):
            raise ForumError("slot_overlaps")
