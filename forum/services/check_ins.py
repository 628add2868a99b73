"""Arrivals: marking them, and taking a mark back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Badge, CheckIn, Delegate
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import form_keys, journal
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Arrival:
    """The mark that stands; ``is_first``: this tap made it, ``is_repeated``: when it was sent before."""

    check_in_id: int
    at: datetime
    is_first: bool
    is_repeated: bool = False


@transactional
def check_in(*, actor: Actor, event_id: int, delegate_id: int, form_key: str | None = None) -> Arrival:
    """Mark that the delegate has come. Marked twice, the first time stands.

    A tap that is sent again, with the same ``form_key``, is answered as it was at first: an answer may have
    been lost on its way.

    Raises:
        ForumError: ``no_such_delegate``; ``not_admitted`` with the status of whoever is not approved;
            ``mark_taken_back`` where the mark of this very tap was wrong.
    """
    require(actor, Permission.CHECK_IN, event_id)
    delegate = db.session.scalar(
        select(Delegate).where(Delegate.event_id == event_id, Delegate.id == delegate_id).with_for_update()
    )
    if delegate is None:
        raise ForumError("no_such_delegate")
    if delegate.status is not RegistrationStatus.APPROVED:
        raise ForumError("not_admitted", status=delegate.status.value)
    # One list of people is one form with one key: a tap is the key and the person.
    tap = f"check_in {delegate_id} {form_key}" if form_key else None
    repeated = _made_by(event_id, tap) if tap else None
    if repeated:
        return repeated
    standing = _standing(event_id, delegate_id)
    if standing:
        return Arrival(standing.id, standing.at, is_first=False)
    made = CheckIn(event_id=event_id, delegate_id=delegate_id, at=clock.now(), by_id=actor.account_id)
    db.session.add(made)
    db.session.flush()
    if tap:
        form_keys.note(tap, outcome=str(made.id))
    journal.record(
        actor=actor, action="checked_in", event_id=event_id, subject_kind="delegate", subject_id=delegate_id
    )
    return Arrival(made.id, made.at, is_first=True)


@transactional
def take_back(*, actor: Actor, event_id: int, delegate_id: int) -> None:
    """Take the mark back; without one nothing happens."""
    require(actor, Permission.CHECK_IN, event_id)
    standing = _standing(event_id, delegate_id)
    if standing:
        standing.undone_at = clock.now()
        journal.record(
            actor=actor,
            action="check_in_taken_back",
            event_id=event_id,
            subject_kind="delegate",
            subject_id=delegate_id,
        )


@transactional
def scan(*, actor: Actor, event_id: int, code: str) -> int:
    """Whose badge has ``code``: the id of the delegate.

    Raises:
        ForumError: ``nothing_scanned``; ``badge_unknown``; ``badge_void`` for one that was reported lost
            or replaced.
    """
    require(actor, Permission.CHECK_IN, event_id)
    if not code.strip():
        raise ForumError("nothing_scanned")
    badge = db.session.scalar(
        select(Badge).where(Badge.event_id == event_id, Badge.code == code.strip().rsplit("/", 1)[-1])
    )
    if badge is None:
        raise ForumError("badge_unknown")
    if badge.voided_at is not None:
        raise ForumError("badge_void")
    return badge.delegate_id


def _made_by(event_id: int, tap: str) -> Arrival | None:
    outcome = form_keys.outcome_of(tap)
    made = (
        db.session.scalar(select(CheckIn).filter_by(event_id=event_id, id=int(outcome))) if outcome else None
    )
    if made is None:
        return None
    if made.undone_at is not None:
        raise ForumError("mark_taken_back")
    return Arrival(made.id, made.at, is_first=True, is_repeated=True)


def _standing(event_id: int, delegate_id: int) -> CheckIn | None:
    return db.session.scalar(
        select(CheckIn).where(
            CheckIn.event_id == event_id, CheckIn.delegate_id == delegate_id, CheckIn.undone_at.is_(None)
        )
    )
