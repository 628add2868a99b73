"""Who may invite whom, and within what: the rules that every command on invitations shares."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.domain.folding import fold
from forum.domain.invitations import LONGEST_MESSAGE, LONGEST_NAME, MOST_USES
from forum.domain.localized import LANGUAGES
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegation, Event, Invitation
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may, require
from forum.queries import invited
from forum.services import person_columns


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the invitations of one sending have in common."""

    category: Category
    language: str
    delegation_id: int | None = None
    message: str | None = None
    expires_at: datetime | None = None


def require_inviting(actor: Actor, event_id: int) -> None:
    """Raises ``NotAllowedError`` unless ``actor`` invites people, be it into one delegation only."""
    if not may(actor, Permission.MANAGE_DELEGATES, event_id):
        require(actor, Permission.MANAGE_MEMBERS, event_id)


def locked(event_id: int) -> Event:
    """Within a command: the forum, for nobody else to invite at the same instant."""
    return db.session.scalars(select(Event).where(Event.id == event_id).with_for_update()).one()


def refuse_terms(actor: Actor, event_id: int, terms: Terms) -> None:
    """Raises what speaks against inviting on such terms, whoever the people are."""
    require_inviting(actor, event_id)
    _refuse_delegation(actor, event_id, terms.delegation_id)
    if terms.language not in LANGUAGES:
        raise ForumError("no_such_language")
    if len(terms.message or "") > LONGEST_MESSAGE:
        raise ForumError("message_too_long", most=LONGEST_MESSAGE)
    refuse_past(terms.expires_at)


def refuse_past(expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= clock.now():
        raise ForumError("invitation_ends_in_the_past")


def refuse_uses(most_uses: int) -> None:
    if not 1 <= most_uses <= MOST_USES:
        raise ForumError("bad_most_uses", most=MOST_USES)


def refuse_over_quota(actor: Actor, event_id: int, terms: Terms, more: int) -> None:
    """Coordinators keep to the quota of their delegation; whoever decides on people may go beyond."""
    if terms.delegation_id is None or may(actor, Permission.MANAGE_DELEGATES, event_id):
        return
    free = invited.free_in_quota(
        event_id=event_id, delegation_id=terms.delegation_id, category=terms.category
    )
    if free is not None and more > free:
        raise ForumError("quota_too_small", free=max(0, free))


def add(
    actor: Actor,
    event_id: int,
    terms: Terms,
    *,
    name: str,
    email: str | None = None,
    language: str | None = None,
    most_uses: int = 1,
) -> Invitation:
    """Within a command: a new invitation, with a code that nobody guesses."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ForumError("bad_invitation_name", most=LONGEST_NAME)
    row = Invitation(
        event_id=event_id,
        delegation_id=terms.delegation_id,
        category=terms.category,
        code=secrets.token_urlsafe(12),
        email=email,
        name=name,
        search_key=fold(name),
        language=language or terms.language,
        message=terms.message or None,
        most_uses=most_uses,
        expires_at=terms.expires_at,
        created_by_id=actor.account_id,
        created_at=clock.now(),
        **person_columns.sort_keys(name),
    )
    db.session.add(row)
    db.session.flush()
    return row


def manageable(actor: Actor, event_id: int, invitation_id: int) -> Invitation:
    """Within a command: the locked row of an invitation that ``actor`` may change.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
        ForumError: ``no_such_invitation``, also for one of another delegation.
    """
    found = chosen(actor, event_id, (invitation_id,))
    if not found:
        raise ForumError("no_such_invitation")
    return found[0]


def chosen(actor: Actor, event_id: int, ids: Collection[int] | None) -> list[Invitation]:
    """Within a command: the locked rows, of those that ``actor`` sees (None: all of these)."""
    require_inviting(actor, event_id)
    rows = select(Invitation).where(Invitation.event_id == event_id).order_by(Invitation.id)
    if ids is not None:
        rows = rows.where(Invitation.id.in_(ids))
    seen = delegations_seen(actor, event_id)
    if seen is not None:
        rows = rows.where(Invitation.delegation_id.in_(seen))
    return list(db.session.scalars(rows.with_for_update().execution_options(populate_existing=True)))


def _refuse_delegation(actor: Actor, event_id: int, delegation_id: int | None) -> None:
    if delegation_id is not None:
        found = db.session.get(Delegation, delegation_id)
        if found is None or found.event_id != event_id:
            raise ForumError("no_such_delegation")
    seen = delegations_seen(actor, event_id)
    if seen is not None and delegation_id not in seen:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_DELEGATES.value)
