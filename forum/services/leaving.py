"""What somebody who no longer takes part leaves behind, within the commands that end a registration.

Their seats go to whoever waits for them. Their company's requests stay the company's. A meeting that has
been published stays as well, until the organiser gives it to somebody else: the check of the plan names
it, and so do the desk's first page and the person's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from forum import clock
from forum.domain.states import SeatStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.services import seats

Places = dict[str, str]
"""How somebody stood with visits: their ids (as the journal keeps them), with the status of a seat."""


def leave(event_id: int, delegate_ids: Iterable[int]) -> dict[int, Places]:
    """Give back every seat in visits that have not departed.

    Returns:
        What each of them had, for ``come_back``.
    """
    ids = list(delegate_ids)
    left: dict[int, Places] = {}
    for visit in _to_come(event_id) if ids else ():
        freed = _held(visit, ids)
        for seat in freed:
            left.setdefault(seat.delegate_id, {})[str(visit.id)] = seat.status.value
            seats.give_back(visit, seat)
        if freed:
            seats.promote(visit)
    return left


def come_back(event_id: int, left: Mapping[int, Places]) -> None:
    """Give back what ``leave`` took: the seat where it is free still, else the same place in the line."""
    for visit in _to_come(event_id) if left else ():
        for delegate_id, places in left.items():
            if str(visit.id) in places:
                seats.restore(visit, delegate_id, SeatStatus(places[str(visit.id)]))


def _to_come(event_id: int) -> Sequence[Visit]:
    return [visit for visit in seats.lock_all(event_id) if visit.departs_at > clock.now()]


def _held(visit: Visit, delegate_ids: list[int]) -> Sequence[Seat]:
    return db.session.scalars(
        select(Seat)
        .where(
            Seat.visit_id == visit.id,
            Seat.delegate_id.in_(delegate_ids),
            Seat.status != SeatStatus.CANCELLED,
        )
        .order_by(Seat.position)
    ).all()
