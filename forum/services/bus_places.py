"""Who rides in which bus: filled by the computer, moved by hand, left where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.roll_call import Leg
from forum.domain.states import SeatStatus
from forum.errors import ForumError, StaleError
from forum.models import Bus, BusStop, Delegate, Seat
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import bus_filling
from forum.queries import buses as known
from forum.scheduling import filling_buses
from forum.scheduling.filling_buses import Filling
from forum.scheduling.filling_problem import BusRoom, Rider
from forum.services import buses, journal, seats
from forum.unit_of_work import transactional


def fill(*, actor: Actor, event_id: int, visit_id: int) -> Filling:
    """Give everybody with a seat a bus, those who belong together the same. Who was put somewhere by hand
    stays there. Nobody has to wait while it is worked out.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``buses_changed``, seats or buses have changed meanwhile.
        ForumError: ``no_such_visit``, ``no_buses_yet``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    _refuse_unknown(event_id, visit_id)
    rooms, riders = found = known.situation(visit_id)
    if not rooms:
        raise ForumError("no_buses_yet")
    filling = filling_buses.fill(rooms, riders)
    _take_over(actor, event_id, visit_id, found, filling)
    return filling


@transactional
def _take_over(
    actor: Actor,
    event_id: int,
    visit_id: int,
    found: tuple[Sequence[BusRoom], Sequence[Rider]],
    filling: Filling,
) -> None:
    visit, placed = seats.locked(event_id=event_id, visit_id=visit_id), filling.buses
    if known.situation(visit_id) != found:
        raise StaleError("buses_changed")
    rows = _seated(visit_id)
    moved = [row for row in rows if row.bus_id != placed.get(row.delegate_id)]
    _into(moved, placed)
    rooms, riders = found
    seated = [replace(one, bus=placed.get(one.id)) for one in riders]
    visit.bus_filling = bus_filling.as_data(filling, rooms, seated)
    journal.record(
        actor=actor,
        action="buses_filled",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        placed=len(placed),
        moved=len(moved),
    )


@transactional
def move(
    *,
    actor: Actor,
    event_id: int,
    visit_id: int,
    delegate_ids: Collection[int],
    bus_id: int | None,
    with_companies: bool = False,
) -> int:
    """Put people into a bus, or take them out of any, all or none of them; with everybody of their companies
    if that is wanted. They stay there when the buses are filled.

    Returns:
        How many were elsewhere.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``, ``no_such_bus``, ``nobody_chosen``; ``not_on_visit``; ``bus_full``
            with how many seats it has left.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    seats.locked(event_id=event_id, visit_id=visit_id)
    if with_companies:
        delegate_ids = {*delegate_ids, *_colleagues(visit_id, delegate_ids)}
    rows = _chosen(visit_id, delegate_ids)
    moved = [row for row in rows if row.bus_id != bus_id]
    if bus_id is not None:
        _refuse_full(visit_id, bus_id, len(moved))
    _into(moved, dict.fromkeys(delegate_ids, bus_id) if bus_id else {})
    for row in rows:
        row.stays_in_bus = bus_id is not None
    _record_moves(actor, event_id, moved, bus_id)
    return len(moved)


def _record_moves(actor: Actor, event_id: int, moved: Sequence[Seat], bus_id: int | None) -> None:
    label = {"label": db.session.get_one(Bus, bus_id).label} if bus_id else {}
    for row in moved:
        journal.record(
            actor=actor,
            action="passenger_moved" if bus_id else "passenger_taken_out",
            event_id=event_id,
            subject_kind="delegate",
            subject_id=row.delegate_id,
            **label,
        )


@transactional
def hold(
    *, actor: Actor, event_id: int, visit_id: int, delegate_ids: Collection[int], is_fixed: bool
) -> None:
    """Let people stay in their bus when the buses are filled, or not any more.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``, ``nobody_chosen``, ``not_on_visit``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    seats.locked(event_id=event_id, visit_id=visit_id)
    for row in _chosen(visit_id, delegate_ids):
        row.stays_in_bus = is_fixed and row.bus_id is not None
    _note_of_several(actor, event_id, visit_id, "passengers_held" if is_fixed else "passengers_let_go")


@transactional
def get_in_at(
    *, actor: Actor, event_id: int, visit_id: int, delegate_ids: Collection[int], stop_id: int
) -> None:
    """Let people get in at that stop of their bus.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``, ``nobody_chosen``, ``not_on_visit``; ``not_their_stop`` for somebody in
            another bus.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    seats.locked(event_id=event_id, visit_id=visit_id)
    stop = db.session.get(BusStop, stop_id)
    rows = _chosen(visit_id, delegate_ids)
    if stop is None or stop.leg is not Leg.OUT or any(row.bus_id != stop.bus_id for row in rows):
        raise ForumError("not_their_stop")
    for row in rows:
        row.stop_id = stop_id
    _note_of_several(actor, event_id, visit_id, "passengers_stop_changed")


def _refuse_unknown(event_id: int, visit_id: int) -> None:
    if visit_id not in {bus.visit_id for bus in known.of_event(event_id)}:
        raise ForumError("no_buses_yet")


def _refuse_full(visit_id: int, bus_id: int, coming: int) -> None:
    bus = db.session.get(Bus, bus_id)
    if bus is None or bus.visit_id != visit_id:
        raise ForumError("no_such_bus")
    free = bus.capacity - buses.taken(bus_id)
    if coming > free:
        raise ForumError("bus_full", label=bus.label, free=max(free, 0))


def _seated(visit_id: int) -> Sequence[Seat]:
    rows = select(Seat).where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def _chosen(visit_id: int, delegate_ids: Collection[int]) -> Sequence[Seat]:
    if not delegate_ids:
        raise ForumError("nobody_chosen")
    rows = [row for row in _seated(visit_id) if row.delegate_id in delegate_ids]
    if len(rows) < len(set(delegate_ids)):
        raise ForumError("not_on_visit")
    return rows


def _colleagues(visit_id: int, delegate_ids: Collection[int]) -> Sequence[int]:
    """Who has a seat on the visit and is of the same companies."""
    companies = select(Delegate.company_id).where(Delegate.id.in_(delegate_ids))
    rows = select(Delegate.id).join(Seat, Seat.delegate_id == Delegate.id)
    seated = (Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
    return db.session.scalars(rows.where(*seated, Delegate.company_id.in_(companies))).all()


def _into(rows: Sequence[Seat], placed: Mapping[int, int | None]) -> None:
    """Who got in at a stop gets in at the stop of that name of the other bus, if it has one."""
    ids = {row.stop_id for row in rows} - {None}
    names = {stop.id: stop.title for stop in db.session.scalars(select(BusStop).where(BusStop.id.in_(ids)))}
    stops = known.stops_of({bus for bus in placed.values() if bus})
    for row in rows:
        row.bus_id = placed.get(row.delegate_id)
        offered = stops.get(row.bus_id or 0, ())
        same = (one.id for one in offered if one.leg is Leg.OUT and one.title == names.get(row.stop_id or 0))
        row.stop_id = next(same, None)
        row.stays_in_bus = row.stays_in_bus and row.bus_id is not None
    db.session.flush()


def _note_of_several(actor: Actor, event_id: int, visit_id: int, action: str) -> None:
    journal.record(actor=actor, action=action, event_id=event_id, subject_kind="visit", subject_id=visit_id)
