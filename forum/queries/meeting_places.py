"""When and where an event's meetings can be: slots with their blocks and parts of the day, tables, zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.domain.states import PartOfDay
from forum.models import Event, Separation, Slot, Table, TableClosing
from forum.models.base import db
from forum.queries import overruns
from forum.queries.occupied_slots import overlapping
from forum.scheduling.problem import Separation as Apart
from forum.scheduling.problem import Slot as Time
from forum.scheduling.problem import Table as Seat

NOON: Final = 12


def slots(event_id: int) -> Sequence[Slot]:
    """The slots in the order of time."""
    return db.session.scalars(select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at)).all()


def times(event_id: int, rows: Iterable[Slot]) -> tuple[Time, ...]:
    """The slots for the scheduler; what is morning, the clock on the wall there says."""
    name = db.session.scalars(select(Event.time_zone).where(Event.id == event_id)).one()
    return tuple(_time(row, block, ZoneInfo(name)) for block, row in in_blocks(rows))


def in_blocks(rows: Iterable[Slot]) -> Iterable[tuple[int, Slot]]:
    """Blocks numbered by time: a number that comes back later in the event is another stretch."""
    block, before = 0, None
    for slot in rows:
        here = (slot.starts_at.date(), slot.block)
        block += before is not None and here != before
        before = here
        yield block, slot


def tables(event_id: int, in_slots: Sequence[Slot]) -> tuple[Seat, ...]:
    """The tables, with whom they are for and when they are closed or kept by a meeting that overran."""
    closed: dict[int, set[int]] = defaultdict(set)
    closings = select(TableClosing.table_id, TableClosing.slot_id).join(
        Table, Table.id == TableClosing.table_id
    )
    for table_id, slot_id in db.session.execute(closings.where(Table.event_id == event_id)):
        closed[table_id].add(slot_id)
    for overrun in overruns.of_event(event_id):
        closed[overrun.table_id] |= overlapping(in_slots, overrun.starts_at, overrun.ends_at)
    rows = db.session.scalars(select(Table).where(Table.event_id == event_id).order_by(Table.number))
    return tuple(
        Seat(
            row.id,
            closed=frozenset(closed.get(row.id, ())),
            owner=row.company_id,
            zone=row.zone,
            for_officials=row.for_officials,
        )
        for row in rows
    )


def separations(event_id: int) -> tuple[Apart, ...]:
    """The companies that the organiser keeps apart."""
    rows = db.session.scalars(
        select(Separation).where(Separation.event_id == event_id).order_by(Separation.id)
    )
    return tuple(Apart(row.first_id, row.second_id, row.kind) for row in rows)


def _time(slot: Slot, block: int, zone: ZoneInfo) -> Time:
    local = slot.starts_at.astimezone(zone)
    part = PartOfDay.MORNING if local.hour < NOON else PartOfDay.AFTERNOON
    return Time(slot.id, block, local.hour * 60 + local.minute, part)
