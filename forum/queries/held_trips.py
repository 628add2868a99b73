"""What is held about a person's visits: the seats, and when somebody ticked them in a bus."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from forum.models import BoardingTick, Bus, Seat, Site, Visit

Rows = Select[*tuple[Any, ...]]


def seats(delegate_id: int) -> Rows:
    """Seats and places in waiting lists, by departure."""
    return (
        select(
            Site.title.label("site"),
            Visit.departs_at,
            Visit.returns_at,
            Seat.status.label("seat_status"),
            Seat.asked_at,
            Seat.seated_at,
        )
        .select_from(Seat)
        .join(Visit, Visit.id == Seat.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Seat.delegate_id == delegate_id)
        .order_by(Visit.departs_at)
    )


def boarding(delegate_id: int) -> Rows:
    """Ticks, in the order of their moments."""
    return (
        select(
            Site.title.label("site"),
            Bus.label.label("bus"),
            BoardingTick.leg.label("bus_leg"),
            BoardingTick.is_aboard,
            BoardingTick.ticked_at,
        )
        .select_from(BoardingTick)
        .join(Visit, Visit.id == BoardingTick.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .outerjoin(Bus, Bus.id == BoardingTick.bus_id)
        .where(BoardingTick.delegate_id == delegate_id)
        .order_by(BoardingTick.ticked_at, BoardingTick.id)
    )
