"""Badges: found right by their holder; codes issued once a person, void at once when lost."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.models import Badge, Delegate
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import events
from forum.services import badge_previews, journal, profiles
from forum.unit_of_work import transactional

_CODE_BYTES = 12  # 96 random bits: nobody guesses a code, and the QR stays coarse enough for a bad camera


@transactional
def issue(*, actor: Actor, event_id: int, delegate_ids: Collection[int]) -> int:
    """Give a code to everybody who has no valid one. Returns how many were given."""
    require(actor, Permission.PRINT, event_id)
    wanted = select(Delegate.id).where(Delegate.event_id == event_id, Delegate.id.in_(delegate_ids))
    valid = select(Badge.delegate_id).where(Badge.event_id == event_id, Badge.voided_at.is_(None))
    missing = db.session.scalars(wanted.where(Delegate.id.not_in(valid)).with_for_update()).all()
    now = clock.now()
    db.session.add_all(
        Badge(event_id=event_id, delegate_id=key, code=secrets.token_urlsafe(_CODE_BYTES), issued_at=now)
        for key in missing
    )
    db.session.flush()
    return len(missing)


@transactional
def confirm(*, actor: Actor, event_id: int, delegate_id: int, content: str) -> None:
    """The badge is right as its holder has seen it; ``content`` is the hash of what they saw.

    It holds until something that is printed changes.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor ``MANAGE_DELEGATES``.
        StaleError: ``badge_changed``, it would be printed otherwise now.
        ForumError: ``no_such_delegate``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    preview = badge_previews.of_delegate(event=events.get(event_id), delegate_id=row.id)
    if preview is None or preview.content != content:
        raise StaleError("badge_changed")
    if row.badge_confirmed_hash == content:
        return
    row.badge_confirmed_hash, row.updated_at = content, clock.now()
    journal.record(
        actor=actor,
        action="badge_confirmed",
        event_id=event_id,
        subject_kind="delegate",
        subject_id=delegate_id,
    )


@transactional
def void(*, actor: Actor, event_id: int, delegate_id: int, reason: str) -> None:
    """The badge is lost: its code opens nothing from now on, and the next printing has a new one.

    Raises:
        ForumError: ``reason_missing``; ``no_valid_badge``.
    """
    require(actor, Permission.PRINT, event_id)
    if not reason.strip():
        raise ForumError("reason_missing")
    badge = _valid(event_id, delegate_id)
    if badge is None:
        raise ForumError("no_valid_badge")
    badge.voided_at, badge.void_reason = clock.now(), reason.strip()
    journal.record(
        actor=actor,
        action="badge_voided",
        event_id=event_id,
        subject_kind="delegate",
        subject_id=delegate_id,
        reason=badge.void_reason,
    )


def retire(row: Delegate, *, reason: str) -> None:
    """Within a command that notes why: the badge that ``row`` may have opens nothing any more."""
    badge = _valid(row.event_id, row.id)
    if badge is not None:
        badge.voided_at, badge.void_reason = clock.now(), reason


def _valid(event_id: int, delegate_id: int) -> Badge | None:
    return db.session.scalar(
        select(Badge)
        .where(Badge.event_id == event_id, Badge.delegate_id == delegate_id, Badge.voided_at.is_(None))
        .with_for_update()
    )
