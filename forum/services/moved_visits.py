"""What follows a visit whose times change: the stops of its buses, the letters that come in time, and one
letter to each passenger that tells of the visit and of the bus together."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from forum import clock
from forum.domain.roll_call import Leg
from forum.models import Bus, BusStop, Visit
from forum.models.base import db
from forum.queries import rides
from forum.queries.visit_readers import readers_of
from forum.services import bus_mails, visit_mails
from forum.services.visit_mails import Before


def follow(visit: Visit, was: Before) -> None:
    """Within a command: stops on the way there keep their distance from the departure, those on the way back
    from the end on site. What was written in time for the former day is due again for the new one.
    """
    by = {Leg.OUT: visit.departs_at - was.departs_at, Leg.BACK: visit.ends_at - was.ends_at}
    for bus in db.session.scalars(select(Bus).where(Bus.visit_id == visit.id)).all():
        stops = db.session.scalars(select(BusStop).where(BusStop.bus_id == bus.id)).all()
        for stop in stops:
            stop.at += by[stop.leg]
        if any(by[stop.leg] for stop in stops):
            bus.version += 1  # whoever has the bus open looks at other times
    if visit.departs_at.date() > was.departs_at.date():
        visit.documents_reminded_at = visit.briefed_at = None
    db.session.flush()


def tell(visit: Visit, was: Before, *, except_for: Collection[int]) -> int:
    """Within a command: write to whoever has a seat, if anything of what they know has changed. Who was told
    of a bus hears in the same letter when and where it takes them now. Returns how many letters.
    """
    if visit_mails.before(visit) == was or clock.now() >= visit.returns_at:
        return 0
    news = {
        ride.delegate_id: ride
        for ride in rides.of_visit(visit.id)
        if ride.told is not None and ride.is_news and ride.delegate_id not in except_for
    }
    reached = {reader.delegate_id for reader in readers_of(list(news))}
    aboard = {key: ride for key, ride in news.items() if key in reached}
    if aboard:
        bus_mails.mark_told(visit, aboard.values())
    return visit_mails.tell_of_change(visit, was, except_for=except_for, aboard=aboard)
