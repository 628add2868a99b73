"""Which bus takes each person, where they get in, and whether they have been told so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import SeatStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.queries import buses
from forum.queries.buses import BusView, StopView


@dataclass(frozen=True)
class Ride:
    """``told`` is the ``fingerprint`` of what the person was last told; None when they never were."""

    seat_id: int
    delegate_id: int
    bus: BusView
    stop: StopView | None
    departs_at: datetime
    meeting_point: Localized
    fingerprint: str
    told: str | None

    @property
    def is_news(self) -> bool:
        return self.told != self.fingerprint

    @property
    def place(self) -> Localized:
        """Where to get in: the stop, else where everybody meets."""
        return self.stop.title if self.stop else self.meeting_point

    @property
    def at(self) -> datetime:
        """When to be there."""
        return self.stop.at if self.stop else self.departs_at


def of_visit(visit_id: int) -> tuple[Ride, ...]:
    """Everybody who has a bus, and has been told of the seat."""
    by_id = {bus.id: bus for bus in buses.of_visit(visit_id)}
    rows = db.session.execute(
        select(Seat, Visit)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(
            Seat.visit_id == visit_id,
            Seat.status == SeatStatus.SEATED,
            Seat.bus_id.is_not(None),
            Seat.is_tentative.is_(False),
        )
        .order_by(Seat.delegate_id)
    )
    return tuple(_ride(seat, visit, by_id[seat.bus_id or 0]) for seat, visit in rows)


def _ride(seat: Seat, visit: Visit, bus: BusView) -> Ride:
    stop = bus.stop_of(seat.stop_id)
    place = stop.title if stop else visit.meeting_point
    at = stop.at if stop else visit.departs_at
    said = f"{seat.position}|{bus.label}|{bus.plate}|{sorted(place.items())}|{at.isoformat()}"
    return Ride(
        seat_id=seat.id,
        delegate_id=seat.delegate_id,
        bus=bus,
        stop=stop,
        departs_at=visit.departs_at,
        meeting_point=visit.meeting_point,
        fingerprint=hashlib.sha256(said.encode()).hexdigest()[:16],
        told=seat.told_ride,
    )
