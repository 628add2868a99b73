"""Who reads what changes in the meetings of a delegate: they themselves, or their aide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.models import Delegate
from forum.models.base import db


@dataclass(frozen=True)
class PlanReader:
    """``name`` is the delegate's, ``email`` and ``language`` are the reader's."""

    email: str
    language: str
    name: str
    account_id: int | None


def readers_of(delegate_ids: Collection[int]) -> Mapping[int, PlanReader]:
    """By delegate; who has no address and no aide with one is missing."""
    aide = aliased(Delegate)
    rows = db.session.execute(
        select(Delegate, aide)
        .outerjoin(aide, aide.id == Delegate.aide_id)
        .where(Delegate.id.in_(delegate_ids))
    )
    found = {}
    for person, helper in rows:
        reader = helper if helper is not None and helper.email else person
        if reader.email:
            name = f"{person.given_name} {person.family_name}"
            found[person.id] = PlanReader(reader.email, reader.language, name, reader.account_id)
    return found
