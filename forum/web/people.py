"""Finding people and delegations within what the reader may see."""

from __future__ import annotations

from forum.policy import delegations_seen
from forum.queries import delegates, delegations, profiles, registrations
from forum.queries.delegates import DelegateView
from forum.queries.delegations import DelegationView
from forum.queries.profiles import ProfileView
from forum.queries.registrations import RegistrationView
from forum.web.users import current_actor


def visible_delegate(*, event_id: int, row_id: int) -> DelegateView | None:
    """The delegate, unless the reader only sees other delegations."""
    found = delegates.find(event_id=event_id, row_id=row_id)
    return found if found and is_seen(event_id, found.delegation_id) else None


def visible_registration(*, event_id: int, row_id: int) -> RegistrationView | None:
    """The registration, unless the reader only sees other delegations."""
    found = registrations.find(event_id=event_id, row_id=row_id)
    return found if found and is_seen(event_id, found.delegate.delegation_id) else None


def visible_profile(*, event_id: int, row_id: int) -> ProfileView | None:
    """What the delegate says of themselves, unless the reader only sees other delegations."""
    found = profiles.find(event_id=event_id, row_id=row_id)
    return found if found and is_seen(event_id, found.delegation_id) else None


def visible_delegation(*, event_id: int, row_id: int) -> DelegationView | None:
    """The delegation, unless the reader only sees others."""
    found = delegations.find(event_id=event_id, row_id=row_id)
    return found if found and is_seen(event_id, found.id) else None


def is_seen(event_id: int, delegation_id: int | None) -> bool:
    """Whether the reader sees people of that delegation (None: of none)."""
    seen = delegations_seen(current_actor(), event_id)
    return seen is None or delegation_id in seen
