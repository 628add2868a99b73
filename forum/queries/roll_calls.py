"""Who is aboard, who is missing, and which bus has left: for the leader's phone and for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.domain import roll_call
from forum.domain.roll_call import Leg, Marks, Roll, Tick
from forum.domain.states import SeatStatus
from forum.models import Account, Badge, BoardingTick, Bus, Departure, Seat
from forum.models.base import db
from forum.queries import buses
from forum.queries.buses import BusView, Passenger


@dataclass(frozen=True)
class DepartureView:
    """A decision that stands: from where, when, with how many of how many, who was missing, who decided."""

    bus_id: int
    leg: Leg
    stop_id: int | None
    is_gone: bool
    aboard: int
    expected: int
    missing_ids: tuple[int, ...]
    decided_at: datetime
    by: str


Departures = Mapping[tuple[int, Leg, int | None], DepartureView]
"""By bus, leg and stop: the latest decision, if it is that the bus has left."""


@dataclass(frozen=True)
class BusRoll:
    """One bus on one leg, as the log has it by now."""

    bus: BusView
    leg: Leg
    roll: Roll
    missing: tuple[Passenger, ...]
    departures: tuple[DepartureView, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing any more."""
        return bool(self.roll.aboard) and not self.roll.missing

    @property
    def has_left(self) -> bool:
        """Whether the bus has left from its last stop."""
        stops = self.bus.stops_on(self.leg) if self.leg is Leg.OUT else ()
        return {one.stop_id for one in self.departures} >= {stop.id for stop in stops} and bool(
            self.departures
        )


def leads(*, event_id: int, bus_id: int, account_id: int | None) -> bool:
    """Whether the account calls the roll of that bus."""
    return any(bus.id == bus_id for bus in buses.led_by(event_id, account_id))


def marks(visit_id: int) -> Marks:
    """What the whole log of a visit comes to."""
    rows = db.session.execute(
        select(
            BoardingTick.key,
            BoardingTick.delegate_id,
            BoardingTick.leg,
            BoardingTick.is_aboard,
            BoardingTick.bus_id,
            BoardingTick.ticked_at,
        ).where(BoardingTick.visit_id == visit_id)
    )
    return roll_call.marks(Tick(*row) for row in rows)


def departures(visit_id: int) -> Departures:
    """The decisions that stand."""
    rows = db.session.execute(
        select(Departure, Account.name)
        .join(Bus, Bus.id == Departure.bus_id)
        .outerjoin(Account, Account.id == Departure.by_id)
        .where(Bus.visit_id == visit_id)
        .order_by(Departure.decided_at, Departure.key)
    )
    latest = {(row.bus_id, row.leg, row.stop_id): _departure(row, name) for row, name in rows}
    return {place: view for place, view in latest.items() if view.is_gone}


def rolls(visit_id: int, language: str) -> tuple[BusRoll, ...]:
    """Every bus, first on the way there and then on the way back."""
    people = buses.passengers(visit_id, language)
    marked, left = marks(visit_id), departures(visit_id)
    by_id = {one.id: one for one in people}
    found = []
    for leg in Leg:
        for bus in buses.of_visit(visit_id):
            called = roll_call.roll(marked, bus.id, [one.id for one in people if one.bus_id == bus.id], leg)
            found.append(
                BusRoll(
                    bus=bus,
                    leg=leg,
                    roll=called,
                    missing=tuple(by_id[key] for key in by_id if key in called.missing),
                    departures=tuple(one for one in left.values() if (one.bus_id, one.leg) == (bus.id, leg)),
                )
            )
    return tuple(found)


def badge_codes(visit_id: int) -> Mapping[str, int]:
    """Codes of the badges in force of those with a seat, and whose they are."""
    rows = db.session.execute(
        select(Badge.code, Badge.delegate_id)
        .join(Seat, Seat.delegate_id == Badge.delegate_id)
        .where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED, Badge.voided_at.is_(None))
    )
    return {row.code: row.delegate_id for row in rows}


def _departure(row: Departure, name: str | None) -> DepartureView:
    return DepartureView(
        bus_id=row.bus_id,
        leg=row.leg,
        stop_id=row.stop_id,
        is_gone=row.is_gone,
        aboard=row.aboard,
        expected=row.expected,
        missing_ids=tuple(row.missing_ids),
        decided_at=row.decided_at,
        by=name or "",
    )
