"""Tokens by which other programs act in a forum."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update

from forum import clock
from forum.domain.roles import Permission, Role
from forum.errors import ForumError
from forum.models import ApiToken, Delegation
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries.sign_ins import hash_of
from forum.services import journal
from forum.unit_of_work import transactional

ROLES: Final = (Role.ORGANISER, Role.PROTOCOL, Role.COORDINATOR, Role.DESK)
"""Programs work at the desk: they have no cabinet."""

PREFIX: Final = "forum_"  # by which scanners of leaked secrets, and people, know what it is
_SECRET_BYTES: Final = 30
_HINT: Final = 4
_LONGEST_NAME: Final = 80
_NOTED_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class NewToken:
    """``secret`` is shown once and kept nowhere."""

    id: int
    secret: str


@transactional
def create(
    *,
    actor: Actor,
    event_id: int,
    name: str,
    role: Role,
    can_write: bool = False,
    delegation_id: int | None = None,
    expires_at: datetime | None = None,
) -> NewToken:
    """A token for a program called ``name``.

    Raises:
        ForumError: ``token_name_missing``, ``token_role``, ``delegation_needed``, ``token_expired``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        raise ForumError("token_name_missing")
    if role not in ROLES:
        raise ForumError("token_role")
    if expires_at is not None and expires_at <= clock.now():
        raise ForumError("token_expired")
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    row = ApiToken(
        event_id=event_id,
        delegation_id=_delegation(event_id, delegation_id) if role is Role.COORDINATOR else None,
        name=name,
        role=role,
        can_write=can_write,
        secret_hash=hash_of(secret),
        hint=secret[-_HINT:],
        created_by_id=actor.account_id,
        created_at=clock.now(),
        expires_at=expires_at,
    )
    db.session.add(row)
    db.session.flush()
    journal.record(actor=actor, action="token_created", event_id=event_id, name=name, role=role.value)
    return NewToken(row.id, secret)


@transactional
def revoke(*, actor: Actor, event_id: int, token_id: int) -> None:
    """From now on the token opens nothing.

    Raises:
        ForumError: ``no_such_token``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    name = db.session.scalar(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.event_id == event_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(ApiToken.name)
    )
    if name is None:
        raise ForumError("no_such_token")
    journal.record(actor=actor, action="token_revoked", event_id=event_id, name=name)


@transactional
def note_use(*, actor: Actor) -> None:
    """Note that a program has just asked, once a minute at most."""
    now = clock.now()
    db.session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == actor.token_id,
            or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < now - _NOTED_EVERY),
        )
        .values(last_used_at=now)
    )


def is_due(last_used_at: datetime | None) -> bool:
    """Whether a use is worth noting: a read that need not write waits for nobody."""
    return last_used_at is None or last_used_at < clock.now() - _NOTED_EVERY


def _delegation(event_id: int, delegation_id: int | None) -> int:
    found = db.session.scalar(
        select(Delegation.id).where(Delegation.id == delegation_id, Delegation.event_id == event_id)
    )
    if found is None:
        raise ForumError("delegation_needed")
    return found
