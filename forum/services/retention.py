"""Erasing what is held no longer than it may be: by group, a piece at a time, with an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from forum import clock, jobs
from forum.database import forget
from forum.domain.retention import DEFAULT_DAYS, LONGEST, Group
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.models import Erasure, Event
from forum.models.base import db
from forum.policy import SYSTEM, Actor, require
from forum.queries import retention
from forum.services import erasers, journal
from forum.services.erasing import TERM, open_act
from forum.unit_of_work import after_commit, transactional

_AT_ONCE: Final = 200
_LOG_WATCH: Final = timedelta(hours=1)


@transactional
def set_terms(*, actor: Actor, event_id: int, version: int, days: Mapping[Group, int]) -> None:
    """Keep each group ``days`` after the last day of the forum.

    Raises:
        NotAllowedError: not ``MANAGE_PRIVACY``.
        StaleError: ``stale``: somebody has changed the forum's settings meanwhile.
        ForumError: ``term_too_long``.
    """
    require(actor, Permission.MANAGE_PRIVACY, event_id)
    event = db.session.get_one(Event, event_id, with_for_update=True)
    if event.version != version:
        raise StaleError("stale")
    if not all(0 <= number <= LONGEST for number in days.values()):
        raise ForumError("term_too_long", most=LONGEST)
    own = {group.value: number for group, number in days.items() if DEFAULT_DAYS.get(group) != number}
    if own == event.retention_days:
        return
    event.retention_days = own
    journal.record(
        actor=actor, action="terms_changed", event_id=event_id, subject_kind="event", subject_id=event_id
    )


def _waiting() -> list[int]:
    """Forums with something due. SQLite's log is looked after here too: a reader may have held it before."""
    since = clock.now() - _LOG_WATCH
    if db.session.scalar(select(Erasure.id).where(Erasure.erased_at > since).limit(1)):
        db.session.rollback()
        forget()
    unfinished = db.session.scalars(select(Erasure.event_id).where(Erasure.erased_at.is_(None))).all()
    return sorted({*unfinished, *retention.events_with_something_due()})


@jobs.handles("retention", waiting=_waiting)
def work(event_id: int) -> None:
    """Erase all that is due in the forum.

    Each piece is a transaction that also counts in the act, so a worker that dies leaves a true act,
    and whoever comes next goes on with it. Two at once wait for each other.
    """
    run(actor=SYSTEM, event_id=event_id)


def run(*, actor: Actor, event_id: int) -> int:
    """Erase what is due now, rather than in the next round. Returns how many rows."""
    require(actor, Permission.MANAGE_PRIVACY, event_id)
    count = 0
    while done := _erase_some(event_id=event_id):
        count += done
    _close_act(event_id=event_id)
    return count


@transactional
def _erase_some(*, event_id: int) -> int:
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    found = retention.due(event_id, limit=_AT_ONCE)
    if found is None:
        return 0
    group, kind, ids = found
    erasers.erase(kind, ids)
    act = _open(event_id) or open_act(event_id, TERM)
    act.groups = {**act.groups, group.value: act.groups.get(group.value, 0) + len(ids)}
    return len(ids)


@transactional
def _close_act(*, event_id: int) -> None:
    act = _open(event_id)
    if act is None:
        return
    act.erased_at = clock.now()
    journal.record(actor=SYSTEM, action="term_erased", event_id=event_id, act=act.number)
    after_commit(forget, key="forget")


def _open(event_id: int) -> Erasure | None:
    return db.session.scalar(
        select(Erasure).where(Erasure.event_id == event_id, Erasure.erased_at.is_(None)).with_for_update()
    )
