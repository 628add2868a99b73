"""Buses of a visit, who rides in them, and what there is to think of when they are filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import Category, RegistrationStatus, SeatStatus, VisitStatus
from forum.models import Bus, BusStop, Delegate, Interpreter, Seat, Visit
from forum.models.base import db
from forum.queries.people import full_name, latin_name
from forum.scheduling.filling_problem import BusRoom, Rider


@dataclass(frozen=True)
class StopView:
    """Where a bus takes people in, and when."""

    id: int
    leg: Leg
    title: Localized
    at: datetime


@dataclass(frozen=True)
class LeaderView:
    """Who calls the roll; ``account_id`` is None for somebody who cannot sign in."""

    id: int
    number: int
    name: str
    latin_name: str
    phone: str | None
    account_id: int | None


@dataclass(frozen=True)
class BusView:
    """``taken`` counts those who have their place in it; ``leaders`` are the leader and the second one."""

    id: int
    event_id: int
    visit_id: int
    label: str
    capacity: int
    taken: int
    plate: str | None
    driver: str | None
    driver_phone: str | None
    leader: LeaderView | None
    deputy: LeaderView | None
    stops: tuple[StopView, ...]
    version: int

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def leaders(self) -> tuple[LeaderView, ...]:
        return tuple(one for one in (self.leader, self.deputy) if one)

    def stops_on(self, leg: Leg | str) -> tuple[StopView, ...]:
        """In the order of time; templates name the way by its word."""
        return tuple(stop for stop in self.stops if stop.leg == leg)

    def stop_of(self, stop_id: int | None) -> StopView | None:
        """Where somebody gets in on the way there."""
        return boarding_stop(self.stops, stop_id)

    def is_in_by(self, leg: Leg, own_stop_id: int | None, stop_id: int | None) -> bool:
        """Whether somebody who gets in at their own stop should be aboard when the bus leaves another."""
        own, left = self.stop_of(own_stop_id), next((one for one in self.stops if one.id == stop_id), None)
        return leg is Leg.BACK or own is None or left is None or own.at <= left.at


@dataclass(frozen=True)
class Passenger:
    """Somebody who has a seat on the visit; ``is_fixed`` when filling leaves them where they are."""

    id: int
    number: int
    name: str
    company: Localized
    company_id: int | None
    delegation: Localized
    phone: str | None
    bus_id: int | None
    stop_id: int | None
    is_fixed: bool

    @property
    def label(self) -> str:
        return self.name


def boarding_stop(stops: Sequence[StopView], stop_id: int | None) -> StopView | None:
    """The stop chosen for somebody, else the first on the way there; None where a bus has none."""
    there = [stop for stop in stops if stop.leg is Leg.OUT]
    return next((stop for stop in there if stop.id == stop_id), there[0] if there else None)


def of_visit(visit_id: int) -> tuple[BusView, ...]:
    """The buses by label, numbers as numbers."""
    found = _views(select(Bus, Visit.event_id).join(Visit).where(Bus.visit_id == visit_id))
    return tuple(sorted(found, key=lambda bus: (len(bus.label), bus.label)))


def find(*, event_id: int, row_id: int) -> BusView | None:
    """The bus of the event with that id."""
    rows = select(Bus, Visit.event_id).join(Visit).where(Bus.id == row_id, Visit.event_id == event_id)
    return next(iter(_views(rows)), None)


def led_by(event_id: int, account_id: int | None) -> tuple[BusView, ...]:
    """The buses whose roll the account calls, in order of departure; none of a visit that is called off."""
    leading = select(Delegate.id).where(Delegate.account_id == account_id, Delegate.event_id == event_id)
    rows = (
        select(Bus, Visit.event_id)
        .join(Visit)
        .where(
            Visit.event_id == event_id,
            Bus.leader_id.in_(leading) | Bus.deputy_id.in_(leading),
            Visit.status != VisitStatus.CANCELLED,
        )
        .order_by(Visit.departs_at, Bus.label)
    )
    return _views(rows) if account_id else ()


def of_event(event_id: int) -> tuple[BusView, ...]:
    """All buses of the forum in order of departure."""
    rows = select(Bus, Visit.event_id).join(Visit).where(Visit.event_id == event_id)
    return _views(rows.order_by(Visit.departs_at, Bus.label))


def passengers(visit_id: int, language: str) -> tuple[Passenger, ...]:
    """Everybody with a seat, sorted by name as the language does."""
    rows = db.session.execute(
        select(Seat, Delegate)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
        .options(joinedload(Delegate.company), joinedload(Delegate.delegation))
        .order_by(getattr(Delegate, f"sort_{language}"), Delegate.id)
    )
    return tuple(_passenger(seat, person) for seat, person in rows)


def situation(visit_id: int) -> tuple[tuple[BusRoom, ...], tuple[Rider, ...]]:
    """What filling has to go by: rooms and riders, with who could interpret for whom.

    Somebody needs an interpreter who speaks none of the guide's languages.
    """
    guide = frozenset(db.session.scalars(select(Visit.guide_languages).where(Visit.id == visit_id)).one())
    rows = db.session.execute(
        select(Seat.bus_id, Seat.stays_in_bus, Delegate, Interpreter.spoken)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .outerjoin(Interpreter, Interpreter.delegate_id == Delegate.id)
        .where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
        .order_by(Delegate.id)
    ).all()
    interpreting = {
        person.id: frozenset(spoken or person.spoken)
        for _bus, _fixed, person, spoken in rows
        if spoken is not None or person.category is Category.INTERPRETER
    }
    riders = {
        person.id: Rider(
            id=person.id,
            company=person.company_id,
            delegation=person.delegation_id,
            helpers=_helpers(person, guide, interpreting),
            bus=bus_id,
            is_fixed=is_fixed and bus_id is not None,
        )
        for bus_id, is_fixed, person, _spoken in rows
    }
    rooms = db.session.execute(select(Bus.id, Bus.capacity).where(Bus.visit_id == visit_id).order_by(Bus.id))
    return tuple(BusRoom(*row) for row in rooms), tuple(riders.values())


def _helpers(
    person: Delegate, guide: frozenset[str], interpreting: Mapping[int, frozenset[str]]
) -> frozenset[int]:
    own = frozenset(person.spoken)
    if not own or not guide or own & guide or person.id in interpreting:
        return frozenset()
    return frozenset(key for key, spoken in interpreting.items() if spoken & own and spoken & guide)


def _passenger(seat: Seat, person: Delegate) -> Passenger:
    return Passenger(
        id=person.id,
        number=person.number,
        name=full_name(person.family_name, person.given_name, person.patronymic),
        company=person.company.short_name if person.company else Localized(),
        company_id=person.company_id,
        delegation=person.delegation.title if person.delegation else Localized(),
        phone=person.phone,
        bus_id=seat.bus_id,
        stop_id=seat.stop_id,
        is_fixed=seat.stays_in_bus and seat.bus_id is not None,
    )


def _views(rows: Select[*tuple[Any, ...]]) -> tuple[BusView, ...]:
    found = db.session.execute(rows).all()
    ids = [bus.id for bus, _event in found]
    stops, taken = stops_of(ids), _taken(ids)
    leaders = _leaders([key for bus, _event in found for key in (bus.leader_id, bus.deputy_id) if key])
    return tuple(
        BusView(
            id=bus.id,
            event_id=event_id,
            visit_id=bus.visit_id,
            label=bus.label,
            capacity=bus.capacity,
            taken=taken[bus.id],
            plate=bus.plate,
            driver=bus.driver,
            driver_phone=bus.driver_phone,
            leader=leaders.get(bus.leader_id or 0),
            deputy=leaders.get(bus.deputy_id or 0),
            stops=stops.get(bus.id, ()),
            version=bus.version,
        )
        for bus, event_id in found
    )


def stops_of(bus_ids: Collection[int]) -> Mapping[int, tuple[StopView, ...]]:
    """The stops by bus, in the order of time."""
    found: dict[int, list[StopView]] = defaultdict(list)
    rows = db.session.scalars(
        select(BusStop).where(BusStop.bus_id.in_(bus_ids)).order_by(BusStop.at, BusStop.id)
    )
    for row in rows:
        found[row.bus_id].append(StopView(row.id, row.leg, row.title, row.at))
    return {key: tuple(stops) for key, stops in found.items()}


def _taken(bus_ids: Collection[int]) -> Counter[int]:
    rows: Sequence[int | None] = db.session.scalars(
        select(Seat.bus_id).where(Seat.bus_id.in_(bus_ids), Seat.status == SeatStatus.SEATED)
    ).all()
    return Counter(key for key in rows if key)


def _leaders(ids: Collection[int]) -> Mapping[int, LeaderView]:
    rows = db.session.scalars(select(Delegate).where(Delegate.id.in_(ids), Delegate.erased_at.is_(None)))
    return {
        row.id: LeaderView(
            row.id,
            row.number,
            full_name(row.family_name, row.given_name, row.patronymic),
            latin_name(row),
            row.phone,
            row.account_id,
        )
        for row in rows
    }


def leader_choices(*, event_id: int, visit_id: int, language: str) -> tuple[tuple[int, str, str], ...]:
    """Who could call the roll: id, number and name, first the organisers' own, then who is on the visit."""
    seated = select(Seat.delegate_id).where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
    is_staff = Delegate.category == Category.STAFF
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.erased_at.is_(None),
            is_staff | Delegate.id.in_(seated),
        )
        .order_by(is_staff.desc(), getattr(Delegate, f"sort_{language}"), Delegate.id)
    )
    return tuple((row.id, f"№ {row.number}", full_name(row.family_name, row.given_name)) for row in rows)
