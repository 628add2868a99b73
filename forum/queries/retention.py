"""How long a forum holds what it holds, and what is due to be erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from forum import clock
from forum.domain import host_rules
from forum.domain.retention import DEFAULT_DAYS, FOLLOWS, Group, days, last_days
from forum.models import AccessList, AccessListEntry, Delegate, Event, IdentityDocument, Visit
from forum.models.base import db
from forum.queries import documents
from forum.queries.held_rows import FINDERS, TIMES


@dataclass(frozen=True)
class TermView:
    """One group of a forum: ``held`` is how many rows still hold something of it."""

    group: Group
    days: int
    is_default: bool
    is_own: bool  # has days of its own, rather than following another group
    last_day: date
    is_due: bool
    held: int


def terms(event_id: int, *, with_counts: bool = False) -> tuple[TermView, ...]:
    """Every group in the order shown. Counting takes a statement or more per group."""
    event = db.session.get_one(Event, event_id)
    today, lasting, ends = (
        _today(event),
        days(event.retention_days),
        last_days(event.ends_on, event.retention_days),
    )
    return tuple(
        TermView(
            group=group,
            days=lasting[group],
            is_default=group.value not in event.retention_days,
            is_own=group in DEFAULT_DAYS,
            last_day=ends[group],
            is_due=today > ends[group],
            held=_held(event_id, FOLLOWS.get(group, group)) if with_counts else 0,
        )
        for group in Group
    )


def until(event_id: int) -> Mapping[Group, date]:
    """The last day of each group in that forum."""
    event = db.session.get_one(Event, event_id)
    return last_days(event.ends_on, event.retention_days)


def version(event_id: int) -> int:
    """The version of the forum's settings, to be shown and sent back with a form."""
    return db.session.scalars(select(Event.version).where(Event.id == event_id)).one()


def due(event_id: int, *, limit: int) -> tuple[Group, str, list[int]] | None:
    """The next rows whose time has come: their group, their kind and ``limit`` ids of them at most."""
    return next(_due(db.session.get_one(Event, event_id), limit), None)


def events_with_something_due() -> list[int]:
    """Forums in which the worker has something to erase."""
    return [event.id for event in db.session.scalars(select(Event).order_by(Event.id)) if any(_due(event, 1))]


def _due(event: Event, limit: int) -> Iterator[tuple[Group, str, list[int]]]:
    for kind, late in (("document", _late_documents(event.id)), ("access_entry", _late_entries(event))):
        if late:
            yield Group.DOCUMENT, kind, late[:limit]
    today, ends = _today(event), last_days(event.ends_on, event.retention_days)
    lasting = days(event.retention_days)
    for group, kinds in FINDERS.items():
        if group is Group.DOCUMENT or today <= ends[group]:
            continue
        for kind, find in kinds.items():
            rows = find(event.id, None)
            if kind in TIMES:  # what has come later is held as long, from its own day
                rows = rows.where(TIMES[kind] < clock.now() - timedelta(days=lasting[group]))
            if ids := list(db.session.scalars(rows.limit(limit))):
                yield group, kind, ids


def _late_documents(event_id: int) -> list[int]:
    rows = db.session.scalars(
        select(IdentityDocument)
        .join(Delegate, Delegate.id == IdentityDocument.delegate_id)
        .where(Delegate.event_id == event_id, IdentityDocument.sealed.is_not(None))
        .order_by(IdentityDocument.id)
    ).all()
    if not rows:
        return []
    ends = documents.erase_at(event_id, rows)
    return [row.id for row in rows if ends[row.delegate_id] <= clock.now()]


def _late_entries(event: Event) -> list[int]:
    """What lists for a gate say of people, after the term of the host or the forum, whichever is shorter."""
    held = select(AccessList.visit_id).where(AccessList.event_id == event.id, AccessList.erased_at.is_(None))
    visits = db.session.scalars(select(Visit).where(Visit.id.in_(held))).all()
    term = timedelta(days=days(event.retention_days)[Group.DOCUMENT])
    over = [
        visit.id
        for visit in visits
        if visit.returns_at + documents.kept(host_rules.from_data(visit.site.rules), term) <= clock.now()
    ]
    rows = (
        select(AccessListEntry.id)
        .join(AccessList, AccessList.id == AccessListEntry.list_id)
        .where(AccessList.visit_id.in_(over), AccessListEntry.sealed.is_not(None))
    )
    return list(db.session.scalars(rows.order_by(AccessListEntry.id))) if over else []


def _held(event_id: int, group: Group) -> int:
    counted = (
        select(func.count()).select_from(find(event_id, None).subquery()) for find in FINDERS[group].values()
    )
    return sum(db.session.scalar(each) or 0 for each in counted)


def _today(event: Event) -> date:
    return clock.now().astimezone(ZoneInfo(event.time_zone)).date()
