"""Acts of erasure: the list of a forum, and one as it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.dates import days_in, zone_in
from forum.domain.retention import Group
from forum.models import Erasure
from forum.models.base import db
from forum.printing.acts import ErasureAct
from forum.queries import events
from forum.queries.events import EventView
from forum.queries.paging import Page, page_of

ASKED = "asked"


@dataclass(frozen=True)
class ActView:
    """An act: ``person`` is the number of a registration, None where a term had passed for many."""

    id: int
    event_id: int
    number: int
    person: int | None
    reason: str
    groups: Mapping[str, int]
    asked_at: datetime | None
    erased_at: datetime | None

    @property
    def rows(self) -> int:
        return sum(self.groups.values())


def page(*, event_id: int, number: int = 1) -> Page[ActView]:
    """A page of the acts of a forum, the latest first; what the worker is still at is left out."""
    rows = select(Erasure).where(Erasure.event_id == event_id, Erasure.erased_at.is_not(None))
    return page_of(rows, lambda row: _view(row[0]), number=number, order_by=(Erasure.number.desc(),))


def find(*, event_id: int, row_id: int) -> ActView | None:
    """That act of the forum, once it is whole."""
    row = db.session.scalar(
        select(Erasure).where(
            Erasure.event_id == event_id, Erasure.id == row_id, Erasure.erased_at.is_not(None)
        )
    )
    return _view(row) if row else None


def numbered(*, event_id: int, number: int) -> ActView | None:
    """The act of the forum with that number."""
    row_id = db.session.scalar(select(Erasure.id).filter_by(event_id=event_id, number=number))
    return find(event_id=event_id, row_id=row_id or 0)


def document(act: ActView, language: str) -> ErasureAct:
    """The act as it is printed in ``language``."""
    event = events.get(act.event_id)
    return ErasureAct(
        language=language,
        event_title=event.title.in_language(language),
        dates=days_in(language, event.starts_on, event.ends_on),
        place=event.place.in_language(language),
        number=act.number,
        drawn_up_label=_moment(act.erased_at, event, language),
        person="" if act.person is None else str(act.person),
        asked_label=_day(act.asked_at, event, language) if act.reason == ASKED else "",
        groups=tuple((group.value, act.groups[group]) for group in Group if act.groups.get(group)),
    )


def _day(at: datetime | None, event: EventView, language: str) -> str:
    if at is None:
        return ""
    on = at.astimezone(event.zone).date()
    return days_in(language, on, on)


def _moment(at: datetime | None, event: EventView, language: str) -> str:
    if at is None:
        return ""
    local = at.astimezone(event.zone)
    return f"{_day(at, event, language)}, {local:%H:%M} ({zone_in(language, event.zone, local.date())})"


def _view(row: Any) -> ActView:
    return ActView(
        id=row.id,
        event_id=row.event_id,
        number=row.number,
        person=row.delegate_number,
        reason=row.reason,
        groups={str(name): int(count) for name, count in row.groups.items()},
        asked_at=row.asked_at,
        erased_at=row.erased_at,
    )
