"""Companies that the organisers keep apart, as the desk lists them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.domain.states import SeparationKind
from forum.models import Company, Separation
from forum.models.base import db


@dataclass(frozen=True)
class SeparationView:
    id: int
    first: Localized
    second: Localized
    kind: SeparationKind
    note: str | None


def every(*, event_id: int) -> tuple[SeparationView, ...]:
    """All of the forum, the latest first."""
    return tuple(_views(event_id))


def find(*, event_id: int, row_id: int) -> SeparationView | None:
    """One of the forum."""
    return next((each for each in _views(event_id) if each.id == row_id), None)


def _views(event_id: int) -> list[SeparationView]:
    first, second = aliased(Company), aliased(Company)
    rows = db.session.execute(
        select(Separation, first.short_name, second.short_name)
        .join(first, first.id == Separation.first_id)
        .join(second, second.id == Separation.second_id)
        .where(Separation.event_id == event_id)
        .order_by(Separation.id.desc())
    )
    return [SeparationView(row.id, one, other, row.kind, row.note) for row, one, other in rows]
