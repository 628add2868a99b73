"""Places that categories share: how many there are, and how long a freed one is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.domain.admissions import MOST_OFFER_HOURS, MOST_PLACES
from forum.domain.localized import Localized
from forum.domain.places import Limit, LimitKind
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Capacity, JournalEntry
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import places as numbers
from forum.services import journal, places
from forum.unit_of_work import transactional


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a capacity shall be. No ``categories``: everybody shares it."""

    title: Localized
    categories: Collection[Category]
    places: int
    offer_hours: int


@transactional
def add(*, actor: Actor, event_id: int, wanted: Wanted) -> int:
    """A new limit; who is in already counts against it, even where that is more than it has. Its id.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``capacity_untitled``, ``bad_places``, ``bad_offer_hours``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    _refuse_bad(wanted)
    places.lock(event_id)
    last = db.session.scalar(select(func.max(Capacity.position)).where(Capacity.event_id == event_id))
    row = Capacity(event_id=event_id, position=0 if last is None else last + 1)
    _put(row, wanted)
    db.session.add(row)
    db.session.flush()
    _note(actor, row, "capacity.add")
    return row.id


@transactional
def change(*, actor: Actor, event_id: int, capacity_id: int, version: int, wanted: Wanted) -> int:
    """Change a limit; those who wait are offered what has become free.

    Returns:
        How many were offered a place.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``capacity_stale``.
        ForumError: ``no_such_capacity``, as ``add``; ``places_below_held``: fewer than hold a place now.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    _refuse_bad(wanted)
    places.lock(event_id)
    row = _current(event_id, capacity_id, version)
    held = _held(event_id, wanted)
    if wanted.places < held and (wanted.places < row.places or _counts_others(row, wanted)):
        raise ForumError("places_below_held", held=held)
    before = row.places
    _put(row, wanted)
    db.session.flush()
    _note(actor, row, "capacity.change", before=before)
    return len(places.promote(event_id))


@transactional
def remove(*, actor: Actor, event_id: int, capacity_id: int, version: int) -> int:
    """Limit these places no longer; those who wait only for them are offered one, where another limit has it.

    Returns:
        The number of the journal's entry, for ``take_back``.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``capacity_stale``.
        ForumError: ``no_such_capacity``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    places.lock(event_id)
    row = _current(event_id, capacity_id, version)
    entry_id = _note(actor, row, "capacity.remove")
    db.session.delete(row)
    db.session.flush()
    places.promote(event_id)
    return entry_id


@transactional
def take_back(*, actor: Actor, event_id: int, entry_id: int) -> int:
    """Undo ``remove``; the id of the limit, which is a new one with the same words and numbers.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``nothing_to_undo``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None or entry.event_id != event_id or entry.action != "capacity.remove":
        raise ForumError("nothing_to_undo")
    was = entry.data
    wanted = Wanted(
        title=Localized(was["titles"]),
        categories=[Category(name) for name in was["categories"]],
        places=was["places"],
        offer_hours=was["offer_hours"],
    )
    if any(
        _is_same(row, wanted) for row in db.session.scalars(select(Capacity).filter_by(event_id=event_id))
    ):
        raise ForumError("nothing_to_undo")
    return add(actor=actor, event_id=event_id, wanted=wanted)


def _refuse_bad(wanted: Wanted) -> None:
    if not wanted.title:
        raise ForumError("capacity_untitled")
    if not 0 <= wanted.places <= MOST_PLACES:
        raise ForumError("bad_places", most=MOST_PLACES)
    if not 1 <= wanted.offer_hours <= MOST_OFFER_HOURS:
        raise ForumError("bad_offer_hours", most=MOST_OFFER_HOURS)


def _current(event_id: int, capacity_id: int, version: int) -> Capacity:
    row = db.session.get(Capacity, capacity_id, populate_existing=True)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_capacity")
    if row.version != version:
        raise StaleError("capacity_stale")
    return row


def _held(event_id: int, wanted: Wanted) -> int:
    limit = Limit(LimitKind.CAPACITY, 0, wanted.title, wanted.places, categories=frozenset(wanted.categories))
    return sum(count for who, count in numbers.tally(event_id).holders.items() if limit.counts(who))


def _counts_others(row: Capacity, wanted: Wanted) -> bool:
    return {category.value for category in wanted.categories} != set(row.categories)


def _is_same(row: Capacity, wanted: Wanted) -> bool:
    return row.title == wanted.title and not _counts_others(row, wanted) and row.places == wanted.places


def _put(row: Capacity, wanted: Wanted) -> None:
    row.title = wanted.title
    row.categories = [category.value for category in Category if category in wanted.categories]
    row.places, row.offer_hours = wanted.places, wanted.offer_hours


def _note(actor: Actor, row: Capacity, action: str, **data: int) -> int:
    return journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="capacity",
        subject_id=row.id,
        title=row.title.in_language("ru"),
        titles=dict(row.title),
        categories=list(row.categories),
        places=row.places,
        offer_hours=row.offer_hours,
        **data,
    )
