"""Taking a decision on registrations back, as far as others have not built on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.places import Occupancy
from forum.domain.roles import Permission
from forum.domain.states import HOLDS_A_PLACE, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, JournalEntry
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, leaving, places, precedence, registration_mails, standing
from forum.unit_of_work import transactional

_DECISIONS = ("registration_decided", "registration_let_in", "registrations_decided")


@dataclass(frozen=True)
class TakenBack:
    """Who stands where they stood before, how many of them had been told otherwise and are written to
    again, and who stays: decided on since, or their place has gone to somebody who knows of it.
    """

    back: tuple[int, ...]
    told: int
    left: tuple[int, ...]


@dataclass(frozen=True)
class _Undoing:
    entry: JournalEntry
    occupancy: Occupancy
    people: Mapping[int, Delegate]

    def ids(self, name: str) -> list[int]:
        return [int(key) for key in self.entry.data[name]]

    def before(self, delegate_id: int) -> standing.Standing:
        found: standing.Standing = self.entry.data["before"][str(delegate_id)]
        return found


@transactional
def take_back(*, actor: Actor, event_id: int, entry_id: int) -> TakenBack:
    """Undo a decision: whoever still is where it brought them goes back, with their seats.

    A mail that is in the outbox still is never sent. Whoever has been told is told again. A place that
    became free by the decision comes back from those to whom it was offered, unless they know of it.

    Raises:
        ForumError: ``nothing_to_undo``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    return undone(actor=actor, event_id=event_id, entry_id=entry_id, actions=_DECISIONS)


def undone(*, actor: Actor, event_id: int, entry_id: int, actions: Collection[str]) -> TakenBack:
    """Within a command that has made sure who may: undo the line of the journal, if it is of ``actions``.

    Raises:
        ForumError: ``nothing_to_undo``.
    """
    undoing = _begun(event_id, entry_id, actions)
    # Places are given back before others are asked for.
    back = [
        key
        for key in sorted(undoing.ids("before"), key=lambda key: _held(undoing, key))
        if _back(undoing, key)
    ]
    standing.restore_order((undoing.people[key], undoing.before(key)) for key in back)
    seats = {int(key): had for key, had in undoing.entry.data["seats"].items() if int(key) in back}
    leaving.come_back(event_id, seats)
    new_entry = journal.record(
        actor=actor, action="registrations_taken_back", event_id=event_id, count=len(back)
    )
    told = [key for key in back if _is_told_again(undoing, key, new_entry)]
    places.promote(event_id)
    return TakenBack(tuple(back), len(told), tuple(set(undoing.ids("before")) - set(back)))


def _begun(event_id: int, entry_id: int, actions: Collection[str]) -> _Undoing:
    entry = db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id,
            JournalEntry.event_id == event_id,
            JournalEntry.action.in_(actions),
        )
    )
    if entry is None or "before" not in entry.data:
        raise ForumError("nothing_to_undo")
    occupancy = places.lock(event_id)
    ids = [int(key) for key in (*entry.data["before"], *entry.data["promoted"])]
    precedence.lock_of(event_id, ids)
    people = places.lock_people(event_id, ids)
    return _Undoing(entry, occupancy, {row.id: row for row in people})


def _held(undoing: _Undoing, delegate_id: int) -> bool:
    return undoing.before(delegate_id)["status"] in HOLDS_A_PLACE


def _back(undoing: _Undoing, delegate_id: int) -> bool:
    """Put one of them back; whether it could be done."""
    row = undoing.people.get(delegate_id)
    if row is None or not _still_stands(row, undoing.entry):
        return False
    who, holds = places.seeker(row), standing.holds_a_place(row)
    if _held(undoing, delegate_id) and not holds:
        if not _is_room_made(undoing, row):
            return False
        undoing.occupancy.take(who)
    standing.restore(row, undoing.before(delegate_id))
    if holds and not standing.holds_a_place(row):
        undoing.occupancy.free(who)
    return True


def _still_stands(row: Delegate, entry: JournalEntry) -> bool:
    is_latest = row.decided_at is not None and row.decided_at <= entry.at
    return is_latest and row.status.value == entry.data["to"]


def _is_room_made(undoing: _Undoing, row: Delegate) -> bool:
    """Whether there is a place for ``row``, taken from those who got it by the decision if need be."""
    who = places.seeker(row)
    for rival in _offered_unknowingly(undoing):
        if undoing.occupancy.full_for(who) is None:
            break
        undoing.occupancy.free(places.seeker(rival))
        rival.status, rival.offer_ends_at = RegistrationStatus.WAITING, None
        registration_mails.take_back(
            entry_id=undoing.entry.data["promoted"][str(rival.id)], delegate_id=rival.id
        )
    db.session.flush()
    return undoing.occupancy.full_for(who) is None


def _offered_unknowingly(undoing: _Undoing) -> Iterable[Delegate]:
    """Who was offered a place by the decision and has not been told, the last in the line first."""
    for delegate_id in reversed(undoing.ids("promoted")):
        row, line = undoing.people.get(delegate_id), undoing.entry.data["promoted"][str(delegate_id)]
        if (
            row is not None
            and row.status is RegistrationStatus.OFFERED
            and registration_mails.is_untold(entry_id=line, delegate_id=row.id)
        ):
            yield row


def _is_told_again(undoing: _Undoing, delegate_id: int, new_entry: int) -> bool:
    line = undoing.entry.id
    is_untold = registration_mails.is_untold(entry_id=line, delegate_id=delegate_id)
    registration_mails.take_back(entry_id=line, delegate_id=delegate_id)
    if not is_untold:
        registration_mails.write(undoing.people[delegate_id], entry_id=new_entry)
    return not is_untold
