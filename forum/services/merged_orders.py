"""Orders of meetings when two companies that asked for the same meeting become one, and part again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from forum.models import MeetingOrder, Request
from forum.models.base import db


def follow(event_id: int, stays: Mapping[int, int | None], fallen: Collection[int]) -> list[dict[str, Any]]:
    """Within a command that is about to drop requests: their orders pass to the requests that stay.

    An order that is there already or has nothing left to be about falls away.

    Args:
        stays: for each request that is dropped the one that stands for it, if any.
        fallen: ids of the orders that no longer hold.

    Returns:
        What was: the two requests of each order, and the order's id unless it fell away. ``come_back``
        reads it.
    """
    rows = list(db.session.scalars(select(MeetingOrder).where(MeetingOrder.event_id == event_id)))
    mine = [row for row in rows if row.before_id in stays or row.after_id in stays]
    kept = [(row.before_id, row.after_id) for row in rows if row not in mine]
    remembered = []
    for row in mine:
        before, after = stays.get(row.before_id, row.before_id), stays.get(row.after_id, row.after_id)
        was = {"before": row.before_id, "after": row.after_id}
        if row.id in fallen or before is None or after is None or before == after or (before, after) in kept:
            remembered.append({**was, "order": None})
            db.session.delete(row)
        else:
            remembered.append({**was, "order": row.id})
            row.before_id, row.after_id = before, after
            kept.append((before, after))
        db.session.flush()
    return remembered


def come_back(
    event_id: int, remembered: Iterable[Mapping[str, Any]], again: Mapping[int, int | None]
) -> None:
    """Within a command that brings requests back: orders are theirs again, but for those changed since.

    Args:
        again: for each request that was dropped the one that is there for it now, if any.
    """
    for each in remembered:
        before, after = (again.get(each[name], each[name]) for name in ("before", "after"))
        there = set(db.session.scalars(select(Request.id).where(Request.id.in_({before, after} - {None}))))
        if before is None or after is None or there != {before, after}:
            continue
        row = (
            db.session.get(MeetingOrder, each["order"]) if each["order"] else MeetingOrder(event_id=event_id)
        )
        if row is None or _is_there(before, after):
            continue
        row.before_id, row.after_id = before, after
        db.session.add(row)
        db.session.flush()


def _is_there(before: int, after: int) -> bool:
    same = (MeetingOrder.before_id == before) & (MeetingOrder.after_id == after)
    other = (MeetingOrder.before_id == after) & (MeetingOrder.after_id == before)
    return db.session.scalar(select(MeetingOrder.id).where(or_(same, other)).limit(1)) is not None
