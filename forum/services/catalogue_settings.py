"""Who sees the catalogue of a forum, and who its VIPs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Delegate, Event
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class CatalogueSettings:
    """``vips_seen_by`` are categories."""

    is_public: bool
    vips_seen_by: tuple[str, ...]


def of_event(event_id: int) -> CatalogueSettings:
    """As they stand."""
    event = db.session.get_one(Event, event_id)
    return CatalogueSettings(event.catalogue_is_public, tuple(event.vips_seen_by))


@transactional
def change(*, actor: Actor, event_id: int, is_public: bool, vips_seen_by: Iterable[str]) -> None:
    """Open or close the catalogue to everybody, and say which categories see VIPs.

    Raises:
        ForumError: ``no_such_category``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    chosen = set(vips_seen_by)
    if chosen - set(Category):
        raise ForumError("no_such_category")
    event = db.session.scalars(select(Event).where(Event.id == event_id).with_for_update()).one()
    event.catalogue_is_public = is_public
    event.vips_seen_by = [category.value for category in Category if category.value in chosen]
    journal.record(actor=actor, action="catalogue_set", event_id=event_id)


@transactional
def mark_vip(
    *, actor: Actor, event_id: int, delegate_id: int, version: int, is_vip: bool, aide_number: int | None
) -> None:
    """Say whether somebody is a VIP, and through whom they are reached: the number on the aide's badge.

    Raises:
        StaleError: ``vip_stale``.
        ForumError: ``no_such_delegate``; ``no_such_aide``: nobody has that number, or it is their own.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    row = db.session.scalar(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None))
        .with_for_update()
    )
    if row is None:
        raise ForumError("no_such_delegate")
    if row.version != version:
        raise StaleError("vip_stale")
    row.is_vip, row.aide_id = is_vip, _aide(row, aide_number)
    journal.about(row, actor=actor, action="vip_marked" if is_vip else "vip_unmarked")


def _aide(row: Delegate, number: int | None) -> int | None:
    if number is None:
        return None
    aide_id = db.session.scalar(
        select(Delegate.id).where(Delegate.event_id == row.event_id, Delegate.number == number)
    )
    if aide_id is None or aide_id == row.id:
        raise ForumError("no_such_aide", number=number)
    return aide_id
