"""Reminders: what is missing, said once a day to whoever can mend it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from forum import clock, mail
from forum.domain.roles import Permission
from forum.domain.states import MessageStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Event, JournalEntry, Message
from forum.models.base import db
from forum.policy import Actor, delegations_seen, require
from forum.queries import events, readiness
from forum.queries.events import EventView
from forum.queries.readiness import Readiness, ReadinessFilter
from forum.services import journal, reminder_letters
from forum.services.reminder_letters import Letter
from forum.unit_of_work import transactional

TIME_TO_UNDO: Final = timedelta(minutes=2)
_SENT: Final = "reminders_sent"
_TAKEN_BACK: Final = "reminders_taken_back"


@dataclass(frozen=True)
class Planned:
    """What a reminder would do: the letters; whom nobody can be written to about; and the letters about
    those who have been reminded today, which are written only for a reason.
    """

    letters: tuple[Letter, ...]
    unreachable: tuple[Readiness, ...]
    again: tuple[Letter, ...]

    @property
    def people(self) -> int:
        """How many people the letters speak of."""
        return len({key for letter in self.letters for key in _ids_in(letter)})


@dataclass(frozen=True)
class Reminded:
    """How many letters were written, about how many people, and the journal's entry to undo it by."""

    letters: int
    people: int
    entry_id: int | None


def planned(
    *, actor: Actor, event_id: int, delegation_id: int | None = None, ids: Collection[int] | None = None
) -> Planned:
    """Who would get what now. Nothing is written.

    Args:
        ids: remind only these people.

    Raises:
        NotAllowedError: not one's own delegation.
    """
    seen = _seen(actor, event_id, delegation_id)
    event = events.get(event_id)
    chosen = ReadinessFilter(
        delegation_id=delegation_id, delegations=seen, ids=None if ids is None else tuple(ids)
    )
    found = readiness.everyone(event=event, chosen=chosen, language="ru")
    lacking = [row for row in found if row.missing]
    done = _reminded_today(event)
    letters, unreachable = reminder_letters.written(
        event, [row for row in lacking if row.delegate_id not in done]
    )
    again, _ = reminder_letters.written(event, [row for row in lacking if row.delegate_id in done])
    return Planned(letters, unreachable, again)


@transactional
def remind(
    *,
    actor: Actor,
    event_id: int,
    delegation_id: int | None = None,
    ids: Collection[int] | None = None,
    reason: str = "",
) -> Reminded:
    """Write to everybody who can mend something; with a ``reason`` also about those reminded today.

    Raises:
        NotAllowedError: not one's own delegation.
        ForumError: ``nobody_to_remind``.
    """
    # Two who press the button at once: the second finds that everybody has been reminded.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    plan = planned(actor=actor, event_id=event_id, delegation_id=delegation_id, ids=ids)
    reason = reason.strip()
    letters = (*plan.letters, *(plan.again if reason else ()))
    if not letters:
        raise ForumError("nobody_to_remind")
    written = {_write(event_id, letter): _ids_in(letter) for letter in letters}
    entry_id = journal.record(
        actor=actor,
        action=_SENT,
        event_id=event_id,
        subject_kind="delegation" if delegation_id else None,
        subject_id=delegation_id,
        letters=written,
        count=len(letters),
        reason=reason or None,
    )
    return Reminded(len(letters), len({key for ids in written.values() for key in ids}), entry_id)


@transactional
def take_back(*, actor: Actor, event_id: int, entry_id: int) -> int:
    """Undo a reminder: letters that are still in the outbox go. Returns how many did.

    Raises:
        NotAllowedError: somebody else's reminder, beyond one's own delegation.
        ForumError: ``nothing_to_undo``; ``reminders_gone`` once all of them have been sent.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    entry = db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id, JournalEntry.event_id == event_id, JournalEntry.action == _SENT
        )
    )
    if entry is None:
        raise ForumError("nothing_to_undo")
    if entry.account_id != actor.account_id and delegations_seen(actor, event_id) is not None:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEMBERS.value)
    gone = db.session.scalars(
        delete(Message)
        .where(
            Message.event_id == event_id,
            Message.occasion.in_(list(entry.data["letters"])),
            Message.status == MessageStatus.QUEUED,
            Message.attempts == 0,
        )
        .returning(Message.occasion)
        .execution_options(synchronize_session=False)
    ).all()
    if not gone:
        raise ForumError("reminders_gone")
    journal.record(actor=actor, action=_TAKEN_BACK, event_id=event_id, occasions=list(gone), count=len(gone))
    return len(gone)


def _seen(actor: Actor, event_id: int, delegation_id: int | None) -> frozenset[int] | None:
    """The delegations that ``actor`` may remind."""
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    seen = delegations_seen(actor, event_id)
    if seen is not None and delegation_id is not None and delegation_id not in seen:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEMBERS.value)
    return seen


def _reminded_today(event: EventView) -> frozenset[int]:
    """Whom letters of today, by the clock of the forum, speak of."""
    midnight = clock.now().astimezone(event.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = db.session.scalars(
        select(JournalEntry).where(
            JournalEntry.event_id == event.id,
            JournalEntry.action.in_((_SENT, _TAKEN_BACK)),
            JournalEntry.at >= midnight,
        )
    ).all()
    undone = {each for row in rows if row.action == _TAKEN_BACK for each in row.data["occasions"]}
    return frozenset(
        key
        for row in rows
        if row.action == _SENT
        for occasion, ids in row.data["letters"].items()
        if occasion not in undone
        for key in ids
    )


def _ids_in(letter: Letter) -> list[int]:
    return [person.delegate_id for person in letter.people]


def _write(event_id: int, letter: Letter) -> str:
    """Put the letter into the outbox; its occasion."""
    occasion = f"reminder:{letter.about}:{letter.recipient}:{clock.now().isoformat()}"
    mail.write(
        occasion=occasion,
        kind="reminder",
        recipient=letter.recipient,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        event_id=event_id,
        account_id=letter.account_id,
        not_before=clock.now() + TIME_TO_UNDO,
    )
    return occasion
