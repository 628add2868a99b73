"""How a forum registers: its window, the rules of each category, who sees whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from forum.domain.admissions import ASKABLE, DEFAULTS, MOST_COMPANIONS, MOST_OFFER_HOURS, Rules
from forum.domain.places import OFFER_HOURS
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Admission, Event
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def set_rules(*, actor: Actor, event_id: int, category: Category, version: int, rules: Rules) -> None:
    """Let ``category`` register by ``rules`` from now on.

    Args:
        version: of the rules as the organiser saw them, 0 for those that every forum begins with.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``admission_stale``.
        ForumError: ``bad_companions``, ``unknown_field``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    _locked(event_id)
    if not 0 <= rules.most_companions <= MOST_COMPANIONS:
        raise ForumError("bad_companions", most=MOST_COMPANIONS)
    if set(rules.asked) != set(ASKABLE):
        raise ForumError("unknown_field")
    row = db.session.scalar(select(Admission).filter_by(event_id=event_id, category=category))
    if (row.version if row else 0) != version:
        raise StaleError("admission_stale")
    if row is None:
        row = Admission(event_id=event_id, category=category)
        db.session.add(row)
    _put(row, category, rules)
    db.session.flush()
    journal.record(
        actor=actor,
        action="admission.rules",
        event_id=event_id,
        category=category.value,
        opening=rules.opening.value,
        approval=rules.approval.value,
    )


@transactional
def set_window(
    *,
    actor: Actor,
    event_id: int,
    version: int,
    opens_at: datetime | None,
    closes_at: datetime | None,
    offer_hours: int = OFFER_HOURS,
) -> None:
    """Let the registration begin and end at these instants; None leaves an end open.

    Args:
        offer_hours: how long a place that has become free is kept for whom a quota alone counts.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``admission_stale``.
        ForumError: ``closes_before_it_opens``, ``bad_offer_hours``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    if opens_at and closes_at and closes_at <= opens_at:
        raise ForumError("closes_before_it_opens")
    if not 1 <= offer_hours <= MOST_OFFER_HOURS:
        raise ForumError("bad_offer_hours", most=MOST_OFFER_HOURS)
    event = _current(event_id, version)
    event.offer_hours = offer_hours
    event.registration_opens_at, event.registration_closes_at = opens_at, closes_at
    db.session.flush()
    journal.record(actor=actor, action="admission.window", event_id=event_id)


@transactional
def set_visibility(
    *,
    actor: Actor,
    event_id: int,
    version: int,
    catalogue_is_public: bool,
    vips_seen_by: Collection[Category],
) -> None:
    """Say whether strangers see the catalogue, and which categories see its VIPs.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``admission_stale``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    event = _current(event_id, version)
    event.catalogue_is_public = catalogue_is_public
    event.vips_seen_by = [category.value for category in Category if category in vips_seen_by]
    db.session.flush()
    journal.record(actor=actor, action="admission.visibility", event_id=event_id)


def _put(row: Admission, category: Category, rules: Rules) -> None:
    usual = DEFAULTS[category].asked
    row.opening, row.approval = rules.opening, rules.approval
    row.edits_need_decision, row.most_companions = rules.edits_need_decision, rules.most_companions
    row.asked = {name: asked.value for name, asked in rules.asked.items() if asked is not usual[name]}


def _locked(event_id: int) -> Event:
    return db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _current(event_id: int, version: int) -> Event:
    event = _locked(event_id)
    if event.version != version:
        raise StaleError("admission_stale")
    return event
