"""Who gets a place: fresh applications, and those who wait when a place becomes free.

Every command that counts places locks the limits first, before any person: two for the last place
have to wait for each other, and nobody deadlocks. (SQLite has one writer anyway.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum import clock
from forum.domain.places import OFFER_HOURS, Limit, LimitKind, Occupancy, Seeker
from forum.domain.states import Approval, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import admissions
from forum.queries import places as numbers
from forum.queries.places import Tally
from forum.services import journal, registration_mails

_REFUSALS: Final = {LimitKind.CAPACITY: "no_place", LimitKind.QUOTA: "no_place_in_delegation"}


def seeker(row: Delegate) -> Seeker:
    """What decides which limits count ``row``."""
    return Seeker(row.category, row.delegation_id)


def lock(event_id: int) -> Occupancy:
    """Within a command: the limits and how many hold places in them; nobody else counts until its end."""
    return _locked(event_id)[0]


def refuse_full(occupancy: Occupancy, who: Seeker) -> None:
    """Raises ``ForumError`` (``no_place``, ``no_place_in_delegation``), naming the limit, where ``who``
    would be one too many.
    """
    full = occupancy.full_for(who)
    if full is not None:
        raise ForumError(_REFUSALS[full.kind], **_facts(occupancy, full))


def would_fit(occupancy: Occupancy, who: Seeker, *, holds: bool) -> bool:
    """Whether the limits that count ``who`` have a place for them, their own included if they hold one."""
    if not holds:
        return occupancy.has_place(who)
    occupancy.free(who)
    fits = occupancy.has_place(who)
    occupancy.take(who)
    return fits


def settle(row: Delegate) -> RegistrationStatus:
    """Within a command: what a fresh application becomes. Writes no mail.

    Where an organiser decides it waits for that. Where it is automatic, it has a place if there is
    one that nobody in the waiting list could have instead, and else stands last in that list.
    """
    row.status, row.waiting_since, row.offer_ends_at = RegistrationStatus.APPLIED, None, None
    if admissions.rules(event_id=row.event_id, category=row.category).approval is Approval.AUTOMATIC:
        db.session.flush()
        row.decided_at = clock.now()
        if _is_next(seeker(row), *_locked(row.event_id)):
            row.status = RegistrationStatus.APPROVED
        else:
            row.status, row.waiting_since = RegistrationStatus.WAITING, clock.now()
    db.session.flush()
    return row.status


def promote(event_id: int) -> dict[int, int]:
    """Within a command, after places have become free: offer them to those who wait, first come first.

    Whoever has no place in one of the limits that count them is passed over and keeps the place in the
    list. Nobody is offered a place once the forum's first day has begun.

    Returns:
        Who was offered a place: ids, each with the number of the journal's line about it.
    """
    occupancy, tally = _locked(event_id)
    if clock.now() >= _first_day(event_id) or not any(occupancy.has_place(who) for who in tally.waiting):
        return {}
    chosen = []
    for delegate_id, who in _in_line(event_id):
        if occupancy.has_place(who):
            occupancy.take(who)
            chosen.append(delegate_id)
    people = {row.id: row for row in lock_people(event_id, chosen)}
    for row in people.values():
        offer(row, occupancy)
    return {key: tell(people[key], actor=SYSTEM, action="place_offered") for key in chosen}


def offer(row: Delegate, occupancy: Occupancy) -> None:
    """Within a command that has counted: keep a place for the person of a locked row.

    Until then they may take it; never past the beginning of the forum's first day.
    """
    now, opening = clock.now(), _first_day(row.event_id)
    ends_at = now + _time_to_answer(occupancy, row)
    row.status, row.decided_at, row.updated_at = RegistrationStatus.OFFERED, now, now
    row.waiting_since = row.waiting_since or now
    row.offer_ends_at = min(ends_at, opening) if now < opening else ends_at
    db.session.flush()


def tell(row: Delegate, *, actor: Actor, action: str) -> int:
    """Within a command: note in the journal what became of one person, and write to them.

    Returns:
        The number of the journal's line.
    """
    entry_id = note(row, actor=actor, action=action)
    registration_mails.write(row, entry_id=entry_id)
    return entry_id


def note(row: Delegate, *, actor: Actor, action: str) -> int:
    """Within a command: note in the journal what became of one person; the number of its line."""
    return journal.about(row, actor=actor, action=action)


def lock_people(event_id: int, ids: Iterable[int]) -> Sequence[Delegate]:
    """Within a command that has locked the limits: these people as they are now, until its end.

    Whoever only points to them (a seat that is being taken) need not wait.
    """
    return db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id.in_(list(ids)), Delegate.erased_at.is_(None))
        .order_by(Delegate.id)
        .with_for_update(key_share=True, of=Delegate)
        .execution_options(populate_existing=True)
    ).all()


def _locked(event_id: int) -> tuple[Occupancy, Tally]:
    limits = numbers.limits(event_id, is_locked=True)
    tally = numbers.tally(event_id)
    return Occupancy.of(limits, tally.holders), tally


def _is_next(who: Seeker, occupancy: Occupancy, tally: Tally) -> bool:
    """Whether there is a place for ``who`` that nobody in the waiting list could have instead."""
    own = set(occupancy.of_seeker(who))
    rivals = (each for each in tally.waiting if own.intersection(occupancy.of_seeker(each)))
    return occupancy.full_for(who) is None and not any(occupancy.has_place(each) for each in rivals)


def _in_line(event_id: int) -> list[tuple[int, Seeker]]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.category, Delegate.delegation_id)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.WAITING,
            Delegate.erased_at.is_(None),
        )
        .order_by(Delegate.waiting_since, Delegate.id)
    )
    return [(row.id, Seeker(row.category, row.delegation_id)) for row in rows]


def _first_day(event_id: int) -> datetime:
    """When it begins: midnight by the clock of the forum."""
    event = db.session.get_one(Event, event_id)
    return datetime.combine(event.starts_on, time.min, ZoneInfo(event.time_zone)).astimezone(UTC)


def _time_to_answer(occupancy: Occupancy, row: Delegate) -> timedelta:
    terms = [each.offer_hours for each in occupancy.of_seeker(seeker(row))]
    own = db.session.get_one(Event, row.event_id).offer_hours or OFFER_HOURS
    return timedelta(hours=min(terms, default=own))


def _facts(occupancy: Occupancy, limit: Limit) -> dict[str, object]:
    return {"limit": limit.title, "places": limit.places, "held": occupancy.held_in(limit)}
