"""When and in which category one may register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum import clock
from forum.domain.states import Category, Opening
from forum.errors import ForumError
from forum.models import Event
from forum.models.base import db
from forum.queries import admissions, invitations


@dataclass(frozen=True)
class Window:
    """When a registration is open; None for an end that is not set."""

    opens_at: datetime | None
    closes_at: datetime | None

    @property
    def is_before(self) -> bool:
        return self.opens_at is not None and clock.now() < self.opens_at

    @property
    def is_after(self) -> bool:
        return self.closes_at is not None and clock.now() >= self.closes_at

    @property
    def is_open(self) -> bool:
        return not self.is_before and not self.is_after


def open_categories(*, event_id: int) -> tuple[Category, ...]:
    """The categories in which everybody may register, in their order."""
    rules = admissions.all_rules(event_id=event_id)
    return tuple(category for category, each in rules.items() if each.opening is Opening.OPEN)


def refuse_closed(
    *, event_id: int, category: Category, invitation_id: int | None, accompanies_id: int | None
) -> None:
    """Raises ``ForumError`` where nobody may register so, now.

    An invitation opens the door whenever it is good itself: the office gives it to whom it wants there.

    Raises:
        ForumError: ``registration_not_open_yet``, ``registration_closed``, ``category_not_open``,
            ``no_such_invitation``, and what an invitation is refused for.
    """
    if invitation_id is not None:
        _refuse_spent(event_id, invitation_id)
        return
    event = db.session.get_one(Event, event_id)
    window = Window(event.registration_opens_at, event.registration_closes_at)
    if window.is_before:
        raise ForumError("registration_not_open_yet")
    if window.is_after:
        raise ForumError("registration_closed")
    if accompanies_id is None and category not in open_categories(event_id=event_id):
        raise ForumError("category_not_open")


def _refuse_spent(event_id: int, invitation_id: int) -> None:
    invitation = invitations.find(event_id=event_id, row_id=invitation_id)
    if invitation is None:
        raise ForumError("no_such_invitation")
    if invitation.refusal is not None:
        raise ForumError(invitation.refusal)
