"""Delegations: making, changing and removing them, and how many places each has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Company, Delegate, Delegation, Event, Quota
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, places
from forum.unit_of_work import transactional

_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_PLACES: Final = 10_000


@transactional
def create(
    *,
    actor: Actor,
    event_id: int,
    code: str,
    title: Localized,
    region: str | None = None,
    is_host: bool = False,
    quotas: Mapping[Category, int] | None = None,
) -> int:
    """A new delegation, the last in the lists; a category without a quota has as many places as come.

    Returns its id.

    Raises:
        ForumError: ``bad_delegation_code``, ``delegation_exists``, ``title_missing``, ``no_such_region``,
            ``bad_quota``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    # Two who make the same delegation at once wait for each other here.
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    _refuse_bad(event_id, code, title, region)
    last = db.session.scalar(select(func.max(Delegation.position)).where(Delegation.event_id == event_id))
    row = Delegation(
        event_id=event_id,
        code=code,
        title=title,
        region=region,
        is_host=is_host,
        position=0 if last is None else last + 1,
    )
    db.session.add(row)
    db.session.flush()
    _put_quotas(row.id, quotas or {})
    _note(actor, row, "delegation_created")
    return row.id


@transactional
def change(
    *,
    actor: Actor,
    event_id: int,
    delegation_id: int,
    version: int,
    code: str,
    title: Localized,
    region: str | None,
    is_host: bool,
    position: int | None = None,
) -> None:
    """Write the delegation over the version that its editor saw.

    Raises:
        StaleError: ``delegation_stale``.
        ForumError: ``no_such_delegation``, and those of ``create``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    row = _fresh(event_id, delegation_id, version)
    _refuse_bad(event_id, code, title, region, own_id=row.id)
    row.code, row.title, row.region, row.is_host = code, title, region, is_host
    if position is not None:
        row.position = position
    if db.session.is_modified(row):
        _note(actor, row, "delegation_changed")


@transactional
def put_quotas(
    *, actor: Actor, event_id: int, delegation_id: int, version: int, quotas: Mapping[Category, int]
) -> None:
    """Set the places of every category; whoever is not in ``quotas`` has as many as come.

    Fewer places than people send nobody away: the next ones wait. More places go to those who wait.

    Raises:
        StaleError: ``delegation_stale``.
        ForumError: ``no_such_delegation``, ``bad_quota``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    places.lock(event_id)  # before the delegation, as everybody does who counts places
    row = _fresh(event_id, delegation_id, version)
    before = _put_quotas(row.id, quotas)
    if before == dict(quotas):
        return
    flag_modified(row, "title")  # the version says that somebody else's form is out of date
    _note(actor, row, "quotas_changed", places=sum(quotas.values()))
    db.session.flush()
    places.promote(event_id)


@transactional
def remove(*, actor: Actor, event_id: int, delegation_id: int) -> None:
    """Remove a delegation that nobody belongs to.

    Raises:
        ForumError: ``no_such_delegation``; ``delegation_not_empty`` with the numbers of its ``people``
            and ``companies``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    row = locked(event_id, delegation_id)
    people, companies = (
        db.session.scalar(select(func.count()).select_from(table).where(table.delegation_id == row.id)) or 0
        for table in (Delegate, Company)
    )
    if people or companies:
        raise ForumError("delegation_not_empty", people=people, companies=companies)
    journal.record(
        actor=actor, action="delegation_removed", event_id=event_id, title=row.title.in_language("ru")
    )
    db.session.delete(row)


def locked(event_id: int, delegation_id: int) -> Delegation:
    """Within a command: the delegation, for which rivals wait.

    Raises:
        ForumError: ``no_such_delegation``.
    """
    row = db.session.scalar(
        select(Delegation)
        .where(Delegation.event_id == event_id, Delegation.id == delegation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ForumError("no_such_delegation")
    return row


def _fresh(event_id: int, delegation_id: int, version: int) -> Delegation:
    row = locked(event_id, delegation_id)
    if row.version != version:
        raise StaleError("delegation_stale", version=row.version)
    return row


def _refuse_bad(
    event_id: int, code: str, title: Localized, region: str | None, *, own_id: int | None = None
) -> None:
    if not _CODE.fullmatch(code):
        raise ForumError("bad_delegation_code", delegation=code)
    if not title:
        raise ForumError("title_missing")
    if region is not None and region not in REGIONS:
        raise ForumError("no_such_region", region=region)
    same = select(Delegation.id).where(Delegation.event_id == event_id, Delegation.code == code)
    if db.session.scalar(same) not in (None, own_id):
        raise ForumError("delegation_exists", delegation=code)


def _put_quotas(delegation_id: int, quotas: Mapping[Category, int]) -> dict[Category, int]:
    """Make the rows say ``quotas``; what they said before."""
    if any(not 0 <= places <= MOST_PLACES for places in quotas.values()):
        raise ForumError("bad_quota", most=MOST_PLACES)
    rows = {
        row.category: row
        for row in db.session.scalars(select(Quota).where(Quota.delegation_id == delegation_id))
    }
    before = {category: row.places for category, row in rows.items()}
    for category in Category:
        row, places = rows.get(category), quotas.get(category)
        if places is None:
            if row is not None:
                db.session.delete(row)
        elif row is None:
            db.session.add(Quota(delegation_id=delegation_id, category=category, places=places))
        else:
            row.places = places
    db.session.flush()
    return before


def _note(actor: Actor, row: Delegation, action: str, **data: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="delegation",
        subject_id=row.id,
        **data,
    )
