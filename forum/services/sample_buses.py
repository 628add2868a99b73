"""Stops, second leaders and a second bus for the invented visits; companies ride together."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import Category, SeatStatus
from forum.models import Account, Bus, BusStop, Delegate, Seat, Visit
from forum.models.base import db
from forum.queries import buses
from forum.scheduling import filling_buses

_SPARE_SEATS: Final = 4
_SECONDS: Final = 0.3  # of the solver: the sample need not be the best
_HOTEL: Final = Localized(
    ru="Гостиница «Волна», главный вход",
    kk="«Волна» қонақүйі, бас кіреберіс",
    en="Hotel Volna, main entrance",
)
_HALL: Final = Localized(
    ru="Площадка форума, стоянка автобусов",
    kk="Форум алаңы, автобустар тұрағы",
    en="Forum venue, bus park",
)
_GATE: Final = Localized(
    ru="У проходной объекта", kk="Нысанның өткізу бекеті жанында", en="At the site’s gate"
)
_DELEGATE: Final = "delegate@forum.example"


def write(event_id: int) -> None:
    """For every visit; the earliest one has two buses at least."""
    visits = db.session.scalars(select(Visit).where(Visit.event_id == event_id).order_by(Visit.departs_at))
    for nth, visit in enumerate(visits.all()):
        made = list(db.session.scalars(select(Bus).where(Bus.visit_id == visit.id).order_by(Bus.id)))
        if nth == 0 and len(made) == 1:
            made.append(_divided(made[0]))
        for bus in made:
            _stops(visit, bus)
        _second_leaders(event_id, made)
        db.session.flush()
        _filled(visit, made)


def _divided(bus: Bus) -> Bus:
    """Another bus that takes half of the people."""
    half = -(-bus.capacity // 2)
    bus.capacity = half + _SPARE_SEATS
    other = Bus(
        visit_id=bus.visit_id,
        label="2",
        capacity=half,
        plate="А 102 АА 750",
        driver="Лаптев С. Н.",
        driver_phone="+79000010002",
        leader_id=bus.leader_id,
    )
    db.session.add(other)
    db.session.flush()
    return other


def _stops(visit: Visit, bus: Bus) -> None:
    stops = (
        (Leg.OUT, _HOTEL, visit.departs_at - timedelta(minutes=25)),
        (Leg.OUT, _HALL, visit.departs_at),
        (Leg.BACK, _GATE, visit.ends_at + timedelta(minutes=5)),
    )
    db.session.add_all(BusStop(bus_id=bus.id, leg=leg, title=title, at=at) for leg, title, at in stops)


def _second_leaders(event_id: int, made: list[Bus]) -> None:
    """Each bus has a leader of its own; the participant whom one can sign in as is the second of the last."""
    staff = db.session.scalars(
        select(Delegate.id)
        .where(Delegate.event_id == event_id, Delegate.category == Category.STAFF)
        .order_by(Delegate.number)
    ).all()
    for nth, bus in enumerate(made):
        bus.leader_id = staff[(2 * nth) % len(staff)]
        bus.deputy_id = staff[(2 * nth + 1) % len(staff)]
    made[-1].deputy_id = db.session.scalar(
        select(Delegate.id)
        .join(Account, Account.id == Delegate.account_id)
        .where(Delegate.event_id == event_id, Account.email == _DELEGATE)
        .order_by(Delegate.id)
        .limit(1)
    )


def _filled(visit: Visit, made: list[Bus]) -> None:
    """Every third gets in at the hotel, the others at the forum."""
    filling = filling_buses.fill(*buses.situation(visit.id), seconds=_SECONDS)
    stops = buses.stops_of([bus.id for bus in made])
    rows = db.session.scalars(
        select(Seat)
        .where(Seat.visit_id == visit.id, Seat.status == SeatStatus.SEATED)
        .order_by(Seat.position)
    )
    for row in rows:
        row.bus_id = filling.buses.get(row.delegate_id)
        there = [stop for stop in stops.get(row.bus_id or 0, ()) if stop.leg is Leg.OUT]
        if there:
            row.stop_id = there[0 if row.position % 3 == 0 else -1].id
