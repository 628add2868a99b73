"""Programs that act in a forum with a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import ApiToken, Delegation
from forum.models.base import db
from forum.policy import Actor, RoleGranted
from forum.queries.sign_ins import hash_of


@dataclass(frozen=True)
class TokenActor:
    """Who a token lets in, and whether it may change anything."""

    actor: Actor
    event_id: int
    can_write: bool
    last_used_at: datetime | None


@dataclass(frozen=True)
class TokenView:
    """A token in a list; ``hint`` is the end of its secret."""

    id: int
    name: str
    role: Role
    delegation: Localized | None
    can_write: bool
    hint: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    is_valid: bool


def actor_with(secret: str) -> TokenActor | None:
    """The program with that secret, None unless its token is valid."""
    row = db.session.scalar(select(ApiToken).where(ApiToken.secret_hash == hash_of(secret)))
    if row is None or not _is_valid(row):
        return None
    role = RoleGranted(row.role, row.event_id, row.delegation_id)
    actor = Actor(account_id=None, name=row.name, roles=frozenset({role}), token_id=row.id)
    return TokenActor(actor, row.event_id, row.can_write, row.last_used_at)


def of_event(*, event_id: int) -> tuple[TokenView, ...]:
    """Every token of the event, the latest first, with those that are no longer valid."""
    rows = db.session.execute(
        select(ApiToken, Delegation.title)
        .outerjoin(Delegation, ApiToken.delegation_id == Delegation.id)
        .where(ApiToken.event_id == event_id)
        .order_by(ApiToken.id.desc())
    )
    return tuple(_view(row, title) for row, title in rows)


def find(*, event_id: int, row_id: int) -> TokenView | None:
    """That token of the event."""
    return next((token for token in of_event(event_id=event_id) if token.id == row_id), None)


def _is_valid(row: ApiToken) -> bool:
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > clock.now())


def _view(row: ApiToken, delegation: Localized | None) -> TokenView:
    return TokenView(
        id=row.id,
        name=row.name,
        role=row.role,
        delegation=delegation,
        can_write=row.can_write,
        hint=row.hint,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        is_valid=_is_valid(row),
    )
