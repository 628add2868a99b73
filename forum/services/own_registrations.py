"""What people do with their own registration, or a coordinator for them: withdraw, answer, apply again."""

from __future__ import annotations

from typing import Final

from forum import clock
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Event
from forum.models.base import db
from forum.policy import Actor
from forum.services import ending, places, profiles
from forum.unit_of_work import transactional

_WITHDRAWN: Final = "registration_withdrawn"
REPLY_LENGTH: Final = 2_000


@transactional
def withdraw(*, actor: Actor, event_id: int, delegate_id: int, reason: str = "") -> int:
    """End a registration, with those who came along: their places and seats go to whoever waits for them.

    Returns:
        The journal's line, by which ``bring_back`` undoes it.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor ``MANAGE_DELEGATES``.
        ForumError: ``no_such_delegate``, ``no_such_move``: it has ended already.
    """
    return ending.end(
        actor=actor,
        event_id=event_id,
        delegate_id=delegate_id,
        reason=reason,
        action=_WITHDRAWN,
        refusal="no_such_move",
    )


@transactional
def bring_back(*, actor: Actor, event_id: int, entry_id: int) -> bool:
    """Undo ``withdraw``, as far as nobody else has the place by now. Returns whether they are back.

    Raises:
        NotAllowedError: as ``withdraw``.
        ForumError: ``nothing_to_undo``.
    """
    return ending.bring_back(actor=actor, event_id=event_id, entry_id=entry_id, action=_WITHDRAWN)


@transactional
def answer(*, actor: Actor, event_id: int, delegate_id: int, reply: str) -> None:
    """Answer what was asked back: the registration waits for a decision again.

    Raises:
        NotAllowedError: as ``withdraw``.
        ForumError: ``no_such_delegate``, ``nothing_asked``, ``reply_missing``, ``reply_too_long``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status is not RegistrationStatus.ASKED:
        raise ForumError("nothing_asked")
    row.reply = _reply(reply)
    row.status, row.updated_at = RegistrationStatus.APPLIED, clock.now()
    places.note(row, actor=actor, action="registration_answered")


@transactional
def apply_again(*, actor: Actor, event_id: int, delegate_id: int) -> RegistrationStatus:
    """Take part after all: like a fresh application, at the end of the line.

    Raises:
        NotAllowedError: as ``withdraw``.
        ForumError: ``no_such_delegate``, ``no_such_move``: not withdrawn; ``registration_has_closed``.
    """
    places.lock(event_id)
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status is not RegistrationStatus.WITHDRAWN:
        raise ForumError("no_such_move")
    closes_at = db.session.get_one(Event, event_id).registration_closes_at
    if closes_at is not None and closes_at <= clock.now():
        raise ForumError("registration_has_closed")
    row.decision_note, row.reply, row.decided_at = None, None, None
    row.updated_at = clock.now()
    status = places.settle(row)
    places.tell(row, actor=actor, action="registration_applied_again")
    return status


def _reply(text: str) -> str:
    text = text.strip()
    if not text:
        raise ForumError("reply_missing")
    if len(text) > REPLY_LENGTH:
        raise ForumError("reply_too_long", most=REPLY_LENGTH)
    return text
