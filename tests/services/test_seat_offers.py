"""Seats that are kept for the first of the waiting list until they answer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock, jobs
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Delegate, Message, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import seat_offers, visits
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import at

NOON = at(12, day=1)


@dataclass(frozen=True)
class Line:
    """A visit of one seat whose holder gives it back at noon; ``first`` and ``second`` wait."""

    visit: Visit
    first: Delegate
    second: Delegate

    def standing(self) -> list[str]:
        rows = select(Seat.status).where(Seat.visit_id == self.visit.id).order_by(Seat.position)
        return [status.value for status in db.session.scalars(rows)][1:]


@pytest.fixture
def line(app: Flask) -> Line:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event), capacity=1, offer_hours=6)
        people = [factories.delegate(event) for _ in range(3)]
    for each in people:
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=each.id)
    with clock.frozen(NOON):
        visits.cancel(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=people[0].id)
    return Line(visit, people[1], people[2])


def accept(line: Line, person: Delegate) -> None:
    seat_offers.accept(
        actor=SYSTEM, event_id=line.visit.event_id, visit_id=line.visit.id, delegate_id=person.id
    )


def test_a_freed_seat_is_kept_for_the_first_and_nobody_else_gets_it(line: Line) -> None:
    taken = db.session.scalars(select(Visit.taken).where(Visit.id == line.visit.id)).one()
    letters = db.session.scalars(select(Message.kind)).all()
    assert (line.standing(), taken, letters) == (["offered", "waiting"], 1, ["visit_offer"])


def test_who_accepts_in_time_has_the_seat(line: Line) -> None:
    with clock.frozen(at(17, 59, day=1)):
        accept(line, line.first)
        jobs.go_round()
    assert line.standing() == ["seated", "waiting"]


def test_who_does_not_answer_loses_it_to_the_next(line: Line) -> None:
    with clock.frozen(at(18, day=1)):
        with pytest.raises(ForumError, match="seat_offer_has_ended"):
            accept(line, line.first)
        jobs.go_round()
    until = db.session.scalars(select(Seat.offer_ends_at).where(Seat.status == SeatStatus.OFFERED)).one()
    assert (line.standing(), until) == (["cancelled", "offered"], at(0, day=2))


def test_refusing_passes_it_on_at_once(line: Line) -> None:
    visits.cancel(
        actor=SYSTEM, event_id=line.visit.event_id, visit_id=line.visit.id, delegate_id=line.first.id
    )
    assert line.standing() == ["cancelled", "offered"]
