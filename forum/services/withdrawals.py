"""Members withdrawn by whoever looks after them, and brought back."""

from __future__ import annotations

from typing import Final

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.policy import Actor, require
from forum.services import ending
from forum.unit_of_work import transactional

_WITHDRAWN: Final = "member_withdrawn"


@transactional
def withdraw(*, actor: Actor, event_id: int, delegate_id: int, reason: str) -> int:
    """Somebody does not come, nor who came along with them: their places and seats go to whoever waits.

    Returns:
        The journal's line, by which ``bring_back`` undoes it.

    Raises:
        NotAllowedError: not of one's own delegation.
        ForumError: ``no_such_delegate``; ``reason_missing``; ``not_taking_part``.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    if not reason.strip():
        raise ForumError("reason_missing")
    return ending.end(
        actor=actor,
        event_id=event_id,
        delegate_id=delegate_id,
        reason=reason,
        action=_WITHDRAWN,
        refusal="not_taking_part",
    )


@transactional
def bring_back(*, actor: Actor, event_id: int, entry_id: int) -> bool:
    """Undo ``withdraw``, as far as nobody else has the place or the seat by now.

    Returns:
        Whether they are back.

    Raises:
        NotAllowedError: not of one's own delegation.
        ForumError: ``nothing_to_undo``.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    return ending.bring_back(actor=actor, event_id=event_id, entry_id=entry_id, action=_WITHDRAWN)
