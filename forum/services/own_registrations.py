"""What people do with their own registration, or a coordinator for them: withdraw, answer, apply again."""

from __future__ import annotations

from typing import Final

from forum import clock
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Event, JournalEntry
from forum.models.base import db
from forum.policy import Actor
from forum.services import (
    companions,
    journal,
    leaving,
    places,
    profiles,
    registration_mails,
    registration_undo,
    standing,
)
from forum.unit_of_work import transactional

_CLOSED: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)
_WITHDRAWN: Final = "registration_withdrawn"
_APPROVED: Final = RegistrationStatus.APPROVED.value
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
    occupancy = places.lock(event_id)
    row = profiles.editable(actor, event_id, delegate_id)
    if row.status in _CLOSED:
        raise ForumError("no_such_move")
    people = [row, *companions.lock_with(event_id, [row.id])]
    before = {each.id: standing.of(each) for each in people}
    for each in people:
        standing.move(each, RegistrationStatus.WITHDRAWN, occupancy=occupancy, note=reason.strip() or None)
    seats = leaving.leave(event_id, [key for key, stood in before.items() if stood["status"] == _APPROVED])
    promoted = places.promote(event_id)
    entry_id = journal.record(
        actor=actor,
        action=_WITHDRAWN,
        event_id=event_id,
        subject_kind="delegate",
        subject_id=row.id,
        to=RegistrationStatus.WITHDRAWN.value,
        before={str(key): stood for key, stood in before.items()},
        seats={str(key): value for key, value in seats.items()},
        promoted={str(key): value for key, value in promoted.items()},
    )
    for each in people:
        registration_mails.write(each, entry_id=entry_id)
    return entry_id


@transactional
def bring_back(*, actor: Actor, event_id: int, entry_id: int) -> bool:
    """Undo ``withdraw``, as far as nobody else has the place by now. Returns whether they are back.

    Raises:
        NotAllowedError: as ``withdraw``.
        ForumError: ``nothing_to_undo``.
    """
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None or entry.event_id != event_id or entry.action != _WITHDRAWN or not entry.subject_id:
        raise ForumError("nothing_to_undo")
    places.lock(event_id)
    row = profiles.editable(actor, event_id, entry.subject_id)
    done = registration_undo.undone(actor=actor, event_id=event_id, entry_id=entry_id, actions=(_WITHDRAWN,))
    return row.id in done.back


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
