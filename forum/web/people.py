"""Finding people within what the reader may see."""

from __future__ import annotations

from forum.policy import delegations_seen
from forum.queries import delegates
from forum.queries.delegates import DelegateView
from forum.web.users import current_actor


def visible_delegate(*, event_id: int, row_id: int) -> DelegateView | None:
    """The delegate, unless the reader only sees other delegations."""
    found = delegates.find(event_id=event_id, row_id=row_id)
    seen = delegations_seen(current_actor(), event_id)
    return found if found and (seen is None or found.delegation_id in seen) else None
