"""Tables that cannot be used: one by one, or all of a room."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Slot, Table, TableClosing
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def close(*, actor: Actor, event_id: int, table_ids: Collection[int], from_slot_id: int) -> int:
    """The tables are lost from that slot on; meetings at them have to be put elsewhere.

    Returns:
        How many tables.

    Raises:
        ForumError: ``no_such_place``.
    """
    require(actor, Permission.RUN_MEETINGS, event_id)
    tables, slots = _chosen(event_id, table_ids), _slots_from(event_id, from_slot_id)
    closed = {
        (row.table_id, row.slot_id)
        for row in db.session.scalars(select(TableClosing).where(TableClosing.table_id.in_(tables)))
    }
    rows = [
        {"table_id": table, "slot_id": slot}
        for table in tables
        for slot in slots
        if (table, slot) not in closed
    ]
    if rows:
        db.session.execute(insert(TableClosing), rows)
    _note(actor, "tables_closed", event_id, tables, from_slot_id)
    return len(tables)


@transactional
def open_again(*, actor: Actor, event_id: int, table_ids: Collection[int], from_slot_id: int) -> int:
    """The tables can be used again from that slot on; returns how many.

    Raises:
        ForumError: ``no_such_place``.
    """
    require(actor, Permission.RUN_MEETINGS, event_id)
    tables, slots = _chosen(event_id, table_ids), _slots_from(event_id, from_slot_id)
    db.session.execute(
        delete(TableClosing).where(TableClosing.table_id.in_(tables), TableClosing.slot_id.in_(slots))
    )
    _note(actor, "tables_opened", event_id, tables, from_slot_id)
    return len(tables)


def _chosen(event_id: int, table_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Table.id, Table.number)
        .where(Table.event_id == event_id, Table.id.in_(table_ids))
        .order_by(Table.number)
        .with_for_update()
    )
    found = {row.id: row.number for row in rows}
    if not found:
        raise ForumError("no_such_place")
    return found


def _slots_from(event_id: int, slot_id: int) -> list[int]:
    first = db.session.scalar(select(Slot).filter_by(event_id=event_id, id=slot_id))
    if first is None:
        raise ForumError("no_such_place")
    later = select(Slot.id).where(Slot.event_id == event_id, Slot.starts_at >= first.starts_at)
    return list(db.session.scalars(later))


def _note(actor: Actor, action: str, event_id: int, tables: dict[int, int], slot_id: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=event_id,
        tables=", ".join(str(number) for number in tables.values()),
        table_ids=list(tables),
        slot=slot_id,
    )
