"""The buses of a visit: another one, what is known of it, one less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from forum.domain.localized import Localized
from forum.domain.roles import Permission
from forum.domain.roll_call import Leg
from forum.domain.states import SeatStatus
from forum.errors import ForumError, StaleError
from forum.models import BoardingTick, Bus, BusStop, Delegate, Departure, Seat, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, seats
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class StopWanted:
    """A stop; ``id`` is that of the one it was until now, None for another."""

    leg: Leg
    title: Localized
    at: datetime
    id: int | None = None


@dataclass(frozen=True)
class BusWanted:
    """All that there is to say of a bus."""

    label: str
    capacity: int
    plate: str = ""
    driver: str = ""
    driver_phone: str = ""
    leader_id: int | None = None
    deputy_id: int | None = None
    stops: tuple[StopWanted, ...] = ()


@transactional
def add(*, actor: Actor, event_id: int, visit_id: int, wanted: BusWanted) -> int:
    """Another bus for a visit; returns its id.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``, ``bus_label_missing``, ``bus_label_taken``, ``bus_without_seats``,
            ``no_such_delegate``, ``bus_leader_twice``, ``stop_time_unfit``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    bus = Bus(visit_id=visit_id)
    _put(bus, visit, wanted)
    db.session.add(bus)
    db.session.flush()
    _put_stops(bus, wanted.stops)
    _note(actor, "bus_added", visit, bus)
    return bus.id


@transactional
def change(*, actor: Actor, event_id: int, bus_id: int, version: int, wanted: BusWanted) -> None:
    """Say anew what is known of a bus. Whoever rides in it stays in it.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``bus_stale``, it has been changed since ``version``.
        ForumError: ``no_such_bus``, ``bus_too_small``, or as ``add``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    bus = locked(event_id, bus_id)
    if bus.version != version:
        raise StaleError("bus_stale")
    visit = db.session.get_one(Visit, bus.visit_id)
    _put(bus, visit, wanted)
    _put_stops(bus, wanted.stops)
    bus.version = version + 1  # also where only a stop is another
    _note(actor, "bus_changed", visit, bus)


@transactional
def remove(*, actor: Actor, event_id: int, bus_id: int) -> None:
    """One bus less. Whoever rides in it has no bus then.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_bus``; ``bus_has_ridden`` when its roll has been called.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    bus = locked(event_id, bus_id)
    logged = (select(table.id).where(table.bus_id == bus_id).limit(1) for table in (BoardingTick, Departure))
    if any(db.session.scalar(rows) for rows in logged):
        raise ForumError("bus_has_ridden", label=bus.label)
    _note(actor, "bus_removed", db.session.get_one(Visit, bus.visit_id), bus)
    db.session.execute(
        update(Seat).where(Seat.bus_id == bus_id).values(bus_id=None, stop_id=None, stays_in_bus=False)
    )
    db.session.delete(bus)


def locked(event_id: int, bus_id: int) -> Bus:
    """Within a command: the bus, whose visit nobody else changes until its end.

    Raises:
        ForumError: ``no_such_bus``.
    """
    visit_id = db.session.scalar(
        select(Bus.visit_id).join(Visit).where(Bus.id == bus_id, Visit.event_id == event_id)
    )
    if visit_id is None:
        raise ForumError("no_such_bus")
    seats.locked(event_id=event_id, visit_id=visit_id)
    bus = db.session.scalar(select(Bus).where(Bus.id == bus_id).execution_options(populate_existing=True))
    if bus is None:
        raise ForumError("no_such_bus")
    return bus


def taken(bus_id: int) -> int:
    """How many have their place in the bus. Exact within a command that has locked the visit."""
    rows = select(func.count()).where(Seat.bus_id == bus_id, Seat.status == SeatStatus.SEATED)
    return db.session.scalar(rows) or 0


def _put(bus: Bus, visit: Visit, wanted: BusWanted) -> None:
    label = wanted.label.strip()
    _refuse_label(bus, label)
    if wanted.capacity < 1:
        raise ForumError("bus_without_seats")
    if bus.id and (riding := taken(bus.id)) > wanted.capacity:
        raise ForumError("bus_too_small", taken=riding)
    if wanted.leader_id and wanted.leader_id == wanted.deputy_id:
        raise ForumError("bus_leader_twice")
    _refuse_strangers(visit.event_id, (wanted.leader_id, wanted.deputy_id))
    _refuse_times(visit, wanted.stops)
    bus.label, bus.capacity = label, wanted.capacity
    bus.plate, bus.driver = wanted.plate.strip() or None, wanted.driver.strip() or None
    bus.driver_phone = wanted.driver_phone.strip() or None
    bus.leader_id, bus.deputy_id = wanted.leader_id, wanted.deputy_id


def _refuse_label(bus: Bus, label: str) -> None:
    if not label:
        raise ForumError("bus_label_missing")
    with db.session.no_autoflush:
        other = db.session.scalar(select(Bus.id).where(Bus.visit_id == bus.visit_id, Bus.label == label))
    if other not in (None, bus.id):
        raise ForumError("bus_label_taken", label=label)


def _refuse_strangers(event_id: int, ids: Iterable[int | None]) -> None:
    for key in ids:
        person = db.session.get(Delegate, key) if key else None
        if key and (person is None or person.event_id != event_id or person.erased_at):
            raise ForumError("no_such_delegate")


def _refuse_times(visit: Visit, stops: Iterable[StopWanted]) -> None:
    """On the way there before the visit begins, on the way back after it has ended."""
    for stop in stops:
        fits = stop.at < visit.starts_at if stop.leg is Leg.OUT else visit.ends_at <= stop.at
        if not fits:
            raise ForumError("stop_time_unfit", stop=stop.title)


def _put_stops(bus: Bus, stops: Iterable[StopWanted]) -> None:
    known = {row.id: row for row in db.session.scalars(select(BusStop).where(BusStop.bus_id == bus.id))}
    for stop in stops:
        row = known.pop(stop.id or 0, None) or BusStop(bus_id=bus.id)
        row.leg, row.title, row.at = stop.leg, stop.title, stop.at
        db.session.add(row)
    for row in known.values():
        db.session.execute(update(Seat).where(Seat.stop_id == row.id).values(stop_id=None))
        db.session.delete(row)
    db.session.flush()


def _note(actor: Actor, action: str, visit: Visit, bus: Bus) -> None:
    db.session.flush()
    journal.record(
        actor=actor,
        action=action,
        event_id=visit.event_id,
        subject_kind="visit",
        subject_id=visit.id,
        label=bus.label,
    )
