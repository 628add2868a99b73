"""Wishes for visits that a workbook names: written with an import, and taken back with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from forum import clock
from forum.errors import ForumError
from forum.models import Delegate, ImportRow, Seat, Visit, Wish
from forum.models.base import db
from forum.queries.engagements import HOLDS_A_SEAT
from forum.services import bulk, wishes
from forum.services.import_targets import Decision, Kind

_Known = Mapping[int, tuple[list[int], datetime]]


def write(event_id: int, decisions: Iterable[Decision], undo: Mapping[int, list[dict[str, Any]]]) -> None:
    """Within a command: the wishes of the rows in place of those of before, and what undoes it.

    Whoever had wishes keeps the place in the order of asking; the others ask in the order of the rows.
    """
    asking = [decision for decision in decisions if decision.wishes]
    before = _locked([decision.delegate_id for decision in asking])
    _drop(decision.delegate_id for decision in asking)
    now = clock.now()
    rows: list[dict[str, object]] = []
    for decision in asking:
        known, asked_at = before.get(decision.delegate_id, ([], now))
        rows += wishes.rows_of(event_id, decision.delegate_id, decision.wishes, asked_at)
        undo[decision.number].append(
            {
                "kind": Kind.WISHES.value,
                "id": decision.delegate_id,
                "before": known,
                "after": list(decision.wishes),
                "asked_at": asked_at.isoformat(),
            }
        )
    bulk.add(Wish, rows)


def undo(event_id: int, rows: Iterable[ImportRow]) -> None:
    """Within a command that has locked the visits' lists: the wishes as they were before the import.

    Raises:
        ForumError: ``import_changed_since`` where somebody has other wishes by now, ``import_used_seated``
            where they have got a seat by those of the import.
    """
    steps = [(row, record) for row in rows for record in row.undo if record["kind"] == Kind.WISHES.value]
    now, seated = _locked([record["id"] for _, record in steps]), _seated(steps)
    there = set(db.session.scalars(select(Visit.id).where(Visit.event_id == event_id)))
    restored: list[dict[str, object]] = []
    for row, record in steps:
        if now.get(record["id"], ([], None))[0] != record["after"]:
            raise ForumError("import_changed_since", row=row.number, name=row.label)
        if seated & {(record["id"], visit_id) for visit_id in record["after"]}:
            raise ForumError("import_used_seated", row=row.number, name=row.label)
        left = [visit_id for visit_id in record["before"] if visit_id in there]
        restored += wishes.rows_of(event_id, record["id"], left, datetime.fromisoformat(record["asked_at"]))
    _drop(record["id"] for _, record in steps)
    bulk.add(Wish, restored)


def of_delegates(event_id: int) -> Mapping[int, list[int]]:
    """By delegate, the visits that they wish for, the dearest first."""
    rows = select(Wish).where(Wish.event_id == event_id)
    return {key: visits for key, (visits, _) in _by_delegate(rows).items()}


def _locked(delegate_ids: Collection[int]) -> _Known:
    """The wishes of people who cannot change them until the end of the command."""
    if not delegate_ids:
        return {}
    people = select(Delegate.id).where(Delegate.id.in_(delegate_ids)).order_by(Delegate.id)
    db.session.execute(people.with_for_update())
    return _by_delegate(select(Wish).where(Wish.delegate_id.in_(delegate_ids)))


def _by_delegate(rows: Any) -> _Known:
    found: dict[int, tuple[list[int], datetime]] = {}
    for row in db.session.scalars(rows.order_by(Wish.delegate_id, Wish.choice)):
        found.setdefault(row.delegate_id, ([], row.asked_at))[0].append(row.visit_id)
    return found


def _seated(steps: Sequence[tuple[ImportRow, Mapping[str, Any]]]) -> set[tuple[int, int]]:
    people = [record["id"] for _, record in steps]
    rows = select(Seat.delegate_id, Seat.visit_id).where(
        Seat.delegate_id.in_(people), Seat.status.in_(HOLDS_A_SEAT)
    )
    return {(row.delegate_id, row.visit_id) for row in db.session.execute(rows)}


def _drop(delegate_ids: Iterable[int]) -> None:
    db.session.execute(delete(Wish).where(Wish.delegate_id.in_(list(delegate_ids))))
