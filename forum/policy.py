"""Who may do what: the one question that every screen, command and file asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from forum.domain.roles import GRANTS, Permission, Role
from forum.errors import NotAllowedError
from forum.models import Account


@dataclass(frozen=True)
class RoleGranted:
    """A role in one event, or in every event where ``event_id`` is None."""

    role: Role
    event_id: int | None
    delegation_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who is acting. Services take one as their first argument."""

    account_id: int | None
    name: str
    language: str = "ru"
    roles: frozenset[RoleGranted] = frozenset()
    is_system: bool = False
    token_id: int | None = None  # of a program that acts for itself, not for a person

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and self.token_id is None and not self.is_system

    def roles_in(self, event_id: int | None) -> frozenset[Role]:
        """Roles that hold in the event."""
        return frozenset(held.role for held in self.roles if held.event_id in (None, event_id))


ANONYMOUS: Final = Actor(account_id=None, name="")
SYSTEM: Final = Actor(account_id=None, name="system", is_system=True)  # the command line and the worker


def actor_of(account: Account) -> Actor:
    """The actor that ``account`` is."""
    return Actor(
        account_id=account.id,
        name=account.name,
        language=account.language,
        roles=frozenset(
            RoleGranted(grant.role, grant.event_id, grant.delegation_id) for grant in account.grants
        ),
    )


def may(actor: Actor, permission: Permission, event_id: int | None = None) -> bool:
    """Whether ``actor`` has ``permission`` (in the event, where there is one)."""
    if actor.is_system or permission is Permission.PUBLIC:
        return True
    if permission is Permission.SIGNED_IN:
        return not actor.is_anonymous
    return any(permission in GRANTS[role] for role in actor.roles_in(event_id))


def require(actor: Actor, permission: Permission, event_id: int | None = None) -> None:
    """Raises ``NotAllowedError`` unless ``actor`` may: the services' own guard behind the screens'."""
    if not may(actor, permission, event_id):
        raise NotAllowedError("not_allowed", permission=permission.value)


def delegations_seen(actor: Actor, event_id: int) -> frozenset[int] | None:
    """Ids of the delegations whose people ``actor`` may see; None stands for all of them."""
    everywhere: Iterable[Role] = actor.roles_in(event_id) - {Role.COORDINATOR}
    if actor.is_system or any(Permission.SEE_DELEGATES in GRANTS[role] for role in everywhere):
        return None
    return frozenset(
        held.delegation_id
        for held in actor.roles
        if held.role is Role.COORDINATOR and held.event_id == event_id and held.delegation_id is not None
    )
