"""What the organiser has set about registering, with the versions that a form must bring back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.domain.admissions import Rules
from forum.domain.localized import Localized
from forum.domain.places import OFFER_HOURS
from forum.domain.states import Category
from forum.models import Admission, Capacity, Event
from forum.models.base import db
from forum.queries import admissions


@dataclass(frozen=True)
class SettingsView:
    """Of the forum as a whole; ``version`` is the forum's."""

    opens_at: datetime | None
    closes_at: datetime | None
    offer_hours: int
    catalogue_is_public: bool
    vips_seen_by: tuple[Category, ...]
    version: int


@dataclass(frozen=True)
class RulesView:
    """The rules of one category; ``version`` is 0 while they are those that every forum begins with."""

    category: Category
    rules: Rules
    version: int


@dataclass(frozen=True)
class CapacityView:
    id: int
    event_id: int
    title: Localized
    categories: tuple[Category, ...]
    places: int
    offer_hours: int
    version: int


def of_event(*, event_id: int) -> SettingsView:
    """The settings of the forum."""
    event = db.session.get_one(Event, event_id)
    return SettingsView(
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        offer_hours=event.offer_hours or OFFER_HOURS,
        catalogue_is_public=event.catalogue_is_public,
        vips_seen_by=tuple(Category(name) for name in event.vips_seen_by),
        version=event.version,
    )


def rules(*, event_id: int, category: Category) -> RulesView:
    """The rules of one category."""
    return next(each for each in all_rules(event_id=event_id) if each.category is category)


def all_rules(*, event_id: int) -> tuple[RulesView, ...]:
    """The rules of every category, in their order. Two statements."""
    versions = {
        row.category: row.version
        for row in db.session.execute(
            select(Admission.category, Admission.version).where(Admission.event_id == event_id)
        )
    }
    found = admissions.all_rules(event_id=event_id)
    return tuple(RulesView(category, each, versions.get(category, 0)) for category, each in found.items())


def find_capacity(*, event_id: int, row_id: int) -> CapacityView | None:
    """One limit of the forum."""
    row = db.session.scalar(select(Capacity).where(Capacity.event_id == event_id, Capacity.id == row_id))
    if row is None:
        return None
    return CapacityView(
        id=row.id,
        event_id=row.event_id,
        title=row.title,
        categories=tuple(Category(name) for name in row.categories),
        places=row.places,
        offer_hours=row.offer_hours,
        version=row.version,
    )
