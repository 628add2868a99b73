"""The roll: ticks and departures as leaders' phones send them, whenever there is a network."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.roll_call import Leg
from forum.errors import ForumError, NotAllowedError
from forum.models import BoardingTick, Bus, BusStop, Departure, Seat, Visit
from forum.models.base import db
from forum.policy import Actor, may
from forum.queries import roll_calls
from forum.services import journal
from forum.unit_of_work import transactional

MOST_ENTRIES: Final = 500


@dataclass(frozen=True)
class TickSent:
    """A person is aboard, or is not. ``key`` is the phone's own: sent again, it is the same tick."""

    key: str
    delegate_id: int
    leg: Leg
    is_aboard: bool
    at: datetime
    is_scanned: bool = False


@dataclass(frozen=True)
class DepartureSent:
    """The bus leaves, or has not left after all; ``missing`` are those the leader knew to be missing."""

    key: str
    leg: Leg
    is_gone: bool
    at: datetime
    aboard: int = 0
    missing: tuple[int, ...] = ()
    stop_id: int | None = None


@transactional
def record(
    *, actor: Actor, event_id: int, bus_id: int, entries: Sequence[TickSent | DepartureSent]
) -> frozenset[str]:
    """Add to the log of a bus what is not in it yet; nothing that is in it is ever changed.

    A phone whose clock runs ahead must not have the last word for ever: no moment is later than now.

    Returns:
        Keys that can never be taken, because they are about somebody who is not on the visit. All others
        are safe, and the phone can forget them.

    Raises:
        NotAllowedError: ``actor`` neither leads the bus nor manages visits.
        ForumError: ``no_such_bus``, ``too_many_ticks``.
    """
    bus = _led(actor, event_id, bus_id)
    if len(entries) > MOST_ENTRIES:
        raise ForumError("too_many_ticks", most=MOST_ENTRIES)
    known = _known([entry.key for entry in entries])
    fresh = {entry.key: entry for entry in entries if entry.key not in known}
    people = set(db.session.scalars(select(Seat.delegate_id).where(Seat.visit_id == bus.visit_id)))
    ticks = [one for one in fresh.values() if isinstance(one, TickSent)]
    db.session.add_all(_tick(actor, bus, one) for one in ticks if one.delegate_id in people)
    for one in fresh.values():
        if isinstance(one, DepartureSent):
            _depart(actor, event_id, bus, one, people)
    db.session.flush()
    return frozenset(one.key for one in ticks if one.delegate_id not in people)


def may_lead(actor: Actor, event_id: int, bus_id: int) -> bool:
    """Whether ``actor`` may call the roll of the bus, and so see telephone numbers of its passengers."""
    return may(actor, Permission.MANAGE_VISITS, event_id) or (
        may(actor, Permission.LEAD_BUSES, event_id)
        and roll_calls.leads(event_id=event_id, bus_id=bus_id, account_id=actor.account_id)
    )


def _led(actor: Actor, event_id: int, bus_id: int) -> Bus:
    """The bus, locked: what two phones send at once is written one after the other."""
    if not may_lead(actor, event_id, bus_id):
        raise NotAllowedError("not_allowed", permission=Permission.LEAD_BUSES.value)
    bus = db.session.scalar(
        select(Bus)
        .join(Visit)
        .where(Bus.id == bus_id, Visit.event_id == event_id)
        .with_for_update(key_share=True, of=Bus)
    )
    if bus is None:
        raise ForumError("no_such_bus")
    return bus


def _known(keys: Collection[str]) -> set[str]:
    found: set[str] = set()
    for table in (BoardingTick, Departure):
        found.update(db.session.scalars(select(table.key).where(table.key.in_(keys))))
    return found


def _tick(actor: Actor, bus: Bus, sent: TickSent) -> BoardingTick:
    return BoardingTick(
        key=sent.key,
        visit_id=bus.visit_id,
        bus_id=bus.id,
        delegate_id=sent.delegate_id,
        leg=sent.leg,
        is_aboard=sent.is_aboard,
        is_scanned=sent.is_scanned,
        ticked_at=min(sent.at, clock.now()),
        received_at=clock.now(),
        by_id=actor.account_id,
    )


def _depart(actor: Actor, event_id: int, bus: Bus, sent: DepartureSent, people: Collection[int]) -> None:
    stop = db.session.get(BusStop, sent.stop_id) if sent.stop_id else None
    missing = sorted(set(sent.missing) & set(people))
    row = Departure(
        key=sent.key,
        bus_id=bus.id,
        stop_id=stop.id if stop and stop.bus_id == bus.id else None,
        leg=sent.leg,
        is_gone=sent.is_gone,
        aboard=sent.aboard,
        expected=sent.aboard + len(missing),
        missing_ids=missing,
        decided_at=min(sent.at, clock.now()),
        received_at=clock.now(),
        by_id=actor.account_id,
    )
    db.session.add(row)
    journal.record(
        actor=actor,
        action="bus_departed" if sent.is_gone else "bus_departure_taken_back",
        event_id=event_id,
        subject_kind="visit",
        subject_id=bus.visit_id,
        label=bus.label,
        leg=sent.leg.value,
        **({"aboard": row.aboard, "expected": row.expected} if sent.is_gone else {}),
    )
