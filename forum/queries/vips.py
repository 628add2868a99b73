"""Who is a VIP, and through whom they are reached."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.models import Delegate
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class VipView:
    """``aide`` is the aide's name, "" without one."""

    id: int
    name: str
    is_vip: bool
    aide: str
    aide_number: int | None
    version: int


def find(*, event_id: int, row_id: int) -> VipView | None:
    """That person of the event, None for nobody and for whoever has been erased."""
    aide = aliased(Delegate)
    found = db.session.execute(
        select(Delegate, aide)
        .outerjoin(aide, aide.id == Delegate.aide_id)
        .where(Delegate.event_id == event_id, Delegate.id == row_id, Delegate.erased_at.is_(None))
    ).first()
    if found is None:
        return None
    row, other = found
    return VipView(
        id=row.id,
        name=full_name(row.family_name, row.given_name, row.patronymic),
        is_vip=row.is_vip,
        aide=full_name(other.family_name, other.given_name, other.patronymic) if other else "",
        aide_number=other.number if other else None,
        version=row.version,
    )
