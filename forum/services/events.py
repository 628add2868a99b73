"""Making a forum: its days, delegations, slots and tables, enough to import into and to solve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.regions import REGIONS
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Delegation, Event, Interpreter, Site, Slot, Table, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import bulk, journal
from forum.unit_of_work import transactional

_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DELEGATIONS: Final = ("moscow_region", "almaty_region")
_INTERPRETER: Final = "Переводчик · Аудармашы"
_BETWEEN: Final = ("ru", "kk")
_TO_CHANGE_TABLES: Final = timedelta(minutes=5)
_ESIPOVO: Final = Localized(
    ru="Индустриальный парк «Есипово»", kk="«Есипово» индустриялық паркі", en="Esipovo industrial park"
)


@dataclass(frozen=True)
class Hours:
    """Slots of ``minutes`` on every day, one after the other with five minutes to change tables."""

    opens: time
    closes: time
    minutes: int
    tables: int
    interpreters: int = 0  # between Russian and Kazakh, who are there all day


@transactional
def create(
    *,
    actor: Actor,
    code: str,
    title: Localized,
    starts_on: date,
    ends_on: date,
    time_zone: str,
    hours: Hours,
    visit_capacity: int = 0,
) -> int:
    """Make a forum of the two regions. Returns its id.

    Args:
        code: small letters, digits and hyphens; it stands in addresses.
        visit_capacity: seats of a visit to Esipovo after the last slot; none without.

    Raises:
        ForumError: ``bad_event_code``, ``event_is_there``, ``days_in_disorder`` or ``no_slot_fits``.
    """
    require(actor, Permission.MANAGE_EVENT)
    _refuse_bad(code, starts_on, ends_on)
    row = _made(code=code, title=title, starts_on=starts_on, ends_on=ends_on, time_zone=time_zone)
    _delegations(row)
    _slots_and_tables(row, hours)
    _interpreters(row, hours.interpreters)
    if visit_capacity:
        _visit(row, hours, visit_capacity)
    journal.record(actor=actor, action="event_created", event_id=row.id, code=code)
    return row.id


def _made(**values: Any) -> Event:
    """The row of a forum that nothing is told of yet."""
    unsaid = {"summary": Localized(), "place": Localized(), "address": Localized()}
    row = Event(languages=list(LANGUAGES), **unsaid, **values)
    db.session.add(row)
    db.session.flush()
    return row


def _refuse_bad(code: str, starts_on: date, ends_on: date) -> None:
    if not _CODE.fullmatch(code):
        raise ForumError("bad_event_code", event=code)
    if db.session.scalar(select(Event.id).where(Event.code == code)) is not None:
        raise ForumError("event_is_there", event=code)
    if ends_on < starts_on:
        raise ForumError("days_in_disorder")


def _delegations(event: Event) -> None:
    bulk.add(
        Delegation,
        (
            {
                "event_id": event.id,
                "code": region.replace("_", "-"),
                "title": REGIONS.title(region),
                "region": region,
                "is_host": position == 0,
                "position": position,
            }
            for position, region in enumerate(_DELEGATIONS)
        ),
    )


def _slots_and_tables(event: Event, hours: Hours) -> None:
    length = timedelta(minutes=hours.minutes)
    slots = []
    for block in range((event.ends_on - event.starts_on).days + 1):
        start = _instant(event, event.starts_on + timedelta(days=block), hours.opens)
        closes = _instant(event, event.starts_on + timedelta(days=block), hours.closes)
        while start + length <= closes:
            slots.append(
                {"event_id": event.id, "block": block + 1, "starts_at": start, "ends_at": start + length}
            )
            start += length + _TO_CHANGE_TABLES
    if not slots:
        raise ForumError("no_slot_fits")
    bulk.add(Slot, slots)
    bulk.add(Table, ({"event_id": event.id, "number": number + 1} for number in range(hours.tables)))


def _interpreters(event: Event, count: int) -> None:
    """Interpreters by number: their names come with whoever is hired."""
    bulk.add(
        Interpreter,
        (
            {"event_id": event.id, "name": f"{_INTERPRETER} {number + 1}", "spoken": list(_BETWEEN)}
            for number in range(count)
        ),
    )


def _visit(event: Event, hours: Hours, capacity: int) -> None:
    site = {
        "event_id": event.id,
        "code": "esipovo",
        "kind": "industrial_park",
        "title": _ESIPOVO,
        "summary": Localized(),
        "address": Localized(),
    }
    departs_at = _instant(event, event.ends_on, hours.closes)
    visit = {
        "event_id": event.id,
        "site_id": bulk.add(Site, [site])[0],
        "departs_at": departs_at,
        "starts_at": departs_at + timedelta(hours=1),
        "ends_at": departs_at + timedelta(hours=3),
        "returns_at": departs_at + timedelta(hours=4),
        "meeting_point": Localized(),
        "guide_languages": ["ru"],
        "capacity": capacity,
    }
    bulk.add(Visit, [visit])


def _instant(event: Event, day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo(event.time_zone))
