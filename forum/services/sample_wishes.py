"""Wishes in the invented forum: two visits at one time whose seats are assigned, within ``sample.load``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus, SignUpMode
from forum.models import Delegate, Event, Site, Visit, Wish
from forum.models.base import db
from forum.sample.people import SHOWN_FIRMS
from forum.services import bulk

_TITLE: Final = Localized(ru="Второй день", kk="Екінші күн", en="The second day")
_TIMES: Final = {
    "departs_at": time(16, 15),
    "starts_at": time(17),
    "ends_at": time(18),
    "returns_at": time(18, 50),
}
_SECTORS: Final = {"esipovo": ["food", "machinery"], "istok": ["electronics"]}


def write(event_id: int, *, seed: int) -> None:
    """Both sites once more in the afternoon of the second day; every third delegate has a wish."""
    random = Random(f"wishes {seed}")
    event = db.session.get_one(Event, event_id)
    people = _people(event_id)
    seats = max(4, math.ceil(len(people) * 0.12))
    visits = [
        _visit(event, site, seats)
        for site in db.session.scalars(select(Site).where(Site.event_id == event_id).order_by(Site.code))
    ]
    asked_at = clock.now() - timedelta(days=2)
    rows = []
    for person in people:
        if random.random() < 0.34:
            asked_at += timedelta(minutes=random.randrange(1, 20))
            rows += _wishes(event_id, person, _chosen(random, visits), asked_at)
    bulk.add(Wish, rows)


def _people(event_id: int) -> list[int]:
    rows = select(Delegate.id).where(
        Delegate.event_id == event_id,
        Delegate.category == Category.DELEGATE,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.email.not_in(SHOWN_FIRMS.values()),
    )
    return list(db.session.scalars(rows.order_by(Delegate.number)))


def _visit(event: Event, site: Site, seats: int) -> int:
    zone = ZoneInfo(event.time_zone)
    times = {name: datetime.combine(event.ends_on, at, zone) for name, at in _TIMES.items()}
    site.sectors = site.sectors or _SECTORS.get(site.code, [])
    row = {
        "event_id": event.id,
        "site_id": site.id,
        "title": _TITLE,
        "meeting_point": _meeting_point(site.id),
        "guide_languages": ["ru", "kk"] if site.code == "esipovo" else ["ru", "en"],
        "capacity": seats,
        "sign_up_mode": SignUpMode.ASSIGNED,
        "sign_up_closes_at": times["departs_at"] - timedelta(days=3),
        "offer_hours": 12,
        **times,
    }
    return bulk.add(Visit, [row])[0]


def _meeting_point(site_id: int) -> Localized:
    return db.session.scalars(select(Visit.meeting_point).where(Visit.site_id == site_id).limit(1)).one()


def _chosen(random: Random, visits: Sequence[int]) -> list[int]:
    """Most want to see the park, and half of them would rather see the other one than none."""
    first = visits[0] if random.random() < 0.7 else visits[-1]
    return [first, *(each for each in visits if each != first and random.random() < 0.5)]


def _wishes(event_id: int, person: int, chosen: Sequence[int], asked_at: datetime) -> list[dict[str, object]]:
    return [
        {
            "event_id": event_id,
            "delegate_id": person,
            "visit_id": visit_id,
            "choice": choice,
            "asked_at": asked_at,
        }
        for choice, visit_id in enumerate(chosen, 1)
    ]
