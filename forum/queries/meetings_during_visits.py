"""Who may have meetings in the time of their visit because an organiser said so, and who might."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select

from forum.domain.conflicts import ANY_MEETING, EngagementKind
from forum.domain.localized import Localized
from forum.models import Delegate, Override, Seat, Site, Visit
from forum.models.base import db
from forum.queries.engagements import HOLDS_A_SEAT
from forum.queries.people import full_name
from forum.queries.searching import matches


@dataclass(frozen=True)
class DuringVisit:
    """A person and their visit; ``reason`` is why they may meet then, None as long as they may not."""

    delegate_id: int
    person: str
    visit_id: int
    site: Localized
    departs_at: datetime
    returns_at: datetime
    reason: str | None


def allowed(*, event_id: int) -> tuple[DuringVisit, ...]:
    """Those who may, by name."""
    return tuple(map(_view, db.session.execute(_rows(event_id).where(Override.id.is_not(None)))))


def found(*, event_id: int, text: str, most: int = 12) -> tuple[DuringVisit, ...]:
    """People with a seat of which they know, by ``text``, who may not yet."""
    rows = _rows(event_id).where(
        Override.id.is_(None),
        Seat.status.in_(HOLDS_A_SEAT),
        Seat.is_tentative.is_(False),
        matches(Delegate.search_key, text),
    )
    return tuple(map(_view, db.session.execute(rows.limit(most))))


def _rows(event_id: int) -> Select[Any]:
    """Every seat with what was said about meetings in its time."""
    this = and_(
        Override.delegate_id == Seat.delegate_id,
        Override.kind == ANY_MEETING[0],
        Override.row_id == ANY_MEETING[1],
        Override.other_kind == EngagementKind.VISIT.value,
        Override.other_row_id == Visit.id,
    )
    columns: tuple[Any, ...] = (
        Delegate.id.label("delegate_id"),
        Delegate.family_name,
        Delegate.given_name,
        Visit.id.label("visit_id"),
        Site.title,
        Visit.departs_at,
        Visit.returns_at,
        Override.reason,
    )
    rows: Select[Any] = (
        select(*columns)
        .select_from(Seat)
        .join(Visit, Visit.id == Seat.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .outerjoin(Override, this)
        .where(Visit.event_id == event_id)
    )
    return rows.order_by(Delegate.family_name, Delegate.given_name, Delegate.id, Visit.departs_at)


def _view(row: Any) -> DuringVisit:
    return DuringVisit(
        delegate_id=row.delegate_id,
        person=full_name(row.family_name, row.given_name),
        visit_id=row.visit_id,
        site=row.title,
        departs_at=row.departs_at,
        returns_at=row.returns_at,
        reason=row.reason,
    )
