"""What a company is called, for forms that show the one chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.models import Company
from forum.models.base import db


def short_names(*, event_id: int, ids: Collection[int | None]) -> Mapping[int, Localized]:
    """Short names by id, of those companies that are of the event."""
    wanted = [key for key in ids if key is not None]
    rows = db.session.execute(
        select(Company.id, Company.short_name).where(Company.event_id == event_id, Company.id.in_(wanted))
    )
    return {row.id: row.short_name for row in rows}


def with_name(*, event_id: int, identity_key: str) -> int | None:
    """The company of the event whose name, however it is spelled, is that one."""
    return db.session.scalar(
        select(Company.id).where(Company.event_id == event_id, Company.identity_key == identity_key)
    )
